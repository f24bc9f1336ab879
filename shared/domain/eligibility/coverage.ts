import type { FeedId } from '../feeds/feed-ids.ts';
import type { IsoDate } from '../calendar/calendar-date.ts';
import { daysLater } from '../calendar/days.ts';
import type { CoveredPeriod, EvidenceRecord } from './family-evidence.ts';
import type { Window } from './window.ts';

/** The days of a window that the files of a feed leave out, half-open, in order. */
const uncovered = (
  feed: FeedId,
  window: Pick<Window, 'from' | 'to'>,
  coverage: readonly CoveredPeriod[],
): { from: IsoDate; to: IsoDate }[] => {
  const gaps: { from: IsoDate; to: IsoDate }[] = [];
  let reached = window.from;
  for (const period of coverage.filter((each) => each.feed === feed).toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (reached >= window.to) break;
    if (period.to <= reached) continue;
    if (period.from > reached) gaps.push({ from: reached, to: period.from < window.to ? period.from : window.to });
    reached = period.to;
  }
  if (reached < window.to) gaps.push({ from: reached, to: window.to });
  return gaps;
};

export type Reach =
  { readonly is: 'none' } | { readonly is: 'full' } | { readonly is: 'part'; readonly gaps: readonly { from: IsoDate; to: IsoDate }[] };

/**
 * How far the files of a feed reach over a window. Files always come late: the last `daysBehind` days need no file yet.
 * Of a look-back in terms each term must be covered, the holidays between them need not.
 */
export const reachOf = (feed: FeedId, window: Window, coverage: readonly CoveredPeriod[], daysBehind: number, asAt: IsoDate): Reach => {
  if (!coverage.some((period) => period.feed === feed)) return { is: 'none' };
  const due = daysLater(asAt, 1 - daysBehind);
  const spans = window.terms ?? [window];
  const gaps = spans.flatMap(({ from, to }) => {
    const end = to < due ? to : due;
    // What holds today is answered by the newest file, provided that it is new enough.
    return from < end
      ? uncovered(feed, { from, to: end }, coverage)
      : coverage.some((each) => each.feed === feed && each.to >= due)
        ? []
        : [{ from: due, to }];
  });
  return gaps.length === 0 ? { is: 'full' } : { is: 'part', gaps };
};

/** The last day on which the record is known to have stood: its own file's, or a later file of the same feed and agency that kept it. */
export const lastKnown = (record: EvidenceRecord, coverage: readonly CoveredPeriod[]): IsoDate =>
  coverage.reduce<IsoDate>((latest, period) => {
    const lastDay = daysLater(period.to, -1);
    return period.feed === record.feed && period.agency === record.agency && lastDay > latest ? lastDay : latest;
  }, record.periodEnd);
