/**
 * Marked personal data: no value of it occurs by chance. Whatever goes through the system with it, none of it may be found
 * outside the stores that are there to hold it.
 */
export const canary = {
  forename: 'Zqxaoibhe',
  middleNames: 'Wjqmarigold',
  surname: 'Kzvexworthy',
  birthDate: '2013-07-29',
  birthDateAsTyped: '29/07/2013',
  nhsNumber: '4010232137',
  nhsNumberAsTyped: '401 023 2137',
  nino: 'ZY987654C',
  addressLine: '17 Xylovault Terrace',
  postcode: 'L36 9ZX',
  telephone: '07700 900461',
  email: 'zqxaoibhe@kzv.example',
  freeText: 'qwvdisclosed to her teacher',
  linkToken: 'canaryToken-8f3b1c7d5e9a0b2c4d6e8f0a1b3c5d7e9f0',
} as const;

/** How a value may come out again: as it is, or as something that can be turned back by anybody. */
const disguises: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'as it is': (text) => [text],
  'upper case': (text) => [text.toUpperCase()],
  'lower case': (text) => [text.toLowerCase()],
  'without blanks': (text) => [text.replaceAll(/[\s-]/g, '')],
  'URL-encoded': (text) => [encodeURIComponent(text), encodeURIComponent(text).replaceAll('%20', '+')],
  'JSON in JSON': (text) => [JSON.stringify(JSON.stringify(text)).slice(3, -3)],
  'HTML-escaped': (text) => [text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('/', '&#x2F;')],
  hexadecimal: (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()],
  backwards: (text) => [Array.from(text).reverse().join('')],
  base64: (text) =>
    ['base64', 'base64url'].flatMap((encoding) => [0, 1, 2].map((offset) => base64Inside(text, offset, encoding === 'base64url'))),
};

/** The characters of a base64 text that depend on `text` alone, when it stands `offset` bytes after a multiple of three. */
const base64Inside = (text: string, offset: number, url: boolean): string => {
  const encoded = Buffer.from(`${'\0'.repeat(offset)}${text}`)
    .toString(url ? 'base64url' : 'base64')
    .replaceAll('=', '');
  const bits = (offset + Buffer.byteLength(text)) * 8;
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
};

export const disguiseNames = Object.keys(disguises);

export const disguised = (text: string, name: string): readonly string[] => disguises[name]?.(text) ?? [];

/**
 * Looks for values, by name, in a text: names what of them stands in it, and in which disguise; the text itself is not
 * repeated.
 */
export const leakFinder = (values: Readonly<Record<string, string>>): ((text: string) => readonly string[]) => {
  const needles = Object.entries(values).flatMap(([field, value]) =>
    disguiseNames.flatMap((name) => [...new Set(disguised(value, name))].map((needle) => ({ what: `${field}, ${name}`, needle }))),
  );
  return (text) => [...new Set(needles.flatMap(({ what, needle }) => (text.includes(needle) ? [what] : [])))];
};

/** What of the canary stands in the text. */
export const leaksIn = leakFinder(canary);
