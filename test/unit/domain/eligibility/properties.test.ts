import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, dayNumber, formatIsoDate, addDays, parseIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import type { EvidenceRecord, MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { and, or, type Truth } from '#shared/domain/eligibility/kleene.ts';
import { windowOf } from '#shared/domain/eligibility/window.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import type { Fact } from '#shared/domain/people/fact.ts';
import { abuse, attendance, benefit, covering, determine, inNeed, offence, policeIncident, suspension } from './builders.ts';

const settings = { seed: 1, numRuns: 200 };

const day = fc.integer({ min: 0, max: 1100 }).map((back) => formatIsoDate(addDays(dayNumber(2026, 12, 31) ?? fail(), -back)));
const fail = (): never => {
  throw new Error('no such day');
};

const withFeed = (feed: FeedId, fact: Fact): { feed: FeedId; fact: Fact } => ({ feed, fact });
/** Evidence that can only speak for a criterion; attendance is apart, because a good term lowers a sum. */
const finding = fc.oneof(
  day.map((on) => withFeed('suspensions', suspension(on))),
  day.map((on) => withFeed('youth-justice', offence(on))),
  day.map((on) => withFeed('dwp-benefits', benefit(on))),
  day.map((on) => withFeed('childrens-social-care', inNeed(on))),
  day.map((on) => withFeed('domestic-abuse-marac', abuse(on))),
  fc
    .tuple(day, fc.boolean(), fc.boolean())
    .map(([on, asb, da]) => withFeed('police-incidents', policeIncident(on, { antisocialBehaviour: asb, domesticAbuse: da }))),
  day.map((on) => withFeed('adult-health', { kind: 'mental-health-need', from: on })),
);

const record = fc.tuple(finding, fc.integer({ min: 1, max: 9999 })).map(([{ feed, fact }, row]): EvidenceRecord => ({
  feed,
  agency: `agency-of-${feed}`,
  uploadId: '01KA0000000000000000000000',
  row,
  accessClass: 'standard',
  periodEnd: '2026-10-31',
  facts: [fact],
}));

const attendanceRecord = fc
  .tuple(fc.constantFrom('autumn', 'spring', 'summer'), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9999 }))
  .map(([term, missed, row]): EvidenceRecord => ({
    feed: 'school-attendance',
    agency: 'school',
    uploadId: '01KA0000000000000000000001',
    row,
    accessClass: 'standard',
    periodEnd: '2026-07-22',
    facts: [attendance(term, missed, 120)],
  }));

const member = fc
  .record({
    birthDate: fc.option(
      fc.integer({ min: 0, max: 50 }).map((age) => formatIsoDate(addMonths(dayNumber(2026, 6, 15) ?? fail(), -12 * age))),
      { nil: undefined, freq: 8 },
    ),
    parent: fc.boolean(),
    lives: fc.constantFrom('in-the-household' as const, 'elsewhere' as const),
    restricted: fc.constant(false),
    records: fc.array(fc.oneof({ weight: 4, arbitrary: record }, attendanceRecord), { maxLength: 6 }),
  })
  .map((each): Omit<MemberEvidence, 'personId'> => each);

const members = fc
  .array(member, { minLength: 1, maxLength: 5 })
  .map((list): MemberEvidence[] => list.map((each, index) => ({ ...each, personId: `person-${String(index)}` })));
const coverage = fc
  .subarray<FeedId>([
    'school-attendance',
    'suspensions',
    'police-incidents',
    'youth-justice',
    'dwp-benefits',
    'childrens-social-care',
    'domestic-abuse-marac',
    'adult-health',
  ])
  .map((feeds) => feeds.map((feed) => covering(feed)));

const rank = { 'not-eligible': 0, 'cannot-tell': 1, eligible: 2 } as const;

describe('whatever the family', () => {
  it('more evidence never makes it less eligible', () => {
    fc.assert(
      fc.property(members, coverage, record, fc.nat(), (family, covered, extra, at) => {
        const index = at % family.length;
        const more = family.map((each, i) => (i === index ? { ...each, records: [...each.records, extra] } : each));
        const before = determine(family, { coverage: covered });
        const after = determine(more, { coverage: covered });
        // One more row about an adult can settle that there is nothing further to know: only an eligible family must stay what it is.
        if (before.outcome === 'eligible') expect(after.outcome).toBe('eligible');
        expect(after.criteriaMet.met).toBeGreaterThanOrEqual(before.criteriaMet.met);
        for (const heading of before.headingsMet) expect(after.headingsMet).toContain(heading);
      }),
      settings,
    );
  });

  it('the order of people, rows and coverage does not matter', () => {
    fc.assert(
      fc.property(members, coverage, (family, covered) => {
        const turned = family.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed();
        expect(determine(turned, { coverage: covered.toReversed() })).toEqual(determine(family, { coverage: covered }));
      }),
      settings,
    );
  });

  it('a file more, without a row in it, never makes a criterion met, and never leaves less known', () => {
    fc.assert(
      fc.property(
        members,
        coverage,
        fc.constantFrom<FeedId>('youth-justice', 'police-incidents', 'suspensions'),
        (family, covered, feed) => {
          const before = determine(family, { coverage: covered });
          const after = determine(family, { coverage: [...covered, covering(feed)] });
          expect(after.criteriaMet).toEqual(before.criteriaMet);
          expect(rank[after.outcome]).toBeLessThanOrEqual(rank[before.outcome]);
        },
      ),
      settings,
    );
  });

  it('without coverage nothing but nominations, and criteria about nobody here, is answered with no', () => {
    fc.assert(
      fc.property(members, (family) => {
        for (const { value, criterionId } of determine(
          family.map((each) => ({ ...each, records: [], birthDate: '2014-01-01' })),
          { coverage: [] },
        ).criteria) {
          if (value === 'not-met')
            expect(['P2.H1.5', 'P2.H2.6', 'P2.H3.5', 'P2.H4.4', 'P2.H5.4', 'P2.H6.4', 'P2.H6.3', 'P2.H4.1', 'P2.H4.3-rent']).toContain(
              criterionId,
            );
        }
      }),
      settings,
    );
  });
});

describe('strong Kleene logic', () => {
  const truths = fc.array(fc.constantFrom<Truth>('true', 'false', 'unknown'), { maxLength: 5 });
  const worlds = (values: readonly Truth[]): boolean[][] =>
    values.reduce<boolean[][]>(
      (all, value) =>
        all.flatMap((world) =>
          value === 'unknown'
            ? [
                [...world, true],
                [...world, false],
              ]
            : [[...world, value === 'true']],
        ),
      [[]],
    );
  const truthOver = (results: readonly boolean[]): Truth => (results.every(Boolean) ? 'true' : results.some(Boolean) ? 'unknown' : 'false');

  it('answers as all the ways in which the unknown could turn out agree', () => {
    fc.assert(
      fc.property(truths, (values) => {
        expect(or(values)).toBe(truthOver(worlds(values).map((world) => world.some(Boolean))));
        expect(and(values)).toBe(truthOver(worlds(values).map((world) => world.every(Boolean))));
      }),
      settings,
    );
  });
});

describe('a window of months', () => {
  it('is half-open, ends with the day asked about, and the windows of two days that follow each other never leave a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 36 }), (offset, count) => {
        const asAt = formatIsoDate(addDays(dayNumber(2000, 1, 1) ?? fail(), offset));
        const next = formatIsoDate(addDays(parseIsoDate(asAt) ?? fail(), 1));
        const window = windowOf({ unit: 'months', count }, asAt, usualTerms);
        const following = windowOf({ unit: 'months', count }, next, usualTerms);
        expect(window?.to).toBe(next);
        expect((following?.from ?? '') >= (window?.from ?? '')).toBe(true);
        // Never shorter than the months themselves, and at most three days longer (a window that ends in a short month).
        const days = (parseIsoDate(window?.to ?? '') ?? 0) - (parseIsoDate(window?.from ?? '') ?? 0);
        expect(days).toBeGreaterThanOrEqual(28 * count);
        expect(days).toBeLessThanOrEqual(31 * count + 3);
      }),
      settings,
    );
  });
});
