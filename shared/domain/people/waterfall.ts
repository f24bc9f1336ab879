import type { MatchDecision } from './person-record.ts';

export interface WaterfallLine {
  readonly says: string;
  readonly bits: number;
  /** The sum so far. */
  readonly runningBits: number;
}

const fieldNames: Readonly<Record<string, string>> = {
  prior: 'Before anything is compared: two rows taken at random are seldom one person',
  adjustment: 'Taken back, because a relative would agree in this as well or no single earlier row has all of it',
  'same-source': 'The same agency has sent a row about this person before',
};

/** The arithmetic of a decision, line by line: each says what was found and what it adds or takes. One bit doubles the odds. */
export const waterfallOf = ({ fields }: Pick<MatchDecision, 'fields'>): readonly WaterfallLine[] => {
  let runningBits = 0;
  return fields.map(({ field, level, bits }) => {
    runningBits += bits;
    return { says: fieldNames[field] ?? `${nameOf(field)}: ${level.replaceAll('-', ' ')}`, bits, runningBits };
  });
};

const nameOf = (field: string): string => {
  if (field === 'own-number') return 'The agency’s own number of the person';
  const words = field
    .replace(/^(id|other):/, '')
    .replaceAll('-', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The outcome in a sentence; the probability is about two rows being one person and about nothing else. */
export const waterfallSays = ({ probability, thresholds }: MatchDecision): string => {
  const percent = (share: number): string => `${String(Math.floor(share * 1000) / 10)}%`;
  const means =
    probability >= thresholds.link
      ? 'enough to link, but a safeguard asks for a person’s word'
      : probability >= thresholds.review
        ? 'not enough to link without a person’s word'
        : 'too little to be taken for one person';
  return `By these lines the two are one person with ${percent(probability)} probability: ${means}.`;
};
