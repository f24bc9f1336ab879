import type { Address } from '../people/person-details.ts';

/** Words of a first line that systems leave out or shorten as they please. */
const spelledOut: Readonly<Record<string, string>> = {
  apt: 'flat',
  apartment: 'flat',
  st: 'street',
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  dr: 'drive',
  cl: 'close',
  cres: 'crescent',
  ct: 'court',
  ln: 'lane',
  gdns: 'gardens',
  gr: 'grove',
  grv: 'grove',
  pl: 'place',
  sq: 'square',
  terr: 'terrace',
};

/**
 * One text for one home: the UPRN where there is one, else the postcode with the first line's number or name. Two
 * addresses with the same key are the same home; the same home may have two keys (one with a UPRN, one without).
 * Undefined where the address does not say which home it is: a postcode alone is a street. Personal data: only ever
 * goes into a keyed hash.
 */
export const addressKey = (address: Address): string | undefined => {
  if (address.uprn !== undefined) return `uprn:${address.uprn}`;
  const dwelling = dwellingOf(address.lines);
  return address.postcode === undefined || dwelling === undefined ? undefined : `home:${address.postcode}:${dwelling}`;
};

/**
 * Within a postcode the numbers of the first line tell the home (`flat 2, 14 Mill Lane` → `2 14`), and where it has
 * none its words do (`Rose Cottage`). The number may stand on a line of its own.
 */
const dwellingOf = (lines: readonly string[]): string | undefined => {
  const words = foldLine(lines[0] ?? '');
  const numbers = words.filter((word) => /^\d/.test(word));
  if (numbers.length > 0) return numbers.join(' ');
  const name = words.map((word) => spelledOut[word] ?? word).join(' ');
  return name === '' ? undefined : name;
};

const foldLine = (line: string): string[] =>
  line
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’‘.]/gu, '')
    // A letter that belongs to a number stays with it, and ranges are one: `14 a` → `14a`, `12 - 14` → `12-14`.
    .replaceAll(/(\d)\s+([a-z])(?![a-z])/gu, '$1$2')
    .replaceAll(/(\d)\s*[–—-]\s*(?=\d)/gu, '$1-')
    .split(/[^\p{L}\p{N}-]+/u)
    .map((word) => word.replaceAll(/^-+|-+$/gu, ''))
    .filter((word) => word !== '');
