import { areNamesAlike } from '../compare/compare-names.ts';
import { comparisonKindOf, comparisons } from '../compare/comparison-kinds.ts';
import type { MatchRow } from '../rows/match-row.ts';

/** Level by field, in the order of `fields`; −1 where one of the two rows does not know or the two cannot be compared. */
export const comparePair = (a: MatchRow, b: MatchRow, fields: readonly string[], levels: Int8Array): void => {
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    const left = a.values[field];
    const right = b.values[field];
    levels[at] = left === undefined || right === undefined ? -1 : strongest(left, right, comparisons[comparisonKindOf(field)].compare);
  }
};

const strongest = (a: readonly string[], b: readonly string[], compare: (a: string, b: string) => number): number => {
  let best = Number.POSITIVE_INFINITY;
  for (const left of a) {
    for (const right of b) {
      const level = compare(left, right);
      if (level >= 0 && level < best) best = level;
    }
  }
  return best === Number.POSITIVE_INFINITY ? -1 : best;
};

const forenameCrossed = comparisons.forename.levels.indexOf('crossed');
const surnameCrossed = comparisons.surname.levels.indexOf('crossed');

/** Marks names that stand in each other's place. */
export const markCrossedNames = (a: MatchRow, b: MatchRow, fields: readonly string[], levels: Int8Array): void => {
  const forenameAt = fields.indexOf('forename');
  const surnameAt = fields.indexOf('surname');
  if (forenameAt === -1 || surnameAt === -1 || (levels[forenameAt] ?? 0) < forenameCrossed || (levels[surnameAt] ?? 0) < surnameCrossed)
    return;
  const [forename, surname] = [a.values['forename']?.[0], a.values['surname']?.[0]];
  const [otherForename, otherSurname] = [b.values['forename']?.[0], b.values['surname']?.[0]];
  if (forename === undefined || surname === undefined || otherForename === undefined || otherSurname === undefined) return;
  if (!areNamesAlike(forename, otherSurname) || !areNamesAlike(surname, otherForename)) return;
  levels[forenameAt] = forenameCrossed;
  levels[surnameAt] = surnameCrossed;
};
