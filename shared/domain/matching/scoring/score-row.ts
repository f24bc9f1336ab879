import type { PreparedField, PreparedModel } from '../model/prepare-model.ts';
import { mostValuesPerField, type MatchPerson, type PersonRow } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { crossedNames } from './crossed-names.ts';

/**
 * How far evidence from several of a person's rows counts beyond the best single one. It finds who moved and married in
 * different files; counting only half keeps people from being put together of scraps.
 */
const shareOfMix = 0.5;

/** Families hand forenames down: that a relative has the same one is no rarer than this many bits, however rare the name. */
const mostForenameBits = 6.6;

const mostFields = 48;
const fields: (PreparedField | undefined)[] = [];
const weights = new Float64Array(mostFields * mostValuesPerField);

/**
 * Log2 of the odds that the row is about the person, and not about a stranger, nor about somebody of the same family or a
 * twin: of those surname, home and contacts (and the birth date) would agree as well and count for nothing.
 */
export const scoreBits = (row: MatchRow, person: MatchPerson, model: PreparedModel): number => {
  const count = compareFields(row, person, model);
  let own = 0;
  let family = 0;
  let born = 0;
  let forename = 0;
  for (let at = 0; at < count; at += 1) {
    const field = fields[at];
    let best = Number.NEGATIVE_INFINITY;
    const held = field === undefined ? 0 : (person.values[field.field]?.length ?? 0);
    for (let value = 0; value < held; value += 1) {
      const weight = weights[at * mostValuesPerField + value] ?? 0;
      if (weight > best) best = weight;
    }
    if (field?.shared === 'family') family += best;
    else if (field?.shared === 'twins') born += best;
    else own += best;
    if (field?.kind === 'forename') forename = best;
  }
  const together = againstAll(model, own, family, born, forename);
  let single = Number.NEGATIVE_INFINITY;
  for (const held of person.rows) {
    const bits = bitsOfRow(row, person, held, count, model);
    if (bits > single) single = bits;
  }
  const repeat = person.sources[row.source] === undefined ? 0 : model.repeatBits(row.source);
  return single + shareOfMix * Math.max(0, together - single) + repeat;
};

/** Fills the weights of each field that both have, against each of the person's values; the number of such fields. */
const compareFields = (row: MatchRow, person: MatchPerson, model: PreparedModel): number => {
  let count = 0;
  for (const name in row.values) {
    const held = person.values[name];
    const given = row.values[name];
    if (held === undefined || given === undefined || count === mostFields) continue;
    const field = model.fieldOf(name);
    for (let at = 0; at < held.length; at += 1)
      weights[count * mostValuesPerField + at] = bestBits(given, held[at] ?? '', field, row.source);
    fields[count] = field;
    count += 1;
  }
  return count;
};

/** Bits of the strongest agreement of any of the given values with one that is held. */
export const bestBits = (given: readonly string[], held: string, field: PreparedField, source: string): number => {
  const bits = field.bits(source);
  let best = Number.NEGATIVE_INFINITY;
  for (const value of given) {
    const level = field.compare(value, held);
    const weight = level === 0 ? (bits[0] ?? 0) + field.rarity(value) : (bits[level] ?? 0);
    if (weight > best) best = weight;
  }
  return best;
};

const bitsOfRow = (row: MatchRow, person: MatchPerson, held: PersonRow, count: number, model: PreparedModel): number => {
  let own = 0;
  let family = 0;
  let born = 0;
  let names = 0;
  let forename = 0;
  for (let at = 0; at < count; at += 1) {
    const field = fields[at];
    const positions = field === undefined ? undefined : held[field.field];
    if (field === undefined || positions === undefined) continue;
    let best = Number.NEGATIVE_INFINITY;
    for (const position of positions) {
      const weight = weights[at * mostValuesPerField + position] ?? 0;
      if (weight > best) best = weight;
    }
    if (field.shared === 'family') family += best;
    else if (field.shared === 'twins') born += best;
    else own += best;
    if (field.kind === 'forename' || field.kind === 'surname') names += best;
    if (field.kind === 'forename') forename = best;
  }
  const crossed = names > 4 ? undefined : crossedNames(row, person, held, model);
  const straight = againstAll(model, own, family, born, forename);
  if (crossed === undefined || crossed.bits <= names) return straight;
  return Math.max(
    straight,
    againstAll(
      model,
      own + crossed.forename - crossed.straightForename,
      family + crossed.surname - crossed.straightSurname,
      born,
      crossed.forename,
    ),
  );
};

/** The three comparisons as one: odds against a stranger, a relative or a twin. */
const againstAll = (model: PreparedModel, own: number, family: number, born: number, forename: number): number => {
  const stranger = model.priorBits + own + family + born;
  const relative = model.relativeBits + own + born - Math.max(0, forename - mostForenameBits);
  const twin = model.twinBits + own;
  const least = Math.min(stranger, relative, twin);
  return least - Math.log2(2 ** (least - stranger) + 2 ** (least - relative) + 2 ** (least - twin));
};
