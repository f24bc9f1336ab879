import type { PreparedField, PreparedModel } from '../model/prepare-model.ts';
import { mostValuesPerField, type MatchPerson, type PersonRow } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { likeBits } from './bits-between.ts';
import { crossedNames } from './crossed-names.ts';

/**
 * How far what all of a person's rows say together counts beside the best single one. It finds who moved and married in
 * different files, and it holds against a row what only another of the rows contradicts; counting it whole would put
 * people together of scraps.
 */
const shareOfMix = 0.4;

/** Families hand forenames down: that a relative has the same one is no rarer than this many bits, however rare the name. */
const mostForenameBits = 6.6;

/** With so many bits from the names as they stand, nobody asks whether they stand in each other's place. */
const enoughNameBits = 4;

const most = 48;
const weights = new Float64Array(most * mostValuesPerField);
const places = new Int32Array(most);
/** Of all that the person has in the field. */
const bests = new Float64Array(most);

/** A row made ready to be compared with many people. */
export interface RowScorer {
  /**
   * Log2 of the odds that the row is about the person, and not about a stranger, nor about somebody of the same family or a
   * twin: of those surname, home and contacts (and the birth date) would agree as well and count for nothing.
   */
  readonly bits: (person: MatchPerson) => number;
}

interface Side {
  readonly name: string;
  readonly field: PreparedField;
  readonly values: readonly string[];
  readonly bits: readonly number[];
  /** Bits of equality, by value. */
  readonly equal: readonly number[];
}

export const rowScorer = (row: MatchRow, model: PreparedModel): RowScorer => {
  const sides: Side[] = [];
  for (const name in row.values) {
    const values = row.values[name];
    if (values === undefined || sides.length === most) continue;
    const field = model.fieldOf(name);
    const bits = field.bits(row.source);
    sides.push({ name, field, values, bits, equal: values.map((value) => (bits[0] ?? 0) + field.rarity(value)) });
  }
  return { bits: (person) => scorePerson(row, sides, person, model) };
};

/** Of one row and one person; several people are scored quicker by one `rowScorer`. */
export const scoreBits = (row: MatchRow, person: MatchPerson, model: PreparedModel): number => rowScorer(row, model).bits(person);

const scorePerson = (row: MatchRow, sides: readonly Side[], person: MatchPerson, model: PreparedModel): number => {
  let count = 0;
  let own = 0;
  let family = 0;
  let born = 0;
  let forename = 0;
  for (let at = 0; at < sides.length; at += 1) {
    const side = sides[at];
    const held = side === undefined ? undefined : person.values[side.name];
    if (side === undefined || held === undefined) continue;
    let best = Number.NEGATIVE_INFINITY;
    for (let value = 0; value < held.length; value += 1) {
      const weight = sideBits(side, held[value] ?? '');
      weights[count * mostValuesPerField + value] = weight;
      if (weight > best) best = weight;
    }
    places[count] = at;
    bests[count] = best;
    count += 1;
    const { shared, kind } = side.field;
    if (shared === 'family') family += best;
    else if (shared === 'twins') born += best;
    else own += best;
    if (kind === 'forename') forename = best;
  }
  const together = againstAll(model, own, family, born, forename);
  let single = Number.NEGATIVE_INFINITY;
  for (const held of person.rows) {
    const bits = bitsOfRow(row, sides, person, held, count, model);
    if (bits > single) single = bits;
  }
  const repeat = person.sources[row.source] === undefined ? 0 : model.repeatBits(row.source);
  return single + shareOfMix * (together - single) + repeat;
};

const sideBits = ({ field, values, bits, equal }: Side, held: string): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? '';
    const level = value === held && !field.equalMayDiffer ? 0 : field.compare(value, held);
    const weight = level < 0 ? 0 : level === 0 ? (equal[at] ?? 0) : likeBits(bits[level] ?? 0, equal[at] ?? 0, field, held, bits[0]);
    if (weight > best) best = weight;
  }
  return best;
};

const bitsOfRow = (
  row: MatchRow,
  sides: readonly Side[],
  person: MatchPerson,
  held: PersonRow,
  count: number,
  model: PreparedModel,
): number => {
  let own = 0;
  let family = 0;
  let born = 0;
  let names = 0;
  let forename = 0;
  for (let at = 0; at < count; at += 1) {
    const side = sides[places[at] ?? 0];
    if (side === undefined) continue;
    const positions = held[side.name];
    let best = Number.NEGATIVE_INFINITY;
    // What this one row does not say and all others contradict still stands against it: nobody is passed on through a blank cell.
    if (positions === undefined) best = Math.min(0, bests[at] ?? 0);
    else {
      for (let index = 0; index < positions.length; index += 1) {
        const weight = weights[at * mostValuesPerField + (positions[index] ?? 0)] ?? 0;
        if (weight > best) best = weight;
      }
    }
    const { shared, kind } = side.field;
    if (shared === 'family') family += best;
    else if (shared === 'twins') born += best;
    else own += best;
    if (kind === 'forename') forename = best;
    if (kind === 'forename' || kind === 'surname') names += best;
  }
  const straight = againstAll(model, own, family, born, forename);
  const crossed = names > enoughNameBits ? undefined : crossedNames(row, person, held, model);
  if (crossed === undefined || crossed.bits <= names) return straight;
  const ownCrossed = own + crossed.forename - crossed.straightForename;
  return Math.max(straight, againstAll(model, ownCrossed, family + crossed.surname - crossed.straightSurname, born, crossed.forename));
};

/** The three comparisons as one: odds against a stranger, a relative or a twin. */
const againstAll = (model: PreparedModel, own: number, family: number, born: number, forename: number): number => {
  const stranger = model.priorBits + own + family + born;
  const relative = model.relativeBits + own + born - Math.max(0, forename - mostForenameBits);
  const twin = model.twinBits + own;
  const least = Math.min(stranger, relative, twin);
  return least - Math.log2(2 ** (least - stranger) + 2 ** (least - relative) + 2 ** (least - twin));
};
