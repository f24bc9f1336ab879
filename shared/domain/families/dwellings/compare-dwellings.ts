import { editDistance } from '../../matching/similarity/edit-distance.ts';
import { jaroWinkler } from '../../matching/similarity/jaro-winkler.ts';
import type { Dwelling } from './read-dwelling.ts';

/**
 * How alike two dwellings are. `same`: nothing says that they are two · `place-slip`: one number in streets, or in
 * postcodes, that are written almost alike · `part-missing`: one lacks the number, the street or the flat, the rest is the same ·
 * `doubtful`: one part differs as a slip could make it, but as two neighbours' addresses do too · `different`.
 */
export type DwellingLikeness = 'same' | 'place-slip' | 'part-missing' | 'doubtful' | 'different';

export const compareDwellings = (a: Dwelling, b: Dwelling): DwellingLikeness => {
  if (a.uprn !== '' && b.uprn !== '') return a.uprn === b.uprn ? 'same' : 'different';
  const places = comparePlaces(a, b);
  if (places === 'different') return 'different';
  const numbers = compareNumbers(a.number, b.number);
  const streets = compareStreets(a.street, b.street);
  const units = compareUnits(a.unit, b.unit);
  if (numbers === 'different' || streets === 'different' || units === 'different') return 'different';
  let unlike = places === 'slip' ? 1 : 0;
  for (const part of [numbers, streets, units]) if (part !== 'same') unlike += 1;
  if (unlike === 0) return 'same';
  // Of two parts that are missing or differ too little is left to say that it is one home.
  if (unlike > 1) return 'different';
  if (numbers === 'missing' || streets === 'missing' || units === 'missing') return 'part-missing';
  return streets === 'slip' || places === 'slip' ? 'place-slip' : 'doubtful';
};

type PartLikeness = 'same' | 'missing' | 'slip' | 'alike' | 'different';

/** By postcode, or by town where one has no postcode: what is not known is no difference. */
const comparePlaces = (a: Dwelling, b: Dwelling): PartLikeness => {
  const areTownsAlike = a.locality === '' || b.locality === '' || jaroWinkler(a.locality, b.locality) >= 0.8;
  if (a.postcode === '' || b.postcode === '') return areTownsAlike ? 'same' : 'different';
  const slips = editDistance(a.postcode, b.postcode, 3);
  if (slips <= 1) return 'same';
  return slips <= 3 && areTownsAlike && a.locality !== '' && b.locality !== '' ? 'slip' : 'different';
};

const longNumber = 4;

const compareNumbers = (a: string, b: string): PartLikeness => {
  if (a === b) return 'same';
  if (a === '' || b === '') return 'missing';
  const most = a.length >= longNumber && b.length >= longNumber ? 2 : 1;
  return editDistance(a, b, most) <= most ? 'slip' : 'different';
};

const compareUnits = (a: string, b: string): PartLikeness => {
  if (a === b) return 'same';
  if (a === '' || b === '') return 'missing';
  return editDistance(a, b, 1) <= 1 ? 'slip' : 'different';
};

/** Half the letters of a short name may make another street of it; of a long one two slips don't. */
const compareStreets = (a: string, b: string): PartLikeness => {
  if (a === b) return 'same';
  if (a === '' || b === '') return 'missing';
  const longer = Math.max(a.length, b.length);
  const most = longer < 5 ? 1 : longer < 9 ? 2 : 3;
  if (editDistance(a, b, most) <= most || withoutSpaces(a) === withoutSpaces(b) || isPartOf(a, b) || isPartOf(b, a)) return 'slip';
  const likeness = jaroWinkler(a, b);
  return likeness >= 0.9 ? 'slip' : likeness >= 0.78 ? 'alike' : 'different';
};

const withoutSpaces = (text: string): string => text.replaceAll(' ', '');

/** `wood` of `wood st`: a word was left out at the end. */
const isPartOf = (whole: string, part: string): boolean => part.length > 3 && whole.startsWith(`${part} `);
