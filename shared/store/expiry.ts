import { parseIsoDate } from '../domain/calendar/calendar-date.ts';

/** The two attributes by which an item ends: the date people read, and the same in the form DynamoDB deletes by. */
export const expiry = (expiresOn: string): { readonly expiresOn: string; readonly expiresAtSeconds: number } => {
  const day = parseIsoDate(expiresOn);
  if (day === undefined) throw new RangeError('expiresOn must be an ISO date');
  return { expiresOn, expiresAtSeconds: day * 86_400 };
};
