import { foldName } from '../names/fold-name.ts';

/** What systems hold where a name is not known; folded. As a name it would make one person of many. */
const placeholders = new Set([
  'adult',
  'anon',
  'anonymous',
  'baby',
  'babyboy',
  'babygirl',
  'boy',
  'child',
  'childof',
  'father',
  'female',
  'fnu',
  'girl',
  'infant',
  'lnu',
  'male',
  'mother',
  'na',
  'noname',
  'none',
  'notgiven',
  'notknown',
  'notrecorded',
  'notstated',
  'occupier',
  'resident',
  'tba',
  'tbc',
  'tenant',
  'test',
  'theoccupier',
  'twin',
  'twin1',
  'twin2',
  'twinone',
  'twintwo',
  'unborn',
  'unk',
  'unknown',
  'unnamed',
  'xx',
  'xxx',
]);

/** Blank counts as a placeholder: nothing is ever found by an empty name. A single letter is an initial. */
export const isPlaceholderName = (name: string): boolean => {
  const folded = foldName(name);
  return folded.length < 2 || placeholders.has(folded);
};

/** Dates that systems put in where there is none. 1 January as such is many people's real birthday and stays. */
export const isDefaultBirthDate = (isoDate: string): boolean => isoDate <= '1901-01-01';

/** NHS codes in the place of a postcode (no fixed abode, abroad, unknown) begin with ZZ99. */
export const isPseudoPostcode = (postcode: string): boolean => postcode.startsWith('ZZ99');
