import type { FieldModel } from '../model/match-model.ts';
import type { MatchRow } from '../rows/match-row.ts';

/**
 * How many other people have each value, from rows of which each person has several. A value seen for one person only may
 * still be another's: `unseen` stands for those.
 */
export const countFrequencies = (
  rows: readonly MatchRow[],
  field: string,
  rowsPerPerson: number,
  unseen: number,
): NonNullable<FieldModel['frequencies']> => {
  const counts = new Map<string, number>();
  let known = 0;
  for (const { values } of rows) {
    const held = values[field];
    if (held === undefined) continue;
    known += 1;
    for (const value of held) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  // What is meant for one person only is another's where it stands in far more rows than a person has.
  const least = unseen < 0.2 ? 3 : 0;
  const values: Record<string, number> = {};
  for (const [value, count] of counts) {
    const others = count / rowsPerPerson - 1;
    if (others > least) values[value] = others + unseen;
  }
  return { people: Math.max(1, known / rowsPerPerson), unseen, values };
};
