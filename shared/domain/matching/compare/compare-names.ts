import { isBareTitleName, isCommonNamePart } from '../../names/cleaning/name-words.ts';
import { nicknameClasses, shareNicknameClass } from '../../names/nicknames/nickname-classes.ts';
import { editDistance } from '../similarity/edit-distance.ts';
import { jaroWinkler } from '../similarity/jaro-winkler.ts';

/** In the place of a level: the two values say nothing about each other, as if one were missing. */
export const notComparable = -1;

const close = 0.92;
const similar = 0.82;

/** Positions in the levels of `comparisons.forename`. */
export const compareForenames = (a: string, b: string): number => {
  if (a === b) return 0;
  if (a.length === 1 || b.length === 1) return a.charCodeAt(0) === b.charCodeAt(0) ? 5 : 7;
  const words = hasSpace(a) || hasSpace(b);
  if (words && squeeze(a) === squeeze(b)) return 0;
  const likeness = jaroWinkler(a, b);
  if (likeness < close && shareShortForm(a, b)) return 1;
  if (words && sharesWord(a, b)) return 2;
  return likeness >= close ? 3 : likeness >= similar || isSlipInShortName(a, b) || hasSameLetters(a, b) ? 4 : 8;
};

/**
 * Positions in the levels of `comparisons.surname`. Kaur, Singh, Begum, Bibi, Khatun by themselves are no family's name: half of all
 * families share them, the next file leaves them out or has another there, and nothing can be told from either.
 */
export const compareSurnames = (a: string, b: string): number => {
  if (isBareTitleName(a) || isBareTitleName(b)) return notComparable;
  if (a === b) return 0;
  if (hasSpace(a) || hasSpace(b)) {
    if (squeeze(a) === squeeze(b)) return 0;
    if (sharesWord(a, b, isCommonNamePart)) return 1;
  }
  const likeness = jaroWinkler(a, b);
  return likeness >= close ? 2 : likeness >= similar || isSlipInShortName(a, b) ? 3 : 5;
};

/** Positions in the levels of `comparisons['middle-names']`. */
export const compareMiddleNames = (a: string, b: string): number => {
  if (a === b) return 0;
  if (a.length === 1 || b.length === 1) return a.charCodeAt(0) === b.charCodeAt(0) ? 1 : 4;
  if ((hasSpace(a) || hasSpace(b)) && sharesWord(a, b)) return 3;
  return jaroWinkler(a, b) >= similar ? 2 : 4;
};

/** Whether two names are alike enough to be one name written twice. An initial is not. */
export const areNamesAlike = (a: string, b: string): boolean => compareForenames(a, b) < 5 && a.length > 1 && b.length > 1;

const shareShortForm = (a: string, b: string): boolean => {
  const classes = nicknameClasses(a);
  return classes.length > 0 && shareNicknameClass(classes, nicknameClasses(b));
};

/** Jaro-Winkler sees nothing in common in `ho` and `oh`, and little in `roe` and `rowe`. */
const isSlipInShortName = (a: string, b: string): boolean => a.length <= 4 && b.length <= 4 && editDistance(a, b, 1) <= 1;

const letters = new Int8Array(128);

/** Four of five letters the same in any order: `ilivoa` is `olivia` typed in haste. */
const hasSameLetters = (a: string, b: string): boolean => {
  const longer = a.length > b.length ? a.length : b.length;
  if (longer < 4 || Math.abs(a.length - b.length) > 1) return false;
  for (let at = 0; at < a.length; at += 1) letters[a.charCodeAt(at) & 127] = (letters[a.charCodeAt(at) & 127] ?? 0) + 1;
  let shared = 0;
  for (let at = 0; at < b.length; at += 1) {
    const left = letters[b.charCodeAt(at) & 127] ?? 0;
    if (left > 0) shared += 1;
    letters[b.charCodeAt(at) & 127] = left - 1;
  }
  for (let at = 0; at < a.length; at += 1) letters[a.charCodeAt(at) & 127] = 0;
  for (let at = 0; at < b.length; at += 1) letters[b.charCodeAt(at) & 127] = 0;
  return shared >= longer * 0.8;
};

const hasSpace = (text: string): boolean => text.includes(' ');
const squeeze = (text: string): string => text.replaceAll(' ', '');

/** A word of three letters or more in common: an initial or a particle says too little. */
const sharesWord = (a: string, b: string, saysNothing?: (word: string) => boolean): boolean => {
  const words = b.split(' ');
  return a.split(' ').some((word) => word.length > 2 && words.includes(word) && saysNothing?.(word) !== true);
};
