import { dayAfter } from '../calendar/date-text.ts';
import type { CoveredPeriod } from '../eligibility/family-evidence.ts';

/**
 * The periods with one file's more. A period inside another's says nothing new and is left out; the same period again is
 * the newer file's.
 */
export const withCoveredPeriod = (periods: readonly CoveredPeriod[], period: CoveredPeriod): readonly CoveredPeriod[] => {
  if (periods.some((held) => contains(held, period) && !contains(period, held))) return periods;
  return [...periods.filter((held) => !contains(period, held)), period].toSorted((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : 0,
  );
};

const contains = (outer: CoveredPeriod, inner: CoveredPeriod): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** A file's period, whose last day is included, as a covered one, whose end is the day after. */
export const coveredPeriod = (
  upload: Omit<CoveredPeriod, 'from' | 'to'> & { readonly periodStart: string; readonly periodEnd: string },
): CoveredPeriod => ({
  feed: upload.feed,
  agency: upload.agency,
  uploadId: upload.uploadId,
  from: upload.periodStart,
  to: dayAfter(upload.periodEnd),
});
