import { addMonths, formatIsoDate, parseIsoDate } from '../calendar/calendar-date.ts';

/**
 * Evidence about people outside the programme is kept for as long as any rule looks back and a claim can be brought: six
 * years after the end of the file's period, and one. Evidence that a family's case rests on is kept longer, by that case's
 * own class (up to 25 years for Stronger Families data), which moves the date on.
 */
const evidenceYears = 7;

/** Keys and ledger items outlive what they lead to; a key to a person who is gone leads nowhere. */
const ledgerYears = 25;

/** A record that every file repeats without a change is written anew once a year, or it would end with the first of them. */
const refreshMonths = 12;

/**
 * Whether a record that a file confirms was last written for a file whose period ended a year earlier, or longer ago. So it
 * is kept for at least the six years after the newest file that has it, at one write a year.
 */
export const isRefreshDue = (heldPeriodEnd: string, periodEnd: string): boolean => monthsAfter(heldPeriodEnd, refreshMonths) <= periodEnd;

/**
 * Whether something that stays as it is has to be kept for a year longer than it is marked, or more: so that what only goes on,
 * a family above all, is written once a year at most, and never ends before what it is made of.
 */
export const isProlongingDue = (heldExpiresOn: string, expiresOn: string): boolean =>
  monthsAfter(heldExpiresOn, refreshMonths) <= expiresOn;

/** Match keys of somebody of whom nothing changes are written anew every eighth year, an eighth of all people each year. */
const keyYears = 8;

/** Whether a person's match keys are to be written anew with a row that is, for a file whose period ends on that day. */
export const areKeysDue = (personId: string, periodEnd: string): boolean =>
  (personId.charCodeAt(personId.length - 1) + Number(periodEnd.slice(0, 4))) % keyYears === 0;

export const evidenceExpiresOn = (periodEnd: string): string => yearsAfter(periodEnd, evidenceYears);
export const ledgerExpiresOn = (periodEnd: string): string => yearsAfter(periodEnd, ledgerYears);

const yearsAfter = (date: string, years: number): string => monthsAfter(date, years * 12);

const monthsAfter = (date: string, months: number): string => {
  const day = parseIsoDate(date);
  if (day === undefined) throw new RangeError('not an ISO date');
  return formatIsoDate(addMonths(day, months));
};
