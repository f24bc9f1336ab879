import { addDays, addMonths, formatIsoDate, parseIsoDate } from '../calendar/calendar-date.ts';

const dayOf = (instant: string) => {
  const day = parseIsoDate(instant.slice(0, 10));
  if (day === undefined) throw new RangeError('not an instant');
  return day;
};

/**
 * Links, uploads and their row errors tell what was shared under which agreement: kept seven years after they were made
 * (six years in which a claim can be brought, and one). What the rows became has its own, longer class.
 */
export const sharingRecordExpiresOn = (createdAt: string): string => formatIsoDate(addMonths(dayOf(createdAt), 7 * 12));

/** An expired link goes on saying that it has expired for a while; after that its address means nothing at all. */
export const tokenExpiresOn = (linkExpiresAt: string): string => formatIsoDate(addDays(dayOf(linkExpiresAt), 90));

/** How long an Idempotency-Key is remembered. */
export const idempotencyExpiresOn = (createdAt: string): string => formatIsoDate(addDays(dayOf(createdAt), 30));

/** An agreement is kept as long as what was shared under it: seven years after it ends, or after its last change. */
export const agreementExpiresOn = (end: string, editedAt: string): string => {
  const day = parseIsoDate(end);
  if (day === undefined) throw new RangeError('not a date');
  const afterEnd = formatIsoDate(addMonths(day, 7 * 12));
  const afterEdit = sharingRecordExpiresOn(editedAt);
  return afterEnd < afterEdit ? afterEdit : afterEnd;
};
