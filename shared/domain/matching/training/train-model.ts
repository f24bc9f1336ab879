import { comparisonKindOf, comparisons, type ComparisonKind } from '../compare/comparison-kinds.ts';
import type { FieldModel, MatchModel } from '../model/match-model.ts';
import { cleaningVersion } from '../rows/clean-row.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { candidatePairs, type CandidatePairs } from './candidate-pairs.ts';
import { comparePair, markCrossedNames } from './compare-pair.ts';
import { countFrequencies } from './count-frequencies.ts';
import { estimateClasses, type PairClass } from './estimate-classes.ts';
import { patternCollector, type Patterns } from './level-counts.ts';
import type { Random } from './random.ts';
import { sourceLevels } from './source-levels.ts';
import { startingPoints } from './starting-point.ts';

export interface TrainingOptions {
  readonly version: string;
  readonly random: Random;
  readonly sampleRows?: number;
  readonly randomPairs?: number;
}

/** A model estimated from rows without knowing which of them are about the same person. */
export const trainModel = (
  rows: readonly MatchRow[],
  { version, random, sampleRows = 6_000, randomPairs = 120_000 }: TrainingOptions,
): MatchModel => {
  const fields = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].toSorted();
  const pairs = candidatePairs(rows, random, sampleRows);
  const candidates = compareAll(rows, pairs, fields);
  const { classes, memberships } = estimateClasses(candidates, startingClasses(fields));
  const first = memberships[0] ?? new Float64Array();
  const same = classes[0]?.levels ?? [];
  const people = estimatePeople(rows.length, pairs, candidates, first);
  const rowsPerPerson = rows.length / people;
  const bySource = sourceLevels(rows, pairs, candidates, first, same);
  const relatives = homes.some((home) => fields.includes(home))
    ? perRow(pairs, candidates, memberships[1]) / rowsPerPerson
    : relativesUnseen;
  const us = randomLevels(rows, fields, same, people, random, randomPairs);
  return {
    format: 1,
    version,
    cleaningVersion,
    people,
    relatives,
    fields: [
      anyOwnNumber,
      ...fields.map((field, at): FieldModel => {
        const kind = comparisonKindOf(field);
        const { levels } = comparisons[kind];
        return {
          field,
          levels: levels.map((level, index) => ({ level, m: same[at]?.[index] ?? 1, u: us[at]?.[index] ?? 1 })),
          ...(bySource.size > 0 && { sources: Object.fromEntries([...bySource].map(([source, ms]) => [source, [...(ms[at] ?? [])]])) }),
          frequencies: countFrequencies(rows, field, rowsPerPerson, unseenOf(kind, relatives)),
        };
      }),
    ],
    repeats: repeatBits(rows, pairs, candidates, first),
  };
};

/** Whose register it is shows only in use; that a person has one number in one does not depend on whose. */
const anyOwnNumber: FieldModel = {
  field: 'own:*',
  levels: comparisons['own-number'].levels.map((level, at) => ({
    level,
    m: startingPoints['own-number'].same[at] ?? 1,
    u: startingPoints['own-number'].random[at] ?? 1,
  })),
};

/** An address seen for one person only is another's too as often as people live together, which the rows show. */
const unseenOf = (kind: ComparisonKind, relatives: number): number => {
  const { unseen } = startingPoints[kind];
  return kind === 'address' ? Math.min(unseen, Math.max(fewestAtHome, relatives)) : unseen;
};

const fewestAtHome = 0.03;

/** What shows whether people live together. */
/** Relatives for each person where no field would show them. */
const relativesUnseen = 0.2;

const homes = ['address', 'uprn', 'postcode'];

/** Pairs of a class for each row looked at. */
const perRow = ({ left }: CandidatePairs, { counts }: Patterns, membership: Float64Array | undefined): number =>
  counts.reduce((sum, count, at) => sum + count * (membership?.[at] ?? 0), 0) / Math.max(1, left.length);

const names = new Set(['forename', 'surname', 'middleNames']);

/**
 * One person, relatives, others, and namesakes: keys of names bring together many who agree in nothing else, and without a
 * class of their own they would be taken for one person as soon as the rows are poor.
 */
const startingClasses = (fields: readonly string[]): PairClass[] => {
  const points = fields.map((field) => startingPoints[comparisonKindOf(field)]);
  return [
    { share: 0.2, levels: points.map(({ same }) => same) },
    { share: 0.2, given: true, levels: points.map(({ relatives }) => relatives) },
    { share: 0.6, levels: points.map(({ random, relatives }) => random.map((share, at) => 0.8 * share + 0.2 * (relatives[at] ?? 0))) },
    { share: 0.1, given: true, levels: fields.map((field, at) => (names.has(field) ? points[at]?.same : points[at]?.random) ?? []) },
  ];
};

const compareAll = (rows: readonly MatchRow[], { left, right }: CandidatePairs, fields: readonly string[]): Patterns => {
  const collector = patternCollector();
  const levels = new Int8Array(fields.length);
  for (const [index, at] of left.entries()) {
    for (const other of right[index] ?? []) {
      const [a, b] = [rows[at], rows[other]];
      if (a === undefined || b === undefined) continue;
      comparePair(a, b, fields, levels);
      markCrossedNames(a, b, fields, levels);
      collector.add(levels);
    }
  }
  return collector.patterns();
};

/** A row with d others of its person stands for 1/(1+d) of a person. */
const estimatePeople = (rows: number, { left, right }: CandidatePairs, { ofPair }: Patterns, first: Float64Array): number => {
  let pair = 0;
  let people = 0;
  for (const index of left.keys()) {
    let others = 0;
    for (let count = right[index]?.length ?? 0; count > 0; count -= 1) {
      others += first[ofPair[pair] ?? 0] ?? 0;
      pair += 1;
    }
    people += 1 / (1 + others);
  }
  return Math.max(1, (rows * people) / Math.max(1, left.length));
};

/** Levels of pairs picked at random, those that are one person's taken out by their probability. */
const randomLevels = (
  rows: readonly MatchRow[],
  fields: readonly string[],
  same: readonly (readonly number[])[],
  people: number,
  random: Random,
  pairs: number,
): number[][] => {
  const points = fields.map((field) => startingPoints[comparisonKindOf(field)]);
  const collector = patternCollector();
  const levels = new Int8Array(fields.length);
  for (let drawn = 0; drawn < pairs; drawn += 1) {
    const a = rows[Math.floor(random() * rows.length)];
    const b = rows[Math.floor(random() * rows.length)];
    if (a === undefined || b === undefined || a === b) continue;
    comparePair(a, b, fields, levels);
    markCrossedNames(a, b, fields, levels);
    collector.add(levels);
  }
  const { levels: patterns, counts } = collector.patterns();
  let us = points.map(({ random: share }) => [...share]);
  for (let round = 0; round < 3; round += 1) {
    const sums = points.map(({ random: share }) => share.map((value) => value * 5));
    for (const [at, pattern] of patterns.entries()) {
      let odds = 1 / people;
      for (let field = 0; field < pattern.length; field += 1) {
        const level = pattern[field] ?? -1;
        if (level >= 0) odds *= (same[field]?.[level] ?? 1) / (us[field]?.[level] ?? 1);
      }
      const weight = (counts[at] ?? 0) / (1 + odds);
      for (let field = 0; field < pattern.length; field += 1) {
        const level = pattern[field] ?? -1;
        const sum = sums[field];
        if (level >= 0 && sum !== undefined) sum[level] = (sum[level] ?? 0) + weight;
      }
    }
    us = sums.map((field) => {
      const all = field.reduce((total, value) => total + value, 0);
      return field.map((value) => value / all);
    });
  }
  return us;
};

const leastRepeatBits = -8;

/** How much less (or more) often rows of one person come from one source than rows of any two people do. */
const repeatBits = (
  rows: readonly MatchRow[],
  { left, right }: CandidatePairs,
  { ofPair }: Patterns,
  first: Float64Array,
): Record<string, number> => {
  const bySource = new Map<string, number>();
  for (const { source } of rows) bySource.set(source, (bySource.get(source) ?? 0) + 1);
  const within = new Map<string, number>();
  const any = new Map<string, number>();
  let pair = 0;
  for (const [index, at] of left.entries()) {
    const source = rows[at]?.source ?? '';
    for (const other of right[index] ?? []) {
      const weight = first[ofPair[pair] ?? 0] ?? 0;
      pair += 1;
      any.set(source, (any.get(source) ?? 0) + weight);
      if (rows[other]?.source === source) within.set(source, (within.get(source) ?? 0) + weight);
    }
  }
  const bits: Record<string, number> = {};
  for (const [source, count] of bySource) {
    const expected = count / rows.length;
    const found = ((within.get(source) ?? 0) + 2 * expected) / ((any.get(source) ?? 0) + 2);
    bits[source] = Math.min(0, Math.max(leastRepeatBits, Math.log2(found / expected)));
  }
  return bits;
};
