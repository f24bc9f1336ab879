import type { RawDateParts } from './match-row.ts';

/**
 * A birth date as eight characters `YYYYMMDD`, noughts where a part is not known. A date that cannot be (31 February, month
 * 17) is kept as it stands: it is a real one with a slip in it, and its other parts still say something.
 */
export const cleanBirthDate = (given: string | RawDateParts | undefined, estimated: boolean): string | undefined => {
  const parts = typeof given === 'string' ? isoParts(given) : given;
  if (parts === undefined) return undefined;
  const year = digits(parts.year, 4);
  const month = estimated ? '00' : digits(parts.month, 2);
  const day = estimated ? '00' : digits(parts.day, 2);
  const value = year + month + day;
  return value === '00000000' ? undefined : value;
};

const isoShape = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/u;

const isoParts = (text: string): RawDateParts | undefined => {
  const match = isoShape.exec(text);
  return match === null ? undefined : { year: match[1], month: match[2], day: match[3] };
};

const digits = (part: string | undefined, width: number): string => {
  const text = part?.trim().toLowerCase() ?? '';
  return text.length > width || !/^[a-z0-9]*\d[a-z0-9]*$/u.test(text) ? '0'.repeat(width) : text.padStart(width, '0');
};
