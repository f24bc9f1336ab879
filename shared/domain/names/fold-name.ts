/** Letters that Unicode does not decompose into a base letter and a mark. Lower case; the input is lower-cased first. */
const undecomposed: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ŋ: 'n',
  ŧ: 't',
  ə: 'e',
  ɓ: 'b',
  ɗ: 'd',
  ƴ: 'y',
};
const undecomposedLetters = new RegExp(`[${Object.keys(undecomposed).join('')}]`, 'gu');

const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'master',
  'dr',
  'prof',
  'professor',
  'rev',
  'revd',
  'reverend',
  'sir',
  'dame',
  'lady',
  'lord',
]);

/** Lower case, without marks, in ASCII where the letter has an ASCII form. Other scripts keep their letters. */
const foldLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(undecomposedLetters, (letter) => undecomposed[letter] ?? letter)
    .normalize('NFC');

const isTitle = (word: string): boolean => titles.has(foldLetters(word).replaceAll('.', ''));

/** The words of a name without the titles in front of it. A title that stands alone is taken to be the name (Master, Lord). */
const wordsWithoutTitles = (name: string): string[] => {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  let first = 0;
  while (first < words.length - 1 && isTitle(words[first] ?? '')) first += 1;
  return words.slice(first);
};

/**
 * A name as it is compared for equality: what differs only in case, marks, apostrophes, hyphens, spaces, full stops or a
 * title in front is the same name. `O’Brien`, `OBRIEN` and `O'brien` become `obrien`. Empty where there is no letter.
 */
export const foldName = (name: string): string => foldLetters(wordsWithoutTitles(name).join('')).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A surname for the same comparison. What stands in brackets or after née is an earlier name and is left out. */
export const foldSurname = (surname: string): string => foldName(surname.replaceAll(/\([^)]*\)?/gu, ' ').replace(/\sn[ée]e\s.*$/iu, ' '));

/** Forename and surname folded, apart from each other: `sam example`. */
export const foldFullName = (forename: string, surname: string): string => `${foldName(forename)} ${foldSurname(surname)}`;
