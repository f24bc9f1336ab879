import type { KeyEntry } from './person-index.ts';

export const mostCandidates = 40;

/** Who shares less than this of what the best one shares is not compared at all. */
const shareOfBest = 0.2;

/** Who shares the most telling keys, best first: a key says the more the fewer people stand under it. Of equals the smaller id. */
export const rankCandidates = (entries: readonly KeyEntry[], people: number, most = mostCandidates): string[] => {
  const scores = new Map<string, number>();
  for (const { ids } of entries) {
    const bits = Math.log2((people + 1) / Math.max(1, ids.length)) + 1;
    for (const id of ids) scores.set(id, (scores.get(id) ?? 0) + bits);
  }
  const ranked = [...scores];
  if (ranked.length > 1) ranked.sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1));
  const least = (ranked[0]?.[1] ?? 0) * shareOfBest;
  return ranked.slice(0, most).flatMap(([id, bits]) => (bits >= least ? [id] : []));
};
