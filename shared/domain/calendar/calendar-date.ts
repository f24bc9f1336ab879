import * as z from 'zod';

/**
 * A calendar date as a whole number of days since 1970-01-01 (negative before it). No time, no zone.
 * On the wire and in storage it is an ISO 8601 date, `YYYY-MM-DD`.
 */
export type DayNumber = number & { readonly __brand: 'DayNumber' };

const isoPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 of a proleptic Gregorian date, or undefined where there is no such date. */
export const dayNumber = (year: number, month: number, day: number): DayNumber | undefined => {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  // Days from civil, after Howard Hinnant: the year begins in March, so that the leap day comes last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146097 + dayOfEra - 719468) as DayNumber;
};

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const civilDate = (date: DayNumber): CivilDate => {
  const z0 = date + 719468;
  const era = Math.floor(z0 / 146097);
  const dayOfEra = z0 - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
};

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** The day of an ISO date (`2024-02-29`), or undefined where the text is not one. */
export const parseIsoDate = (text: string): DayNumber | undefined => {
  const match = isoPattern.exec(text);
  return match ? dayNumber(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
};

export const formatIsoDate = (date: DayNumber): string => {
  const { year, month, day } = civilDate(date);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

export const addDays = (date: DayNumber, days: number): DayNumber => (date + days) as DayNumber;

/** The same day `months` later (earlier if negative); the last of the month where it has no such day. */
export const addMonths = (date: DayNumber, months: number): DayNumber => {
  const { year, month, day } = civilDate(date);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (((index % 12) + 12) % 12) + 1;
  const result = dayNumber(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  if (result === undefined) throw new RangeError('date out of range');
  return result;
};

/** Completed years at `on`. Born on 29 February: a year older on 1 March (Family Law Reform Act 1969, s.9). */
export const ageInYears = (birthDate: DayNumber, on: DayNumber): number => {
  const born = civilDate(birthDate);
  const now = civilDate(on);
  const reached = now.month > born.month || (now.month === born.month && now.day >= born.day);
  return now.year - born.year - (reached ? 0 : 1);
};

/** ISO date text that is a real calendar date; stays text, so that it can be stored and sent as it is. */
export const isoDateSchema = z.string().refine((text) => parseIsoDate(text) !== undefined, {
  error: 'must be a real date in the form YYYY-MM-DD',
});
export type IsoDate = z.infer<typeof isoDateSchema>;
