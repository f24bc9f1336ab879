import { areNamesAlike } from '../compare/compare-names.ts';
import { comparisons } from '../compare/comparison-kinds.ts';
import type { PreparedModel } from '../model/prepare-model.ts';
import type { MatchPerson, PersonRow } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { bitsBetween } from './bits-between.ts';

interface CrossedNames {
  /** Of both names, read crosswise. */
  readonly bits: number;
  readonly forename: number;
  readonly surname: number;
  /** Of the same fields read straight. */
  readonly straightForename: number;
  readonly straightSurname: number;
}

const crossedLevel = comparisons.forename.levels.indexOf('crossed');

/**
 * Forename and surname read in each other's place, where that makes one of them alike; undefined where it does not. One of the
 * two may be missing on either side.
 */
export const crossedNames = (row: MatchRow, person: MatchPerson, held: PersonRow, model: PreparedModel): CrossedNames | undefined => {
  const forename = row.values['forename']?.[0];
  const surname = row.values['surname']?.[0];
  const heldForename = valueAt(person, held, 'forename');
  const heldSurname = valueAt(person, held, 'surname');
  const first = forename !== undefined && heldSurname !== undefined;
  const second = surname !== undefined && heldForename !== undefined;
  if (!first && !second) return undefined;
  if (!startsLike(forename, heldSurname) && !startsLike(surname, heldForename)) return undefined;
  const alike = (first && areNamesAlike(forename, heldSurname)) || (second && areNamesAlike(surname, heldForename));
  if (!alike) return undefined;
  const forenames = model.fieldOf('forename');
  const surnames = model.fieldOf('surname');
  const bits = forenames.bits(row.source);
  const penalty = (bits[crossedLevel] ?? 0) - (bits[0] ?? 0);
  const crossedSurname = first ? bitsBetween(forename, heldSurname, surnames, row.source) : 0;
  const crossedForename = (second ? bitsBetween(surname, heldForename, forenames, row.source) : 0) + Math.min(0, penalty);
  const straightForename =
    forename !== undefined && heldForename !== undefined ? bitsBetween(forename, heldForename, forenames, row.source) : 0;
  const straightSurname = surname !== undefined && heldSurname !== undefined ? bitsBetween(surname, heldSurname, surnames, row.source) : 0;
  return { bits: crossedForename + crossedSurname, forename: crossedForename, surname: crossedSurname, straightForename, straightSurname };
};

/** Cheap to see before anything else: hardly a slip is in the first letter of both names. */
const startsLike = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && (a.charCodeAt(0) === b.charCodeAt(0) || a.charCodeAt(0) === b.charCodeAt(1));

const valueAt = (person: MatchPerson, held: PersonRow, field: string): string | undefined => {
  const at = held[field]?.[0];
  return at === undefined ? undefined : person.values[field]?.[at];
};
