import type { MatchRow } from '../rows/match-row.ts';
import type { CandidatePairs } from './candidate-pairs.ts';
import type { Patterns } from './level-counts.ts';

/** So many pairs of one person does what all sources show weigh as much as against what one source shows. */
const pairsOfAll = 200;

/** m by source, field and level: how rows of each source agree with others of the same person. */
export const sourceLevels = (
  rows: readonly MatchRow[],
  { left, right }: CandidatePairs,
  { levels, ofPair }: Patterns,
  first: Float64Array,
  same: readonly (readonly number[])[],
): ReadonlyMap<string, readonly (readonly number[])[]> => {
  const sums = new Map<string, number[][]>();
  let pair = 0;
  for (const [index, at] of left.entries()) {
    const source = rows[at]?.source ?? '';
    const own = sums.get(source) ?? same.map((field) => field.map((share) => share * pairsOfAll));
    sums.set(source, own);
    for (let count = right[index]?.length ?? 0; count > 0; count -= 1) {
      const pattern = ofPair[pair] ?? 0;
      pair += 1;
      const weight = first[pattern] ?? 0;
      if (weight < leastWeight) continue;
      for (const [field, level] of levels[pattern]?.entries() ?? []) {
        const sum = own[field];
        if (level >= 0 && sum !== undefined) sum[level] = (sum[level] ?? 0) + weight;
      }
    }
  }
  if (sums.size < 2) return new Map();
  return new Map([...sums].map(([source, fields]) => [source, fields.map(asShares)]));
};

const leastWeight = 0.001;

const asShares = (sums: readonly number[]): number[] => {
  const all = sums.reduce((total, value) => total + value, 0);
  return sums.map((value) => value / all);
};
