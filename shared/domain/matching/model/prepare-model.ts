import { comparisonKindOf, comparisons, type ComparisonKind } from '../compare/comparison-kinds.ts';
import type { FieldModel, MatchModel } from './match-model.ts';

/** A model made ready for scoring: weights in bits by field and level. */
export interface PreparedModel {
  readonly version: string;
  /** Bits before anything is compared. */
  readonly priorBits: number;
  /** Bits that the person is commoner than a relative at home, and than a twin. */
  readonly relativeBits: number;
  readonly twinBits: number;
  /** Whether people of one family are to be expected at all. */
  readonly hasFamilies: boolean;
  readonly fieldOf: (field: string) => PreparedField;
  readonly repeatBits: (source: string) => number;
}

export interface PreparedField {
  readonly field: string;
  readonly kind: ComparisonKind;
  /** Who else would agree in it: relatives at home, twins as well, or nobody. */
  readonly shared: 'family' | 'twins' | 'nobody';
  /** Equal values may still not be the first level: dates of which only the year is known, surnames that are nobody's. */
  readonly equalMayDiffer: boolean;
  readonly compare: (a: string, b: string) => number;
  /** Bits of each level, for rows of a source. Of the first level: without the value's own frequency. */
  readonly bits: (source: string) => readonly number[];
  /** Bits to add to the first level's for this value: above nought for a rare one. */
  readonly rarity: (value: string) => number;
}

/** No single value may prove more than this, however rare: cells are copied, and people share phones and homes. */
/** One in forty of somebody's relatives at home is a twin. */
const twinShare = 0.025;
/** With fewer relatives a person the rows do not show families. */
const fewestRelatives = 0.1;
/** Bits against what is not to be expected at all. */
const noOdds = 1000;
const mostBits = 24;
const leastBits = -24;

export const prepareModel = (model: MatchModel): PreparedModel => {
  const byName = new Map(model.fields.map((field) => [field.field, field]));
  const prepared = new Map<string, PreparedField>();
  const fieldOf = (field: string): PreparedField => {
    const known = prepared.get(field);
    if (known !== undefined) return known;
    const made = prepareField(field, byName.get(field) ?? byName.get(anyOf(field)));
    prepared.set(field, made);
    return made;
  };
  return {
    version: model.version,
    priorBits: -Math.log2(model.people),
    relativeBits: model.relatives >= fewestRelatives ? -Math.log2(model.relatives) : noOdds,
    twinBits: model.relatives >= fewestRelatives ? -Math.log2(model.relatives * twinShare) : noOdds,
    hasFamilies: model.relatives >= fewestRelatives,
    fieldOf,
    repeatBits: (source) => model.repeats[source] ?? 0,
  };
};

/** The field that stands for those of its kind that are not named; one without such says nothing. */
const anyOf = (field: string): string => field.replace(/^(id|other|own):.*$/u, '$1:*');

const prepareField = (field: string, model: FieldModel | undefined): PreparedField => {
  const kind = comparisonKindOf(field);
  const { levels, compare } = comparisons[kind];
  const general = levels.map((_, at) => weight(model?.levels[at]?.m ?? 1, model?.levels[at]?.u ?? 1));
  const bySource = new Map<string, readonly number[]>();
  for (const [source, ms] of Object.entries(model?.sources ?? {}))
    bySource.set(
      source,
      general.map((_, at) => weight(ms[at] ?? 1, model?.levels[at]?.u ?? 1)),
    );
  const rarity = prepareRarity(model);
  return {
    field,
    kind,
    shared: sharedBy(field),
    equalMayDiffer: kind === 'birth-date' || kind === 'surname',
    compare,
    bits: (source) => bySource.get(source) ?? general,
    rarity,
  };
};

const familyFields = new Set(['surname', 'address', 'postcode', 'locality', 'uprn', 'phone']);

const sharedBy = (field: string): PreparedField['shared'] =>
  familyFields.has(field) ? 'family' : field === 'birthDate' ? 'twins' : 'nobody';

const weight = (m: number, u: number): number => Math.min(mostBits, Math.max(leastBits, Math.log2(m / u)));

const prepareRarity = (model: FieldModel | undefined): ((value: string) => number) => {
  const frequencies = model?.frequencies;
  const u = model?.levels[0]?.u;
  if (frequencies === undefined || u === undefined) return () => 0;
  const least = leastBits;
  const bitsOf = (others: number): number => Math.max(least, Math.log2((u * frequencies.people) / others));
  const unseen = bitsOf(frequencies.unseen);
  const seen = new Map(Object.entries(frequencies.values).map(([value, others]) => [value, bitsOf(others)]));
  return (value) => seen.get(value) ?? unseen;
};
