/** What was drawn, and how: with the seed and the list anybody can draw it again. */
export interface DrawnSample {
  readonly seed: number;
  readonly percent: number;
  /** Out of so many. */
  readonly of: number;
  readonly claimIds: readonly string[];
}

/** Mulberry32: a whole number from 0 to `below`, from a seed of 32 bits. The same everywhere. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

/** A random sample for a spot check: each claim as likely as any other, so many per cent rounded up, the same for the same seed. */
export const drawSample = (
  claimIds: readonly string[],
  { seed, percent = 10 }: { readonly seed: number; readonly percent?: number },
): DrawnSample => {
  const left = [...new Set(claimIds)].toSorted();
  const of = left.length;
  const random = randomFrom(seed);
  const drawn = Array.from({ length: Math.ceil((of * percent) / 100) }, () => left.splice(random(left.length), 1)).flat();
  return { seed, percent, of, claimIds: drawn.toSorted() };
};
