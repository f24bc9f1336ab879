import { editDistance } from '../similarity/edit-distance.ts';
import { jaroWinkler } from '../similarity/jaro-winkler.ts';

/** Positions in the levels of `comparisons.address`, of two cleaned addresses. */
export const compareAddresses = (a: string, b: string): number => {
  if (a === b) return 0;
  const numberA = houseNumber(a);
  const numberB = houseNumber(b);
  const streetA = a.slice(numberA.length);
  const streetB = b.slice(numberB.length);
  const streetsAlike = streetA !== '' && streetB !== '' && (streetA === streetB || jaroWinkler(streetA, streetB) >= 0.9);
  if (streetsAlike) {
    if (numberA === numberB || numberA === '' || numberB === '') return 1;
    return numberA.length > 2 && numberB.length > 2 && editDistance(numberA, numberB, 1) === 1 ? 1 : 2;
  }
  const half = sharesHalf(a, b);
  return half && numberA === numberB && numberA.length > 2 ? 1 : half ? 3 : 4;
};

/** The digits (and a letter, 14a) an address begins with, or none. */
const houseNumber = (address: string): string => {
  let end = 0;
  while (end < address.length && address.charCodeAt(end) >= 48 && address.charCodeAt(end) <= 57) end += 1;
  if (end === 0) return '';
  const space = address.indexOf(' ', end);
  const stop = space === -1 ? address.length : space;
  return stop - end <= 1 ? address.slice(0, stop) : '';
};

const sharesHalf = (a: string, b: string): boolean => {
  const wordsA = a.split(' ');
  const wordsB = b.split(' ');
  let shared = 0;
  for (const word of wordsA) if (wordsB.includes(word)) shared += 1;
  return shared * 2 >= Math.max(wordsA.length, wordsB.length);
};
