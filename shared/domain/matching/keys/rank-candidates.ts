import type { KeyEntry } from './person-index.ts';

const mostCandidates = 40;

/** Candidates beyond these are compared only if they share enough; fewer where each costs a read. */
const alwaysCompared = 8;
/** Enough: a third of what the best one shares, and a third more than tells one person from all others. */
const shareOfBest = 0.35;
const shareOfTelling = 1.3;
/** Less than this share of what the best one shares is not compared at all. */
const leastShare = 0.2;

/** Who shares the most telling keys, best first: a key says the more the fewer people stand under it. Of equals the smaller id. */
export const rankCandidates = (entries: readonly KeyEntry[], people: number, most = mostCandidates, always = alwaysCompared): string[] => {
  const scores = new Map<string, number>();
  const telling = Math.log2(people + 1);
  let best = 0;
  for (const { ids } of entries) {
    const bits = telling - Math.log2(Math.max(1, ids.length)) + 1;
    for (const id of ids) {
      const sum = (scores.get(id) ?? 0) + bits;
      scores.set(id, sum);
      if (sum > best) best = sum;
    }
  }
  const least = best * leastShare;
  const ranked: Ranked[] = [];
  for (const [id, bits] of scores) if (bits >= least) ranked.push({ id, bits });
  if (ranked.length > 1) ranked.sort((a, b) => b.bits - a.bits || (a.id < b.id ? -1 : 1));
  const enough = Math.max(best * shareOfBest, telling * shareOfTelling);
  const chosen: string[] = [];
  for (const { id, bits } of ranked) {
    if (chosen.length === most || (chosen.length >= always && bits < enough)) break;
    chosen.push(id);
  }
  return chosen;
};

interface Ranked {
  readonly id: string;
  readonly bits: number;
}
