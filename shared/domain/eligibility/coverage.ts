import { parseIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dateKey, type DateKey } from '../calendar/date-key.ts';
import { daysLater } from '../calendar/days.ts';
import type { FeedId } from '../feeds/feed-ids.ts';
import type { CoveredPeriod } from './family-evidence.ts';
import { isOfAge, type Born } from './member-age.ts';
import type { Window } from './window.ts';

type Days = Pick<Window, 'from' | 'to'>;

/** The days of a window that the periods leave out, half-open, in order. The periods are in order of their first days. */
const uncovered = (window: Days, periods: readonly CoveredPeriod[]): Days[] => {
  const gaps: Days[] = [];
  let reached = window.from;
  for (const period of periods) {
    if (reached >= window.to) break;
    if (period.to <= reached) continue;
    if (period.from > reached) gaps.push({ from: reached, to: period.from < window.to ? period.from : window.to });
    reached = period.to;
  }
  if (reached < window.to) gaps.push({ from: reached, to: window.to });
  return gaps;
};

/** How far the files of a feed reach over a window. */
export type Reach = { readonly is: 'none' } | { readonly is: 'full' } | { readonly is: 'part'; readonly gaps: readonly Days[] };

/**
 * How far the periods of one feed reach over a window. Files always come late: the last `daysBehind` days need no file yet.
 * Of a look-back in terms each term must be covered, the holidays between them need not.
 */
const reachOf = (window: Window, periods: readonly CoveredPeriod[], daysBehind: number, asAt: IsoDate): Reach => {
  if (periods.length === 0) return { is: 'none' };
  const due = daysLater(asAt, 1 - daysBehind);
  const spans = window.terms ?? [window];
  const gaps = spans.flatMap(({ from, to }) => {
    const end = to < due ? to : due;
    // What holds today is answered by the newest file, provided that it is new enough.
    return from < end ? uncovered({ from, to: end }, periods) : periods.some((each) => each.to >= due) ? [] : [{ from: due, to }];
  });
  return gaps.length === 0 ? { is: 'full' } : { is: 'part', gaps };
};

/** What the files cover, arranged for many questions about one day. */
export interface CoverageOnDay {
  /** How the files of a feed, about a person of that age, reach over a window. */
  readonly reach: (feed: FeedId, window: Window, born: Born) => Reach;
  /** Whether files about some ages only make the answer differ from person to person. */
  readonly hasCohorts: (feed: FeedId) => boolean;
  /** The last day that the files of a feed and agency cover; 0 where there is none. */
  readonly lastDay: (feed: FeedId, agency: string) => DateKey;
  /** A record of this feed last seen before this day is too old to say that something still holds. */
  readonly freshFrom: (feed: FeedId) => DateKey;
}

export const coverageOnDay = (coverage: readonly CoveredPeriod[], asAt: IsoDate, daysBehind: (feed: FeedId) => number): CoverageOnDay => {
  const byFeed = new Map<FeedId, CoveredPeriod[]>();
  const lastDays = new Map<FeedId, Map<string, DateKey>>();
  // A period that is none covers nothing.
  const periods = coverage.filter(({ from, to }) => parseIsoDate(from) !== undefined && parseIsoDate(to) !== undefined && from < to);
  for (const period of periods.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    byFeed.set(period.feed, [...(byFeed.get(period.feed) ?? []), period]);
    const ofFeed = lastDays.get(period.feed) ?? new Map<string, DateKey>();
    lastDays.set(period.feed, ofFeed.set(period.agency, Math.max(ofFeed.get(period.agency) ?? 0, dateKey(daysLater(period.to, -1)))));
  }
  const withCohorts = new Set(periods.filter(({ cohort }) => cohort !== undefined).map(({ feed }) => feed));
  const fresh = new Map<FeedId, DateKey>();
  const today = dateKey(asAt);
  return {
    hasCohorts: (feed) => withCohorts.has(feed),
    reach: (feed, window, born) => {
      const own = byFeed.get(feed) ?? [];
      const applying = withCohorts.has(feed)
        ? own.filter(({ cohort }) => cohort === undefined || isOfAge(born, cohort, today) === 'true')
        : own;
      return reachOf(window, applying, daysBehind(feed), asAt);
    },
    lastDay: (feed, agency) => lastDays.get(feed)?.get(agency) ?? 0,
    freshFrom: (feed) => {
      const known = fresh.get(feed);
      if (known !== undefined) return known;
      const day = dateKey(daysLater(asAt, -daysBehind(feed)));
      fresh.set(feed, day);
      return day;
    },
  };
};
