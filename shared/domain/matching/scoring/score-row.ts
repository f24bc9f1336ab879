import { areNamesAlike } from '../compare/compare-names.ts';
import { comparisons } from '../compare/comparison-kinds.ts';
import type { PreparedField, PreparedModel } from '../model/prepare-model.ts';
import { mostValuesPerField, type MatchPerson, type PersonRow } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';

/** How a row agrees with a person in one field: the strongest agreement with any of the person's values. */
export interface FieldEvidence {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

export interface RowScore {
  readonly personId: string;
  /** Bits that the row is about the person: log2 of the odds. */
  readonly bits: number;
  /** The parts that `bits` is the sum of: `prior`, one for each field that both have, and `same-source`. */
  readonly fields: readonly FieldEvidence[];
}

/**
 * How far evidence from several of a person's rows counts beyond the best single one. It finds who moved and married in
 * different files; counting only half keeps people from being put together of scraps.
 */
const shareOfMix = 0.5;

const mostFields = 40;
const fieldNames: string[] = [];
const weights = new Float64Array(mostFields * mostValuesPerField);
const bestOf = new Float64Array(mostFields);

/** Log2 of the odds that the row is about the person. */
export const scoreBits = (row: MatchRow, person: MatchPerson, model: PreparedModel): number => {
  const fields = compareFields(row, person, model);
  let mix = 0;
  for (let at = 0; at < fields; at += 1) mix += bestOf[at] ?? 0;
  let single = Number.NEGATIVE_INFINITY;
  for (const held of person.rows) {
    const bits = bitsOfRow(held, fields) + crossedBits(row, person, held, model);
    if (bits > single) single = bits;
  }
  if (mix < single) mix = single;
  const repeat = person.sources[row.source] === undefined ? 0 : model.repeatBits(row.source);
  return model.priorBits + single + shareOfMix * (mix - single) + repeat;
};

/** Fills the weights of each field that both have, against each of the person's values; the number of such fields. */
const compareFields = (row: MatchRow, person: MatchPerson, model: PreparedModel): number => {
  let fields = 0;
  for (const field in row.values) {
    const held = person.values[field];
    const given = row.values[field];
    if (held === undefined || given === undefined || fields === mostFields) continue;
    const prepared = model.fieldOf(field);
    const bits = prepared.bits(row.source);
    let best = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < held.length; at += 1) {
      const weight = bestBits(given, held[at] ?? '', prepared, bits);
      weights[fields * mostValuesPerField + at] = weight;
      if (weight > best) best = weight;
    }
    fieldNames[fields] = field;
    bestOf[fields] = best;
    fields += 1;
  }
  return fields;
};

const bestBits = (given: readonly string[], held: string, field: PreparedField, bits: readonly number[]): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of given) {
    const level = field.compare(value, held);
    const weight = level === 0 ? (bits[0] ?? 0) + field.rarity(value) : (bits[level] ?? 0);
    if (weight > best) best = weight;
  }
  return best;
};

const bitsOfRow = (held: PersonRow, fields: number): number => {
  let sum = 0;
  for (let at = 0; at < fields; at += 1) {
    const positions = held[fieldNames[at] ?? ''];
    if (positions === undefined) continue;
    let best = Number.NEGATIVE_INFINITY;
    for (const position of positions) {
      const weight = weights[at * mostValuesPerField + position] ?? 0;
      if (weight > best) best = weight;
    }
    sum += best;
  }
  return sum;
};

/** What is to be added where forename and surname stand in each other's place. */
const crossedBits = (row: MatchRow, person: MatchPerson, held: PersonRow, model: PreparedModel): number => {
  const forename = row.values['forename']?.[0];
  const surname = row.values['surname']?.[0];
  const forenameAt = held['forename']?.[0];
  const surnameAt = held['surname']?.[0];
  if (forename === undefined || surname === undefined || forenameAt === undefined || surnameAt === undefined) return 0;
  const otherForename = person.values['forename']?.[forenameAt] ?? '';
  const otherSurname = person.values['surname']?.[surnameAt] ?? '';
  if (forename.charCodeAt(0) !== otherSurname.charCodeAt(0) && surname.charCodeAt(0) !== otherForename.charCodeAt(0)) return 0;
  if (forename === surname || !areNamesAlike(forename, otherSurname) || !areNamesAlike(surname, otherForename)) return 0;
  const forenames = model.fieldOf('forename');
  const surnames = model.fieldOf('surname');
  const crossed =
    (forenames.bits(row.source)[crossedForename] ?? 0) + (surnames.bits(row.source)[crossedSurname] ?? 0) + surnames.rarity(forename);
  const straight =
    bestBits([forename], otherForename, forenames, forenames.bits(row.source)) +
    bestBits([surname], otherSurname, surnames, surnames.bits(row.source));
  return Math.max(0, crossed - straight);
};

const crossedForename = comparisons.forename.levels.indexOf('crossed');
const crossedSurname = comparisons.surname.levels.indexOf('crossed');
