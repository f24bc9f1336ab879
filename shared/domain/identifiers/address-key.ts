import type { Address } from '../people/person-details.ts';

/** Words for a part of a building; systems write one for the other or leave them out. */
const partWords = new Set(['flat', 'apartment', 'apt', 'unit', 'no', 'number']);

/** A part of a building without the building. */
const partOnly = /^(?:flat|apartment|apt|unit|room) ?[a-z0-9]+$/;

/** A first line that ends so and has no number names a street or a block, not a home. */
const streetWord =
  /(?:^| )(?:street|st|road|rd|avenue|ave|av|drive|dr|close|cl|crescent|cres|court|ct|lane|ln|gardens|gdns|grove|gr|place|pl|square|sq|terrace|terr|way|walk|row|hill|park|view|rise|mews|green|parade|house|buildings|flats|apartments|estate)$/;

/**
 * One text for one home: the UPRN where there is one, else the postcode with the number or name of the first line. Two
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
 * Within a postcode it is enough to read up to the last house number: `Flat 2, 14 Mill Lane` → `2 14`. Without a number
 * a house's name does (`Rose Cottage, Mill Lane` → `rose cottage`), but not a street's.
 */
const dwellingOf = (lines: readonly string[]): string | undefined => {
  const [first = '', second] = lines;
  const isPart = partOnly.test(foldLine(first));
  // A flat in we do not know which building would be one home with the house of that number.
  if (isPart && second === undefined) return undefined;
  const line = isPart ? `${first}, ${second ?? ''}` : first;
  const words = foldLine(line).split(' ');
  const lastNumber = words.findLastIndex((word) => /^\d/.test(word) && !/^\d+(?:st|nd|rd|th)$/.test(word));
  if (lastNumber >= 0)
    return words
      .slice(0, lastNumber + 1)
      .filter((word) => !partWords.has(word))
      .join(' ');
  const name = foldLine(line.split(',')[0] ?? '');
  return name === '' || streetWord.test(name) ? undefined : name;
};

const foldLine = (line: string): string =>
  line
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’‘.]/gu, '')
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')
    // A letter after a number belongs to it, and a range is one number: `14 a` → `14a`, `12 - 14` → `12-14`.
    .replaceAll(/(\d) ([a-z])(?![\p{L}\p{N}])/gu, '$1$2')
    .replaceAll(/ ?-+ ?/g, '-')
    .replaceAll(/^[ -]+|[ -]+$/g, '');
