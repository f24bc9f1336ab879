import { latinSpelling } from './latin-spellings.ts';

/** Marks that are part of a word in one spelling and left out in another: every kind of apostrophe, and the ayn and hamza. */
const joiners = /['’‘ʼʻʿʾ´`′]/gu;

/** What OCR and typing on a phone make of letters, where a word has letters around it. */
const letterFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'b',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '|': 'l',
  '!': 'i',
  ':': 'i',
  '@': 'a',
  $: 's',
};
const odd = /[0-9|!:@$]/;
const oddLetters = /[0-9|!:@$]/g;

/** A word of letters with at most half as many digits among them; a number at its end is a counter, not a letter. */
const mendLetters = (word: string): string => {
  const letters = word.replaceAll(/[^a-z]/g, '').length;
  const oddOnes = word.match(oddLetters)?.length ?? 0;
  if (letters < 2 || oddOnes > letters) return word;
  const body = letters >= 3 ? word.replace(/[2-9]+$|\d{2,}$/, '') : word;
  // A stroke between consonants can only be an i.
  return body
    .replaceAll(/(?<=[bcdfghjkmnpqrstvwxz])1(?=[bcdfghjkmnpqrstvwxz])/g, 'i')
    .replaceAll(oddLetters, (sign) => letterFor[sign] ?? '');
};

const plain = /^[a-z]+$/;
const beyondAscii = /\P{ASCII}/u;

/** Letters that stand in no table stay as they are: written the same, such names still agree. */
const toLatin = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/[\u0080-\u1fff]/g, latinSpelling);

/**
 * The words of a repaired text in lower case a–z, in order: marks folded, other scripts written in Latin letters (Arabic
 * without its vowels), apostrophes closed up, hyphens and the rest taken for spaces. `O’Brien-Łąk` is `obrien`, `lak`. A name in a script
 * without an alphabet stays as it is written.
 */
export const foldWords = (text: string): readonly string[] => {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return [lower];
  const folded = (beyondAscii.test(lower) ? toLatin(lower.replaceAll(joiners, '')) : lower).replaceAll(joiners, '');
  const words: string[] = [];
  for (const piece of folded.split(/[^\p{L}0-9|!:@$]+/u)) {
    const word = odd.test(piece) ? mendLetters(piece).replaceAll(/[|!:@$]/g, '') : piece;
    if (word !== '') words.push(word);
  }
  return words;
};
