import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, formatIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import { daysLater } from '#shared/domain/calendar/days.ts';
import type { Determination } from '#shared/domain/eligibility/determination.ts';
import type { CoveredPeriod, EvidenceRecord, MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { ruleSets } from '#shared/domain/eligibility/rule-set-on.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { longestLookBackMonths, reassessmentDay, type DatedRules } from '#shared/domain/families/reassessment-day.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { openFeeds } from '#shared/services/families/determine-family.ts';
import type { Fact } from '#shared/domain/people/fact.ts';
import { aMember, aRecord, attendance, benefit, covering, determine, inNeed, offence, suspension } from '../eligibility/builders.ts';

const noRules: DatedRules = { coverage: [], isOpen: () => false, daysBehind: () => 0, termEnds: [], ruleDates: [] };
const adult = { birthDate: '1960-12-30' };
const on = (asAt: string, members: readonly MemberEvidence[], rules: Partial<DatedRules> = {}): string =>
  reassessmentDay({ asAt, members }, { ...noRules, ...rules });

describe('The day on which a family is looked at again', () => {
  it.each([
    ['a birthday', '2026-11-23', { birthDate: '1960-12-01' }, '2026-12-01'],
    ['a birthday on 29 February, in a common year', '2027-02-20', { birthDate: '1960-02-29' }, '2027-03-01'],
    ['a birthday on 29 February, in a leap year', '2028-02-20', { birthDate: '1960-02-29' }, '2028-02-29'],
    ['a birthday that is today: the next one', '2026-11-23', { birthDate: '1960-11-23' }, '2027-11-23'],
    ['an expected birth', '2026-11-23', { birthDate: undefined, expectedBirthDate: '2027-01-09' }, '2027-01-09'],
    ['nothing at all: a year later', '2026-11-23', { birthDate: undefined }, '2027-11-23'],
  ])('is that of %s', (_, asAt, member, expected) => {
    expect(on(asAt, [aMember(member)])).toBe(expected);
  });

  it('is a monthly return of an event, when a look-back no longer reaches it', () => {
    // A look-back of twelve months on 9 November begins on 10 November of the year before: the event of the 9th is out.
    const family = [aMember({ ...adult, records: [aRecord('youth-justice', [offence('2025-11-09')])] })];
    expect(on('2026-11-08', family)).toBe('2026-11-09');
    expect(on('2026-11-09', family)).toBe('2026-12-09');
    // Three years later no look-back reaches it; the birthday is next.
    expect(on('2028-11-08', family)).toBe('2028-11-09');
    expect(on('2028-11-09', family)).toBe('2028-12-30');
  });

  it('waits where a short month sends several days to the same one', () => {
    // Counted from 28 February, a month back is 28 January; from 1 March it is 1 February, and 30 January is out.
    const family = [aMember({ ...adult, records: [aRecord('youth-justice', [offence('2027-01-30')])] })];
    expect(on('2027-02-20', family)).toBe('2027-02-28');
  });

  it('is the day on which a state ends or begins', () => {
    const family = [aMember({ ...adult, records: [aRecord('dwp-benefits', [benefit('2026-11-22', '2026-12-05')])] })];
    expect(on('2026-11-23', family)).toBe('2026-12-05');
    expect(on('2026-11-10', family)).toBe('2026-11-22');
  });

  it('is the day on which a feed’s newest file is too old, a term is over or rules change', () => {
    const family = [aMember(adult)];
    const coverage = [covering('dwp-benefits', '2020-01-01', '2026-11-01')];
    // The last day covered is 31 October; 30 days behind are allowed.
    expect(on('2026-11-23', family, { coverage, daysBehind: () => 30 })).toBe('2026-12-01');
    // What came before the first file matters for as long as a look-back reaches it, and only while something is open.
    const young = [covering('dwp-benefits', '2026-10-05', '2026-12-01')];
    expect(on('2026-11-23', family, { coverage: young, isOpen: () => true })).toBe('2026-12-01');
    expect(on('2026-12-01', family, { coverage: young, isOpen: () => true })).toBe('2026-12-04');
    expect(on('2026-12-01', family, { coverage: young })).toBe('2026-12-30');
    expect(on('2026-11-23', family, { termEnds: ['2026-08-01', '2027-01-01'] })).toBe('2026-12-30');
    expect(on('2026-11-23', [aMember({ birthDate: '1960-05-05' })], { termEnds: ['2026-08-01', '2027-01-01'] })).toBe('2026-12-31');
    expect(on('2026-11-23', family, { ruleDates: [undefined, '2026-12-25', '2020-01-01'] })).toBe('2026-12-25');
  });
});

it('No look-back of any rule set is longer than what is allowed for', () => {
  const counts = [...JSON.stringify(ruleSets).matchAll(/"lookBack":\{"unit":"months","count":(\d+)\}/g)].map(([, count]) => Number(count));
  expect(counts.length).toBeGreaterThan(0);
  expect(Math.max(...counts)).toBeLessThanOrEqual(longestLookBackMonths);
});

describe('Until that day', () => {
  const day = fc.integer({ min: 0, max: 1200 }).map((back) => formatIsoDate(addDays(dayNumber(2027, 2, 28)!, -back)));
  const evidence = fc.tuple(day, fc.integer({ min: 0, max: 9 })).map(([from, kind]): EvidenceRecord => {
    const of = (feed: FeedId, fact: Fact): EvidenceRecord => aRecord(feed, [fact]);
    if (kind < 2) return of('suspensions', suspension(from));
    if (kind < 4) return of('youth-justice', offence(from));
    if (kind < 6) return of('dwp-benefits', benefit(from, kind === 4 ? daysLater(from, 200) : undefined));
    if (kind < 8) return of('childrens-social-care', inNeed(from, kind === 6 ? daysLater(from, 90) : undefined));
    return of('school-attendance', attendance(kind === 8 ? 'autumn' : 'spring', 30, 120, '2025/26'));
  });
  const family = fc.array(
    fc.record({
      birthDate: fc.option(
        fc.integer({ min: 0, max: 30 * 365 }).map((age) => formatIsoDate(addDays(dayNumber(2027, 1, 15)!, -age))),
        { nil: undefined, freq: 8 },
      ),
      lives: fc.constantFrom('in-the-household' as const, 'elsewhere' as const),
      records: fc.array(evidence, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const files = fc.array(
    fc
      .tuple(
        fc.constantFrom<FeedId>('suspensions', 'youth-justice', 'dwp-benefits', 'childrens-social-care', 'school-attendance'),
        day,
        fc.integer({ min: 1, max: 700 }),
      )
      .map(([feed, from, days]): CoveredPeriod => covering(feed, from, daysLater(from, days))),
    { maxLength: 6 },
  );

  const answers = ({ outcome, headingsMet, dependentChild, criteria }: Determination): unknown => [
    outcome,
    headingsMet,
    dependentChild.value,
    criteria.map(({ criterionId, value, valueInHousehold }) => [criterionId, value, valueInHousehold]),
  ];

  it('no answer changes, whatever the family, its evidence and the files', () => {
    fc.assert(
      fc.property(family, files, fc.integer({ min: 0, max: 400 }), (people, coverage, back) => {
        const asAt = formatIsoDate(addDays(dayNumber(2027, 3, 5)!, -back));
        const members = people.map((each, index) => aMember({ ...each, personId: `person-${String(index)}` }));
        const [ruleSet] = ruleSets;
        const determination = determine(members, { coverage, asAt });
        const open = ruleSet && openFeeds(ruleSet, determination, coverage);
        const next = reassessmentDay(
          { asAt, members },
          {
            coverage,
            isOpen: (feed) => feed in (open ?? {}),
            daysBehind: (feed) => ruleSet?.daysBehindAllowed.days[feed] ?? 0,
            termEnds: usualTerms.terms.map(({ to }) => to),
            ruleDates: [],
          },
        );
        const first = answers(determination);
        for (let date = daysLater(asAt, 1); date < next; date = daysLater(date, 1))
          expect([date, answers(determine(members, { coverage, asAt: date }))]).toEqual([date, first]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
