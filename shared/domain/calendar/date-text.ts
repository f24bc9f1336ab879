import { addDays, dayNumber, formatIsoDate, parseIsoDate } from './calendar-date.ts';

export type DateTextFault = 'shape' | 'two-digit-year' | 'spreadsheet-number' | 'no-such-date';

export type DateTextReading = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: DateTextFault };

const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const britishShortYear = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/;
const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
/** What systems append to a date that was stored as a moment: only midnight says no more than the date. */
const midnight = /[T ]00:00(?::00(?:\.0+)?)?Z?$/;

/**
 * A date as people and systems in the United Kingdom write it, day first or ISO 8601, as ISO text. Nothing is guessed:
 * a year of two digits, a spreadsheet's day count and month-first dates that cannot be are refused.
 */
export const readDateText = (text: string): DateTextReading => {
  const date = text.replace(midnight, '').trim();
  if (/^\d{4,6}(?:\.\d+)?$/.test(date)) return { ok: false, reason: 'spreadsheet-number' };
  if (britishShortYear.test(date)) return { ok: false, reason: 'two-digit-year' };
  const dayFirst = british.exec(date);
  const day = dayFirst ? dayNumber(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1])) : fromIso(date);
  if (day === 'shape') return { ok: false, reason: 'shape' };
  return day === undefined ? { ok: false, reason: 'no-such-date' } : { ok: true, value: formatIsoDate(day) };
};

const fromIso = (date: string) => {
  const match = iso.exec(date);
  return match ? dayNumber(Number(match[1]), Number(match[2]), Number(match[3])) : 'shape';
};

/** The first day after an ISO date: turns a last day into the end of a half-open interval. */
export const dayAfter = (isoDate: string): string => {
  const day = parseIsoDate(isoDate);
  if (day === undefined) throw new RangeError('not an ISO date');
  return formatIsoDate(addDays(day, 1));
};
