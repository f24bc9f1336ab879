import { addMonths, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import type { FilePeriod } from '../../contracts/files/feed-definition.ts';

/** The days a referral is about: to today and from a year before, unless it says otherwise. */
export const referralPeriod = (
  given: { readonly periodStart?: string | undefined; readonly periodEnd?: string | undefined },
  today: string,
): FilePeriod => {
  const end = given.periodEnd ?? today;
  const start = given.periodStart ?? yearBefore(end);
  return { start, end };
};

const yearBefore = (date: string): string => {
  const day = parseIsoDate(date);
  if (day === undefined) throw new RangeError('not a date');
  return formatIsoDate(addMonths(day, -12));
};
