import type { KeyEntry } from './person-index.ts';

export const mostCandidates = 40;

/** Candidates beyond these are compared only if they share enough. */
const alwaysCompared = 8;
/** Enough: a third of what the best one shares, and a third more than tells one person from all others. */
const shareOfBest = 0.35;
const shareOfTelling = 1.3;
/** Less than this share of what the best one shares is not compared at all. */
const leastShare = 0.2;

/** Who shares the most telling keys, best first: a key says the more the fewer people stand under it. Of equals the smaller id. */
export const rankCandidates = (entries: readonly KeyEntry[], people: number, most = mostCandidates): string[] => {
  const scores = new Map<string, number>();
  const telling = Math.log2(people + 1);
  for (const { ids } of entries) {
    const bits = telling - Math.log2(Math.max(1, ids.length)) + 1;
    for (const id of ids) scores.set(id, (scores.get(id) ?? 0) + bits);
  }
  const ranked = [...scores];
  if (ranked.length > 1) ranked.sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1));
  const best = ranked[0]?.[1] ?? 0;
  const enough = Math.max(best * shareOfBest, telling * shareOfTelling);
  const chosen: string[] = [];
  for (const [id, bits] of ranked) {
    if (chosen.length === most || bits < (chosen.length < alwaysCompared ? best * leastShare : enough)) break;
    chosen.push(id);
  }
  return chosen;
};
