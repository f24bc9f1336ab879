import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duePeriods, expectedPeriods } from '#shared/domain/uploads/due.ts';
import { frequencySchema } from '#shared/domain/uploads/sharing-agreement.ts';
import { noCounts, startCheckpoint, type Upload, type UploadCounts } from '#shared/domain/uploads/upload.ts';
import { anAgreement } from '#test/support/an-agreement.ts';
import { anUpload } from '#test/support/an-upload.ts';

const terms = anAgreement({ frequency: 'termly', start: '2025-09-01', end: '2027-08-31' });

describe('What an agreement expects', () => {
  it.each([
    ['termly', '2026-11-23', ['2026-01-01 2026-04-15 2026-04-29', '2026-04-16 2026-07-31 2026-08-14', '2026-09-01 2026-12-31 2027-01-14']],
    [
      'half-termly',
      '2026-11-23',
      ['2026-06-01 2026-07-31 2026-08-14', '2026-09-01 2026-10-31 2026-11-14', '2026-11-01 2026-12-31 2027-01-14'],
    ],
    ['monthly', '2026-03-01', ['2026-01-01 2026-01-31 2026-02-14', '2026-02-01 2026-02-28 2026-03-14', '2026-03-01 2026-03-31 2026-04-14']],
    [
      'quarterly',
      '2026-11-23',
      ['2026-04-01 2026-06-30 2026-07-14', '2026-07-01 2026-09-30 2026-10-14', '2026-10-01 2026-12-31 2027-01-14'],
    ],
    // 23 November 2026 is a Monday.
    ['weekly', '2026-11-22', ['2026-11-02 2026-11-08 2026-11-22', '2026-11-09 2026-11-15 2026-11-29', '2026-11-16 2026-11-22 2026-12-06']],
    ['yearly', '2026-11-23', ['2025-09-01 2026-08-31 2026-09-14', '2026-09-01 2027-08-31 2027-08-31']],
    ['once', '2026-11-23', ['2025-09-01 2027-08-31 2027-08-31']],
    ['on-request', '2026-11-23', []],
  ] as const)('%s, by %s', (frequency, today, periods) => {
    const found = expectedPeriods({ ...terms, frequency }, today, 3);
    expect(found.map(({ start, end, dueOn }) => `${start} ${end} ${dueOn}`)).toEqual(periods);
  });

  it('begins and ends with it, and in August with the term before', () => {
    const short = { ...terms, start: '2026-02-10', end: '2026-10-20' };
    expect(expectedPeriods(short, '2026-12-01', 9)).toEqual([
      { start: '2026-02-10', end: '2026-04-15', dueOn: '2026-04-29' },
      { start: '2026-04-16', end: '2026-07-31', dueOn: '2026-08-14' },
      { start: '2026-09-01', end: '2026-10-20', dueOn: '2026-10-20' },
    ]);
    expect(expectedPeriods(short, '2026-08-20', 9).at(-1)?.end).toBe('2026-07-31');
    expect(expectedPeriods(short, '2026-02-09', 9)).toEqual([]);
  });

  it('stops where it was ended by hand', () => {
    const ended = { at: '2026-05-02T10:00:00.000Z', by: 'x', reason: 'Moved.' };
    expect(expectedPeriods({ ...terms, ended }, '2026-11-23', 9).at(-1)?.start).toBe('2026-04-16');
  });

  it('is periods one after the other, inside it, that have begun, however it is written', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((n) => new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...frequencySchema.options), day, day, day, (frequency, one, other, today) => {
        const [start = '', end = ''] = [one, other].sort();
        const periods = expectedPeriods({ frequency, start, end }, today, 8);
        expect(periods.length).toBeLessThanOrEqual(8);
        periods.forEach((period, index) => {
          expect(period.start <= period.end && start <= period.start && period.end <= end).toBe(true);
          expect(period.start <= today && period.end <= period.dueOn && period.dueOn <= end).toBe(true);
          const before = periods[index - 1];
          if (before) expect(before.end < period.start).toBe(true);
        });
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('What came', () => {
  const agreedColumns = ['a', 'b', 'c', 'd'];
  const file = (over: Partial<Upload>, counts: Partial<UploadCounts> = {}, columnsMissing: string[] = []): Upload =>
    anUpload({
      state: 'completed',
      periodStart: '2026-09-01',
      periodEnd: '2026-12-18',
      createdAt: '2027-01-05T09:00:00.000Z',
      checkpoint: { ...startCheckpoint, columnsMissing, counts: { ...noCounts, ...counts } },
      ...over,
    });
  const autumn = (uploads: readonly Upload[], today = '2027-02-01', over = {}) =>
    duePeriods({ terms: { ...terms, ...over }, agreedColumns, uploads }, today, 9).find(({ end }) => end === '2026-12-31');

  it.each([
    ['a file in time', [file({ createdAt: '2027-01-14T23:00:00.000Z' })], { state: 'came', cameOn: '2027-01-14', files: 1 }],
    ['a file a day late', [file({ createdAt: '2027-01-15T00:00:00.000Z' })], { state: 'came-late', daysLate: 1 }],
    ['nothing to report', [file({ nil: true })], { state: 'came', files: 1 }],
    ['a file of the whole school year', [file({ periodStart: '2026-09-01', periodEnd: '2027-07-31' })], { state: 'came' }],
    ['one that is being read', [file({ state: 'ingesting' })], { state: 'under-way', files: 0 }],
    ['one that waits for a person', [file({ state: 'held' })], { state: 'under-way' }],
    ['one that was refused', [file({ state: 'refused' })], { state: 'late', daysLate: 18 }],
    ['one that was taken back', [file({ state: 'withdrawn' })], { state: 'late' }],
    ['one of another term', [file({ periodStart: '2027-01-05', periodEnd: '2027-03-26' })], { state: 'late' }],
    ['none', [], { state: 'late', files: 0, quality: {} }],
  ])('%s', (_, uploads, expected) => {
    expect(autumn(uploads)).toMatchObject(expected);
  });

  it('is awaited until the last day, and late on the next', () => {
    expect(autumn([], '2027-01-14')?.state).toBe('awaited');
    expect(autumn([], '2027-01-15')).toMatchObject({ state: 'late', daysLate: 1 });
  });

  it('is not late under an agreement that has ended: nothing can be sent any more', () => {
    expect(autumn([], '2027-02-01', { ended: { at: '2027-01-20T10:00:00.000Z', by: 'x', reason: 'Moved.' } })?.state).toBe('not-sent');
    expect(autumn([], '2027-09-01')?.state).toBe('not-sent');
  });

  it('came when the first file did that later ones stand in the place of', () => {
    const first = file({ state: 'withdrawn', createdAt: '2027-01-10T09:00:00.000Z' });
    const second = file({ state: 'withdrawn', createdAt: '2027-01-20T09:00:00.000Z', replaces: first.uploadId });
    const third = file({ createdAt: '2027-01-30T09:00:00.000Z', replaces: second.uploadId });
    expect(autumn([third, second, first])).toMatchObject({ state: 'came', cameOn: '2027-01-10', files: 1 });
  });

  it('is measured over all that was taken in: columns, rows that were right, rows held before', () => {
    const uploads = [
      file({}, { rows: 100, refused: 20, added: 50, changed: 10, unchanged: 20 }, ['d', 'not agreed']),
      file({}, { rows: 20, refused: 0, added: 10, unchanged: 10 }),
    ];
    expect(autumn(uploads)?.quality).toEqual({ complete: 7 / 8, valid: 100 / 120, heldBefore: 40 / 100 });
  });
});
