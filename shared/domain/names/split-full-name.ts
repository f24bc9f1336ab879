import { foldName } from './fold-name.ts';

export interface FullName {
  readonly forename?: string;
  readonly middleNames?: string;
  readonly surname: string;
}

/** Words that begin a surname of several words, folded: de la Cruz, van der Berg, al Hassan, O Brien, Mc Donald, St John. */
const particles = new Set([
  'al',
  'ap',
  'ben',
  'bin',
  'bint',
  'da',
  'dal',
  'de',
  'del',
  'della',
  'den',
  'der',
  'di',
  'dos',
  'du',
  'el',
  'ibn',
  'la',
  'le',
  'mac',
  'mc',
  'o',
  'san',
  'st',
  'ter',
  'van',
  'vande',
  'vander',
  'von',
  'zu',
]);

const titleWord = /^(?:mr|mrs|ms|miss|mx|master|dr|prof|professor|rev|revd|reverend|sir|dame|lady|lord|and|&)\.?$/iu;

/**
 * The parts of a full name in one cell: `Sam J Example`, `EXAMPLE, Sam`, `Mrs A. van der Berg`. Where it cannot be told
 * where the surname begins, it is the last word. Undefined where there are no letters.
 */
export const splitFullName = (fullName: string): FullName | undefined => {
  const [beforeComma = '', afterComma, ...more] = fullName.split(',');
  if (afterComma !== undefined && more.length === 0 && foldName(beforeComma) !== '') {
    const given = nameWords(afterComma);
    if (given.length > 0) return fullNameOf(given, nameWords(beforeComma));
  }
  const words = nameWords(fullName.replaceAll(',', ' '));
  if (words.length < 2) return words[0] === undefined ? undefined : { surname: words[0] };
  let surnameStart = words.length - 1;
  while (surnameStart > 1 && particles.has(foldName(words[surnameStart - 1] ?? ''))) surnameStart -= 1;
  return fullNameOf(words.slice(0, surnameStart), words.slice(surnameStart));
};

/** The words that have letters, without the titles in front; the last word is never taken for a title. */
const nameWords = (text: string): string[] => {
  const words = text.split(/\s+/u).filter((word) => word === '&' || foldName(word) !== '');
  const first = words.findIndex((word, index) => index === words.length - 1 || !titleWord.test(word));
  return first === -1 ? [] : words.slice(first).filter((word) => word !== '&');
};

const fullNameOf = (given: readonly string[], surname: readonly string[]): FullName => {
  const [forename, ...middle] = given;
  return {
    ...(forename === undefined ? {} : { forename }),
    ...(middle.length === 0 ? {} : { middleNames: middle.join(' ') }),
    surname: surname.join(' '),
  };
};
