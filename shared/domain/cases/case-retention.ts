import { addMonths, formatIsoDate, parseIsoDate } from '../calendar/calendar-date.ts';

/** What is recorded about the work with a family, and what was claimed for it, is kept for up to 25 years after it was last written to. */
const caseYears = 25;

export const caseExpiresOn = (writtenAt: string): string => {
  const day = parseIsoDate(writtenAt.slice(0, 10));
  if (day === undefined) throw new RangeError('not an ISO date or instant');
  return formatIsoDate(addMonths(day, caseYears * 12));
};
