import type { Patterns } from './level-counts.ts';

/** A kind of pair: how common it is and how often it shows each level of each field. */
export interface PairClass {
  readonly share: number;
  /** Its levels are given and only how common it is is estimated. */
  readonly given?: boolean;
  readonly levels: readonly (readonly number[])[];
}

export interface ClassEstimate {
  readonly classes: readonly PairClass[];
  /** That a pair of the pattern belongs to each class, by class and pattern. */
  readonly memberships: readonly Float64Array[];
}

/** So many pairs does a starting figure weigh as much as. */
const startingPairs = 100;
const most = 60;
const settled = 1e-5;

/**
 * Latent classes by expectation-maximisation: which kinds of pairs the patterns are a mixture of. Fields count as independent
 * within a class; a field that is not known in a pair says nothing.
 */
export const estimateClasses = (patterns: Patterns, start: readonly PairClass[]): ClassEstimate => {
  let classes = start;
  let membership = memberships(patterns, classes);
  for (let round = 0; round < most; round += 1) {
    const next = maximise(patterns, membership, start);
    const moved = Math.max(...next.map(({ share }, at) => Math.abs(share - (classes[at]?.share ?? 0))));
    classes = next;
    membership = memberships(patterns, classes);
    if (moved < settled) break;
  }
  return { classes, memberships: membership };
};

const memberships = ({ levels }: Patterns, classes: readonly PairClass[]): Float64Array[] => {
  const found = classes.map(() => new Float64Array(levels.length));
  const logs = classes.map(({ share, levels: fields }) => ({
    share: Math.log(share),
    fields: fields.map((probabilities) => probabilities.map(Math.log)),
  }));
  for (const [at, pattern] of levels.entries()) {
    const weights = logs.map(({ share, fields }) => {
      let sum = share;
      for (let field = 0; field < pattern.length; field += 1) {
        const level = pattern[field] ?? -1;
        if (level >= 0) sum += fields[field]?.[level] ?? 0;
      }
      return sum;
    });
    const highest = Math.max(...weights);
    const total = weights.reduce((sum, weight) => sum + Math.exp(weight - highest), 0);
    for (const [index, weight] of weights.entries()) {
      const of = found[index];
      if (of !== undefined) of[at] = Math.exp(weight - highest) / total;
    }
  }
  return found;
};

const maximise = ({ levels, counts }: Patterns, membership: readonly Float64Array[], start: readonly PairClass[]): PairClass[] => {
  const pairs = counts.reduce((sum, count) => sum + count, 0);
  return start.map((from, index) => {
    const of = membership[index] ?? new Float64Array();
    const sums = from.levels.map((probabilities) => probabilities.map((probability) => probability * startingPairs));
    let total = 0;
    for (const [at, pattern] of levels.entries()) {
      const weight = (of[at] ?? 0) * (counts[at] ?? 0);
      total += weight;
      for (let field = 0; field < pattern.length; field += 1) {
        const level = pattern[field] ?? -1;
        const sum = sums[field];
        if (level >= 0 && sum !== undefined) sum[level] = (sum[level] ?? 0) + weight;
      }
    }
    const share = Math.max(total / pairs, 1e-6);
    if (from.given === true) return { ...from, share };
    return {
      share,
      levels: sums.map((field) => withFloor(field, index === 0 ? leastDifferent : 0)),
    };
  });
};

/** No cell is right more often than this: the share of pairs of one person that differ is never taken for less. */
const leastDifferent = 0.01;

const withFloor = (sums: readonly number[], least: number): number[] => {
  const all = sums.reduce((sum, value) => sum + value, 0);
  const last = Math.max((sums.at(-1) ?? 0) / all, least);
  const rest = all - (sums.at(-1) ?? 0);
  return sums.map((value, at) => (at === sums.length - 1 ? last : (value / rest) * (1 - last)));
};
