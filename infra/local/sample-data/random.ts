/** A value with its share among the others; shares need not sum to anything. */
type Weighted<T> = readonly [value: T, weight: number];

/** A list made ready for drawing from by weight. */
export interface DrawTable<T> {
  readonly values: readonly T[];
  readonly cumulative: readonly number[];
}

export const drawTable = <T>(entries: readonly Weighted<T>[]): DrawTable<T> => {
  let total = 0;
  const cumulative = entries.map(([, weight]) => (total += weight));
  return { values: entries.map(([value]) => value), cumulative };
};

/** Words from the most to the least common, in Zipf-like proportions: a few common names, a long tail. */
export const rankedTable = (words: string): DrawTable<string> =>
  drawTable(
    words
      .trim()
      .split(/\s+/)
      .map((word, rank) => [word.replaceAll('_', ' '), 1 / (rank + 4)] as const),
  );

/** A seeded source of chance. The same seed and label give the same sequence on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number from `low` to `high`, both possible. */
  readonly int: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(values: readonly T[]) => T;
  readonly draw: <T>(table: DrawTable<T>) => T;
  readonly shuffled: <T>(values: readonly T[]) => T[];
  /** An independent sequence: drawing from it never shifts this one. */
  readonly fork: (label: string) => Random;
}

// FNV-1a with a final avalanche: turns a seed's text into the four words of state.
const hashWord = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** xoshiro128** (Blackman and Vigna), seeded from text. Not for anything secret. */
export const seededRandom = (seed: string): Random => {
  let a = hashWord(`${seed}#0`) || 1;
  let b = hashWord(`${seed}#1`);
  let c = hashWord(`${seed}#2`);
  let d = hashWord(`${seed}#3`);
  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result / 0x1_0000_0000;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const at = <T>(values: readonly T[], index: number): T => {
    const value = values[index];
    if (value === undefined) throw new RangeError('nothing to draw from');
    return value;
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => at(values, int(0, values.length - 1)),
    draw: ({ values, cumulative }) => {
      const target = next() * at(cumulative, cumulative.length - 1);
      let low = 0;
      let high = cumulative.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at(cumulative, middle) > target) high = middle;
        else low = middle + 1;
      }
      return at(values, low);
    },
    shuffled: (values) => {
      const result = [...values];
      for (let i = result.length - 1; i > 0; i--) {
        const j = int(0, i);
        const held = at(result, i);
        result[i] = at(result, j);
        result[j] = held;
      }
      return result;
    },
    fork: (label) => seededRandom(`${seed}/${label}`),
  };
};
