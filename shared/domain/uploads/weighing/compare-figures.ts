import { certainty } from './weighing-thresholds.ts';

/** Of `of` seen, `found`: the highest share that could still have given so few (Wilson's interval). */
export const highestShare = (found: number, of: number): number => {
  if (of === 0) return 1;
  const share = found / of;
  const z2 = (certainty * certainty) / of;
  return (share + z2 / 2 + certainty * Math.sqrt((share * (1 - share) + z2 / 4) / of)) / (1 + z2);
};

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[Math.max(0, middle - 1)], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
};

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** 0: the same parts; 1: nothing in common. */
export const difference = (a: readonly number[], b: readonly number[]): number => {
  const [allA, allB] = [sum(a), sum(b)];
  if (allA === 0 || allB === 0) return 0;
  return sum(a.map((each, index) => Math.abs(each / allA - (b[index] ?? 0) / allB))) / 2;
};

export const added = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((each, index) => each + (b[index] ?? 0));
