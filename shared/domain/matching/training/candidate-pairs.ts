import { blockingKeys } from '../keys/blocking-keys.ts';
import type { MatchRow } from '../rows/match-row.ts';
import type { Random } from './random.ts';

export interface CandidatePairs {
  /** Rows that were looked at from: all of their candidates are here. */
  readonly left: readonly number[];
  /** Candidates of `left` in the same order, by row number. */
  readonly right: readonly (readonly number[])[];
}

const mostInBlock = 64;
const mostPerRow = 30;

/** Rows found through the same keys, for a random sample of rows. */
export const candidatePairs = (rows: readonly MatchRow[], random: Random, sample: number): CandidatePairs => {
  const keys = rows.map(blockingKeys);
  const blocks = new Map<string, number[]>();
  for (const [at, own] of keys.entries()) {
    for (const { rungs } of own) {
      for (const rung of rungs) {
        const block = blocks.get(rung);
        if (block === undefined) blocks.set(rung, [at]);
        else block.push(at);
      }
    }
  }
  const left = sampleOf(rows.length, sample, random);
  const right = left.map((at) => {
    const scores = new Map<number, number>();
    for (const { rungs } of keys[at] ?? []) {
      const block = rungs.map((rung) => blocks.get(rung) ?? []).find(({ length }) => length <= mostInBlock);
      if (block === undefined) continue;
      const bits = Math.log2(rows.length / block.length) + 1;
      for (const other of block) if (other !== at) scores.set(other, (scores.get(other) ?? 0) + bits);
    }
    const ranked = [...scores];
    if (ranked.length > mostPerRow) ranked.sort(([a, first], [b, second]) => second - first || a - b);
    return ranked.slice(0, mostPerRow).map(([other]) => other);
  });
  return { left, right };
};

/** So many different numbers below `length`, in random order. */
const sampleOf = (length: number, sample: number, random: Random): number[] => {
  const all = Array.from({ length }, (_, at) => at);
  const size = Math.min(sample, length);
  for (let at = 0; at < size; at += 1) {
    const other = at + Math.floor(random() * (length - at));
    [all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0];
  }
  return all.slice(0, size);
};
