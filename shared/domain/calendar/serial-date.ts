import { addDays, dayNumber, formatIsoDate } from './calendar-date.ts';

const lastSerial = 2_958_465;

/**
 * The day that a spreadsheet means by a whole number, as ISO text. Day 1 is 1 January 1900; day 60 is 29 February 1900, which
 * never was, so that days after it are one less than counted. `since1904`: the other calendar, with 1 January 1904 as day 0.
 */
export const serialDate = (serial: number, since1904 = false): string | undefined => {
  const day = Math.floor(serial);
  const start = since1904 ? dayNumber(1904, 1, 1) : dayNumber(1899, 12, day > 60 ? 30 : 31);
  if (start === undefined || day < (since1904 ? 0 : 1) || day > lastSerial || (!since1904 && day === 60)) return undefined;
  return formatIsoDate(addDays(start, day));
};
