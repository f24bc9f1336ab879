/** Calendar days as whole numbers since 1970-01-01, by way of the platform's own calendar in UTC. */
const millisPerDay = 86_400_000;

const daysRead = new Map<string, number | undefined>();

/** The day of `YYYY-MM-DD`; undefined where there is no such day. Kept, because the same few dates are asked for again and again. */
export const readDay = (iso: string): number | undefined => {
  if (!daysRead.has(iso)) daysRead.set(iso, dayInCalendar(iso));
  return daysRead.get(iso);
};

const dayInCalendar = (iso: string): number | undefined => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!parts) return undefined;
  const millis = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== iso ? undefined : millis / millisPerDay;
};

/** The day of a date that is known to be one. */
export const dayOf = (iso: string): number => {
  const day = readDay(iso);
  if (day === undefined) throw new RangeError('not a date');
  return day;
};

export const isoOf = (day: number): string => new Date(day * millisPerDay).toISOString().slice(0, 10);

/** The same day of the month so many months on (back if negative), or the month's last day where it has no such day. */
export const monthsOn = (day: number, months: number): number => {
  const date = new Date(day * millisPerDay);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const dayOfMonth = Math.min(date.getUTCDate(), lastOfMonth.getUTCDate());
  return Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), dayOfMonth) / millisPerDay;
};

/** The day on which somebody born on `born` turns `age`. 29 February becomes 1 March in a year without one, as the platform counts too. */
export const birthday = (born: number, age: number): number => {
  if (age === Infinity) return Infinity;
  const date = new Date(born * millisPerDay);
  return Date.UTC(date.getUTCFullYear() + age, date.getUTCMonth(), date.getUTCDate()) / millisPerDay;
};

/** Mondays to Fridays among the days from `from` up to but not including `to`. */
export const weekdays = (from: number, to: number): number => {
  let count = 0;
  for (let day = from; day < to; day += 1) {
    const dayOfWeek = new Date(day * millisPerDay).getUTCDay();
    if (dayOfWeek !== 0 && dayOfWeek !== 6) count += 1;
  }
  return count;
};
