import { foldName } from '../../names/fold-name.ts';
import { isPlaceholderName } from '../placeholders.ts';

/** What forms hold in place of a name: what somebody is to the household, or that nobody asked. Folded words. */
const roleWords = new Set(
  `adult anonymous aunt babe baby boarder boy bro brother child children cousin dad daughter declined dependent dependant elderly
  family father female friend girl girlfriend boyfriend grandchild granddaughter grandfather grandma grandmother grandpa grandparent
  grandson guest head homeowner house household householder husband inmate infant kid lady lodger man male minor mom mother mum
  mummy daddy nephew newborn niece no none occupant occupier occupants of other owner parent partner person refused relative resident
  respondent roomer roommate self sibling sister son spouse sr stepchild stepdaughter stepson student tenant the toddler twin uncle
  unborn unknown unnamed wife woman young youth not known given recorded stated provided test dummy data one two three a b c d e x n na`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Role words that are also ordinary names or parts of them: they count only beside another role word. */
const alsoNames = new Set('a b c d e x n man sr one two three young self no of the head house guest parent friend test'.split(' '));

const titles = new Set('mr mrs ms miss mx master dr prof professor rev revd reverend sir dame lady lord'.split(' '));
const notLetters = /[^a-z0-9]+/u;
const apostrophes = /['’‘`´]/gu;
const ascii = /^[\p{ASCII}’‘´]*$/u;

/** The words of a name, folded, without titles in front. `O’Brien-Smith` is `obrien`, `smith`. */
export const nameWords = (text: string): string[] => {
  const joined = text.replace(apostrophes, '').toLowerCase();
  const words = ascii.test(joined)
    ? joined.split(notLetters).filter((word) => word !== '')
    : joined
        .split(/[^\p{L}\p{M}\p{N}]+/u)
        .map(foldName)
        .filter((word) => word !== '');
  let first = 0;
  while (first < words.length - 1 && titles.has(words[first] ?? '')) first += 1;
  return first === 0 ? words : words.slice(first);
};

const isRole = (words: readonly string[]): boolean => {
  let certain = false;
  for (const word of words) {
    const plain = word.replace(/\d+$/u, '');
    if (plain === '') continue;
    if (!roleWords.has(plain)) return false;
    if (!alsoNames.has(plain)) certain = true;
  }
  return certain || words.every((word) => /^\d+$/u.test(word));
};

/** Folded words with a space between them; undefined where the text is blank or stands for a name that is not known. */
export const cleanName = (text: string | undefined): string | undefined => {
  if (text === undefined || text === '') return undefined;
  const words = nameWords(text);
  if (words.length === 0 || isRole(words)) return undefined;
  const name = words.join(' ');
  return name.length > 1 && isPlaceholderName(name) ? undefined : name;
};

/** A surname without what stands in brackets or after née: that is an earlier one. */
export const cleanSurname = (text: string | undefined): string | undefined => {
  if (text === undefined || text === '') return undefined;
  const current = /[(]|\sn[ée]e\s/iu.test(text) ? text.replaceAll(/\([^)]*\)?/gu, ' ').replace(/\sn[ée]e\s.*$/iu, ' ') : text;
  const name = cleanName(current);
  return name === undefined || name.length < 2 ? undefined : name;
};
