import type { IsoDate } from './calendar-date.ts';

/**
 * A calendar date as the whole number yyyymmdd: the order of numbers is the order of days, and no calendar is needed to make one.
 * For comparing many dates quickly; NaN, which compares as false, where the text is no real date.
 */
export type DateKey = number;

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : NaN;
};

export const dateKey = (iso: IsoDate): DateKey => {
  if (iso.length !== 10 || iso.charCodeAt(4) !== 45 || iso.charCodeAt(7) !== 45) return NaN;
  const year = digit(iso, 0) * 1000 + digit(iso, 1) * 100 + digit(iso, 2) * 10 + digit(iso, 3);
  const month = digit(iso, 5) * 10 + digit(iso, 6);
  const day = digit(iso, 8) * 10 + digit(iso, 9);
  const length = month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= length ? year * 10_000 + month * 100 + day : NaN;
};

/** The day on which somebody born then completes so many years; born on 29 February: 1 March in other years. */
export const birthday = (birth: DateKey, years: number): DateKey => {
  const key = birth + years * 10_000;
  return key % 10_000 === 229 && !isLeap(Math.floor(key / 10_000)) ? key + 72 : key;
};
