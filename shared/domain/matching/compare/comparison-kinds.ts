import { compareAddresses } from './compare-addresses.ts';
import { compareBirthDates } from './compare-birth-dates.ts';
import { compareForenames, compareMiddleNames, compareSurnames } from './compare-names.ts';
import { compareCodes, compareEmails, compareExactly, comparePostcodes, compareTexts } from './compare-texts.ts';

export type ComparisonKind =
  'forename' | 'middle-names' | 'surname' | 'birth-date' | 'address' | 'postcode' | 'text' | 'code' | 'email' | 'exact' | 'own-number';

export interface Comparison {
  /** From the strongest agreement to none; the first is equality, which a value's frequency refines. */
  readonly levels: readonly string[];
  /** The position in `levels` of two known values, or −1 where they say nothing about each other. Symmetric. */
  readonly compare: (a: string, b: string) => number;
}

/** `crossed`: forename and surname stand in each other's place; found by looking at both fields, never by `compare`. */
export const comparisons: Readonly<Record<ComparisonKind, Comparison>> = {
  forename: {
    levels: ['same', 'short-form', 'part', 'close', 'similar', 'initial', 'crossed', 'other-initial', 'different'],
    compare: compareForenames,
  },
  surname: { levels: ['same', 'part', 'close', 'similar', 'crossed', 'different'], compare: compareSurnames },
  'middle-names': { levels: ['same', 'initial', 'close', 'part', 'different'], compare: compareMiddleNames },
  'birth-date': {
    levels: [
      'same',
      'day-month-swapped',
      'one-slip',
      'two-parts',
      'known-parts',
      'two-slips',
      'near-days',
      'same-year',
      'near-year',
      'different',
    ],
    compare: compareBirthDates,
  },
  exact: { levels: ['same', 'different'], compare: compareExactly },
  address: { levels: ['same', 'close', 'same-street', 'half', 'different'], compare: compareAddresses },
  postcode: { levels: ['same', 'one-slip', 'sector', 'district', 'different'], compare: comparePostcodes },
  text: { levels: ['same', 'close', 'similar', 'different'], compare: compareTexts },
  code: { levels: ['same', 'one-slip', 'two-slips', 'different'], compare: compareCodes },
  email: { levels: ['same', 'same-mailbox', 'close', 'similar', 'same-domain', 'different'], compare: compareEmails },
  // Neighbours are as different as any: numbers are given out in sequence.
  'own-number': { levels: ['same', 'different'], compare: compareExactly },
};

const kindOfField: Readonly<Record<string, ComparisonKind>> = {
  forename: 'forename',
  middleNames: 'middle-names',
  surname: 'surname',
  birthDate: 'birth-date',
  sex: 'exact',
  address: 'address',
  locality: 'text',
  postcode: 'postcode',
  generation: 'exact',
  uprn: 'exact',
  phone: 'code',
  email: 'email',
};

const kindOfPrefix: Readonly<Record<string, ComparisonKind>> = { id: 'code', own: 'own-number' };

export const comparisonKindOf = (field: string): ComparisonKind => kindOfField[field] ?? kindOfPrefix[field.split(':')[0] ?? ''] ?? 'text';
