import { addMonths, formatIsoDate, parseIsoDate } from '../calendar/calendar-date.ts';

/**
 * Evidence about people outside the programme is kept for as long as any rule looks back and a claim can be brought: six
 * years after the end of the file's period, and one. Evidence that a family's case rests on is kept longer, by that case's
 * own class (up to 25 years for Stronger Families data), which moves the date on.
 */
const evidenceYears = 7;

/** Keys and ledger items outlive what they lead to; a key to a person who is gone leads nowhere. */
const ledgerYears = 25;

export const evidenceExpiresOn = (periodEnd: string): string => yearsAfter(periodEnd, evidenceYears);
export const ledgerExpiresOn = (periodEnd: string): string => yearsAfter(periodEnd, ledgerYears);

const yearsAfter = (date: string, years: number): string => {
  const day = parseIsoDate(date);
  if (day === undefined) throw new RangeError('not an ISO date');
  return formatIsoDate(addMonths(day, years * 12));
};
