import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileProfile } from '#shared/domain/uploads/weighing/file-profile.ts';
import { weighFile, type WeighedFile } from '#shared/domain/uploads/weighing/weigh-file.ts';
import { campaign } from '#test/support/campaigns.ts';

/** A file of `rows` rows as it usually is, of which `known` of 100 people have been seen before. */
const aProfile = (rows: number, known = 95, over: Partial<FileProfile> = {}): FileProfile => {
  const sampled = Math.min(rows, 400);
  const part = (share: number): number => Math.round((sampled * share) / 100);
  return {
    rows,
    isWhole: true,
    estimatedRows: rows,
    faulty: 0,
    outsidePeriod: 0,
    births: { dated: rows, afterTwelfth: Math.round(rows * 0.6) },
    ages: [0, Math.round(rows * 0.5), Math.round(rows * 0.5), 0, 0],
    columns: { surname: [0, rows, 0, 0, 0, 0], address_line_1: [0, 0, 0, rows, 0, 0] },
    cohort: { ages: { of: 0, outside: 0 }, postcodes: { of: 0, outside: 0 }, schools: { of: 0, outside: 0 } },
    sample: {
      rows: sampled,
      recordsKnown: part(known),
      people: sampled,
      peopleKnown: part(known),
      namesSwapped: 0,
      datesSwapped: 0,
    },
    ...over,
  };
};
const aFile = (profile: FileProfile, days = 28): WeighedFile => ({
  profile,
  periodStart: '2026-01-01',
  periodEnd: days === 28 ? '2026-01-28' : '2026-03-25',
});
const codes = (kind: 'snapshot' | 'increment', file: WeighedFile, earlier: readonly WeighedFile[]) =>
  weighFile(kind, file, earlier).map(({ code }) => code);

const usual = [400, 410, 396].map((rows) => aFile(aProfile(rows)));

describe('A file next to the feed’s earlier ones', () => {
  it.each([
    ['as always', 402, 95, []],
    ['with a new intake of a fifth', 410, 78, []],
    ['with half of its rows', 180, 95, ['far-fewer-rows']],
    ['with twice its rows', 820, 95, ['far-more-rows']],
    ['of other people', 402, 10, ['few-people-known', 'few-records-known']],
  ] as const)('%s', (_, rows, known, expected) => {
    expect(codes('snapshot', aFile(aProfile(rows, known)), usual)).toEqual(expected);
  });

  it('is held by what its columns, dates and people look like', () => {
    const held = (over: Partial<FileProfile>) => codes('snapshot', aFile(aProfile(400, 95, over)), usual);
    const { sample } = aProfile(400);
    expect(held({ sample: { ...sample, namesSwapped: 120 } })).toEqual(['names-swapped']);
    expect(held({ sample: { ...sample, datesSwapped: 120 } })).toEqual(['day-and-month-swapped']);
    expect(held({ births: { dated: 150, afterTwelfth: 0 } })).toEqual(['day-and-month-swapped']);
    expect(held({ outsidePeriod: 101 })).toEqual(['dates-outside-period']);
    expect(held({ columns: { surname: [0, 10, 390, 0, 0, 0] } })).toEqual(['column-of-other-values']);
    expect(held({ ages: [0, 0, 0, 0, 400] })).toEqual(['other-ages-than-usual']);
    expect(held({ cohort: { ...aProfile(1).cohort, ages: { of: 400, outside: 50 } } })).toEqual(['ages-not-agreed']);
  });

  it('that is the first is held only by what needs no comparison', () => {
    expect(codes('snapshot', aFile(aProfile(400, 0, { ages: [0, 0, 0, 0, 400] })), [])).toEqual([]);
    expect(codes('snapshot', aFile(aProfile(400, 0, { outsidePeriod: 300 })), [])).toEqual(['dates-outside-period']);
  });

  it.each([
    ['one class of the school that came before', 0, 33, [], ['most-records-ended']],
    ['a school after its leavers', 300, 70, [], []],
    ['exactly half', 200, 200, [], []],
    ['one more than half', 200, 201, [], ['most-records-ended']],
    ['a handful', 0, 29, [], []],
    ['a feed whose records are new in every file', 0, 400, [0, 2], []],
    ['a feed whose first file is all that was new', 0, 400, [95, 0], ['few-records-known', 'most-records-ended']],
  ] as const)('that says how things stand and leaves out what the last one had: %s', (_, knownRecords, ended, before, expected) => {
    const { sample, ...profile } = aProfile(400, 95);
    const file = { ...aFile({ ...profile, sample: { ...sample, recordsKnown: knownRecords } }), effect: { ended } };
    const earlier = before.map((share) => {
      const was = aProfile(400, 95);
      return aFile({ ...was, sample: { ...was.sample, recordsKnown: share * 4 } });
    });
    expect(codes('snapshot', file, earlier)).toEqual(expected);
    expect(codes('increment', file, earlier)).not.toContain('most-records-ended');
  });

  it('of events is compared day by day: three months have three times the rows of one', () => {
    const months = usual.map(({ profile }) => aFile(profile));
    expect(codes('increment', aFile(aProfile(1200), 84), months)).toEqual([]);
    expect(codes('increment', aFile(aProfile(1300)), months)).toEqual(['far-more-rows']);
  });

  it('tells its sender nothing of what the council holds', () => {
    const found = weighFile('snapshot', aFile(aProfile(402, 10)), usual);
    expect(found.map(({ message }) => message).join(' ')).toContain('95%');
    expect(found.map(({ forSender }) => forSender).join(' ')).not.toMatch(/\d/);
  });

  it('that varies by chance alone hardly ever waits', () => {
    const { runs, seed } = campaign('holds');
    // People known one by one by chance, rows within a tenth; small feeds and large ones.
    const file = fc.record({ size: fc.integer({ min: 1, max: 300 }), known: fc.integer({ min: 40, max: 99 }) });
    let held = 0;
    fc.assert(
      fc.property(file, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), ({ size, known }, chance) => {
        const next = (): number => Number(chance.next().value);
        const drawn = () => {
          const rows = Math.max(1, Math.round(size * (0.9 + next() / 5)));
          let found = 0;
          for (let row = 0; row < rows; row += 1) if (next() < known / 100) found += 1;
          return aFile(aProfile(rows, (found * 100) / rows));
        };
        const earlier = [drawn(), drawn(), drawn()];
        if (weighFile('snapshot', drawn(), earlier).length > 0) held += 1;
      }),
      // Chance as it comes: values that fast-check likes best, such as 0 and 1, are not what rows do.
      { numRuns: runs, seed, unbiased: true },
    );
    expect(held).toBeLessThanOrEqual(runs / 500);
  });
});
