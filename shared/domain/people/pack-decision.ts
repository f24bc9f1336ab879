import type { MatchDecision } from './person-record.ts';

/**
 * A decision as one line of text, a third of what a list of maps takes in the store:
 * `model|link review|probability|seen|guard,guard|field level bits;…`. Bits have one decimal.
 */
export const packDecision = ({ modelVersion, thresholds, probability, candidatesSeen, fields, guards }: MatchDecision): string =>
  [
    modelVersion,
    `${String(thresholds.link)} ${String(thresholds.review)}`,
    String(probability),
    String(candidatesSeen),
    guards.join(','),
    fields.map(({ field, level, bits }) => `${field}${level === impliedLevel(field) ? '' : ` ${level}`} ${String(bits)}`).join(';'),
  ].join('|');

/** The opposite of `packDecision`. */
export const unpackDecision = (packed: string): MatchDecision => {
  const [modelVersion = '', limits = '', probability = '', seen = '', guards = '', fields = ''] = packed.split('|');
  const [link = '', review = ''] = limits.split(' ');
  return {
    modelVersion,
    thresholds: { link: Number(link), review: Number(review) },
    probability: Number(probability),
    candidatesSeen: Number(seen),
    fields: split(fields, ';').map((part) => {
      const [field = '', ...rest] = part.split(' ');
      return { field, level: rest.length > 1 ? (rest[0] ?? '') : impliedLevel(field), bits: Number(rest.at(-1)) };
    }),
    guards: split(guards, ','),
  };
};

const split = (text: string, by: string): string[] => (text === '' ? [] : text.split(by));

/** The level that nearly always stands with a field. */
const impliedLevel = (field: string): string =>
  field === 'prior' ? 'before-comparing' : field === 'adjustment' ? 'family-or-several-rows' : 'same';
