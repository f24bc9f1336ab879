import { editDistance } from '../similarity/edit-distance.ts';
import { jaroWinkler } from '../similarity/jaro-winkler.ts';

export const compareExactly = (a: string, b: string): number => (a === b ? 0 : 1);

/** Positions in the levels of `comparisons.text`. */
export const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  const likeness = jaroWinkler(a, b);
  if (likeness >= 0.92) return 1;
  return likeness >= 0.82 || sharesWord(a, b) ? 2 : 3;
};

/** Positions in the levels of `comparisons.code`: identifiers and phone numbers. */
export const compareCodes = (a: string, b: string): number => editDistance(a, b, 2);

/** Positions in the levels of `comparisons.postcode`. Codes of other countries, all digits, agree in part by their first digits. */
export const comparePostcodes = (a: string, b: string): number => {
  if (a === b) return 0;
  if (editDistance(a, b, 1) === 1) return 1;
  if (a.charCodeAt(0) !== b.charCodeAt(0)) return 4;
  const sector = a.length > 4 ? a.slice(0, -2) : a;
  if (b.length === a.length && b.startsWith(sector)) return 2;
  return outward(a) === outward(b) ? 3 : 4;
};

/** The district of a postcode (L36 of L36 9GL), or the first half of another country's code. */
const outward = (postcode: string): string =>
  postcode.charCodeAt(0) > 57 && postcode.length > 4 ? postcode.slice(0, -3) : postcode.slice(0, Math.ceil(postcode.length / 2));

/** Positions in the levels of `comparisons.email`. */
export const compareEmails = (a: string, b: string): number => {
  if (a === b) return 0;
  const mailboxA = mailbox(a);
  const mailboxB = mailbox(b);
  if (mailboxA === mailboxB) {
    if (mailboxA.length > 4) return 1;
    return editDistance(a, b, 2) <= 2 ? 2 : 3;
  }
  // A short mailbox (h.k, f.j) is another one as soon as a letter differs.
  const slips = Math.max(mailboxA.length, mailboxB.length) >> 2;
  if (slips > 0 && editDistance(mailboxA, mailboxB, slips) <= slips && editDistance(a, b, 3) <= 3) return 2;
  if (jaroWinkler(mailboxA, mailboxB) >= 0.88) return 3;
  return a.length - mailboxA.length > 3 && a.slice(mailboxA.length) === b.slice(mailboxB.length) ? 4 : 5;
};

export const mailbox = (email: string): string => {
  const at = email.indexOf('@');
  return at === -1 ? email : email.slice(0, at);
};

const sharesWord = (a: string, b: string): boolean => {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const words = b.split(' ');
  return a.split(' ').some((word) => word.length > 3 && words.includes(word));
};
