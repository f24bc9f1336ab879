/**
 * The one text of a value: keys in code-unit order, no spaces, undefined left out, as in RFC 8785. The same data give the same bytes
 * whatever order they were put together in. Throws TypeError for what JSON cannot say (NaN, Infinity, functions).
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no canonical text');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((each: unknown) => (each === undefined ? 'null' : canonicalJson(each))).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no canonical text`);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
};

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;
