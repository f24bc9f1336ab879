import { addMonths, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';

/** Kept as long as a claim about a disclosure can still be brought and decided: six years, and one. */
const yearsKept = 7;

/** The day an audit record may be deleted, from the instant it was made. */
export const auditExpiresOn = (at: string): string => {
  const day = parseIsoDate(at.slice(0, 10));
  if (day === undefined) throw new RangeError('not an instant');
  return formatIsoDate(addMonths(day, yearsKept * 12));
};
