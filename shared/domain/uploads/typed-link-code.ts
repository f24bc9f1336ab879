/** Crockford's: no I, L, O, U, so nothing is misread on paper and nothing spells a word. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const chosen = 18;
const length = 20;
/** A prime, and two characters hold as many: any one wrong character and any two that changed places are found. */
const modulus = 1021;

const checkOf = (characters: string): string => {
  let rest = 0;
  for (const character of characters) rest = (rest * 32 + alphabet.indexOf(character)) % modulus;
  // As the whole number, check and all, is divisible.
  const check = (modulus - ((rest * 1024) % modulus)) % modulus;
  return alphabet.charAt(check >> 5) + alphabet.charAt(check & 31);
};

const grouped = (characters: string): string => characters.replaceAll(/(.{4})(?=.)/g, '$1-');

/**
 * What a link is opened with where it has to be typed: `7Q4M-2XPT-K9RD-W4HN-BC8V`, 90 bits out of random bytes, of which it
 * takes the first 18, and two check characters.
 */
export const typedLinkCode = (random: Uint8Array): string => {
  if (random.length < chosen) throw new RangeError('too few random bytes for a typed code');
  const characters = [...random.subarray(0, chosen)].map((byte) => alphabet.charAt(byte & 31)).join('');
  return grouped(characters + checkOf(characters));
};

/**
 * The code as it was given out, however it was written: small letters, spaces, hyphens, O for 0, I or L for 1. Undefined for
 * what cannot be one, its check characters included.
 */
export const readTypedLinkCode = (typed: string): string | undefined => {
  const characters = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (characters.length !== length || !/^[0-9A-HJKMNP-TV-Z]*$/.test(characters)) return undefined;
  return checkOf(characters.slice(0, chosen)) === characters.slice(chosen) ? grouped(characters) : undefined;
};
