import { formatIsoDate, parseIsoDate, type DayNumber } from './calendar-date.ts';

/**
 * Instants are text, UTC, always to the millisecond (`2026-11-23T09:30:00.000Z`), so that text order is time order in
 * keys, conditions and comparisons.
 */
const pattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3})\d*)?Z$/;
const dayMillis = 86_400_000;

/** Milliseconds since 1970-01-01T00:00Z. Throws RangeError for text that is not an instant in UTC. */
export const instantMillis = (instant: string): number => {
  const match = pattern.exec(instant);
  const day = match?.[1] === undefined ? undefined : parseIsoDate(match[1]);
  const [hour, minute, second] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4])];
  if (day === undefined || hour > 23 || minute > 59 || second > 59) throw new RangeError('not an instant in UTC');
  return day * dayMillis + hour * 3_600_000 + minute * 60_000 + second * 1000 + Number((match?.[5] ?? '0').padEnd(3, '0'));
};

const two = (value: number): string => String(value).padStart(2, '0');

export const instantOf = (millis: number): string => {
  const day = Math.floor(millis / dayMillis);
  const rest = millis - day * dayMillis;
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map(two).join(':');
  return `${formatIsoDate(day as DayNumber)}T${time}.${String(rest % 1000).padStart(3, '0')}Z`;
};

export const addSeconds = (instant: string, seconds: number): string => instantOf(instantMillis(instant) + seconds * 1000);

/** Any way of writing an instant in UTC (`…:00Z`, `…:00.5Z`) in the one form used here. */
export const canonicalInstant = (instant: string): string => instantOf(instantMillis(instant));
