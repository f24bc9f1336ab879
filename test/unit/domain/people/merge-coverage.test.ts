import { expect, it } from 'vitest';
import { coveredPeriod, withCoveredPeriod } from '#shared/domain/people/merge-coverage.ts';

const period = (from: string, to: string, uploadId = 'U1') => ({ feed: 'school-roll' as const, agency: 'a', uploadId, from, to });

it('takes the last day of a file in', () => {
  expect(coveredPeriod({ feed: 'school-roll', agency: 'a', uploadId: 'U1', periodStart: '2025-09-01', periodEnd: '2025-12-31' })).toEqual(
    period('2025-09-01', '2026-01-01'),
  );
});

it('keeps periods in order, each with its file', () => {
  const two = withCoveredPeriod([period('2026-01-05', '2026-03-28')], period('2025-09-01', '2025-12-20', 'U2'));
  expect(two).toEqual([period('2025-09-01', '2025-12-20', 'U2'), period('2026-01-05', '2026-03-28')]);
});

it('leaves out what another period holds; the same period again is the newer file’s', () => {
  const year = [period('2025-09-01', '2026-07-20')];
  expect(withCoveredPeriod(year, period('2025-10-01', '2025-11-01', 'U2'))).toBe(year);
  expect(withCoveredPeriod([period('2025-10-01', '2025-11-01')], period('2025-09-01', '2026-07-20', 'U2'))).toEqual([
    period('2025-09-01', '2026-07-20', 'U2'),
  ]);
  expect(withCoveredPeriod(year, period('2025-09-01', '2026-07-20', 'U2'))).toEqual([period('2025-09-01', '2026-07-20', 'U2')]);
});
