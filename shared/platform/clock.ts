import type { Clock } from '../services/clock.ts';

export type { Clock } from '../services/clock.ts';

const londonDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar date in the council's time zone at an instant (milliseconds since 1970). */
export const londonDateAt = (instant: number): string => {
  const parts = new Map(londonDate.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
};

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  today: () => londonDateAt(Date.now()),
};
