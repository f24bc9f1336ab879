import { addDays, formatIsoDate, parseIsoDate, type DayNumber, type IsoDate } from './calendar-date.ts';

/** The day of a date that a schema has already let through. */
export const dayOf = (iso: IsoDate): DayNumber => {
  const day = parseIsoDate(iso);
  if (day === undefined) throw new RangeError('not a calendar date');
  return day;
};

export const daysLater = (iso: IsoDate, days: number): IsoDate => formatIsoDate(addDays(dayOf(iso), days));

/** `3 March 2026` */
export const inWords = (iso: IsoDate): string => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return `${String(Number(day))} ${monthNames[Number(month) - 1] ?? ''} ${year}`;
};

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
