import * as fc from 'fast-check';
import { addDays, dayNumber, formatIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence, MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';
import { feedIds, type FeedId } from '#shared/domain/feeds/feed-ids.ts';
import type { Fact } from '#shared/domain/people/fact.ts';
import { abuse, attendance, benefit, inNeed, offence, policeIncident, suspension } from './builders.ts';

const epoch = dayNumber(1970, 1, 1);
if (epoch === undefined) throw new Error('no epoch');

/** Days before or after 1 January 1970. */
const dayFrom = (days: number): string => formatIsoDate(addDays(epoch, days));
const daysTo = (year: number, month: number, day: number): number => dayNumber(year, month, day) ?? 0;

const everyRuleSet: readonly RuleSet[] = [...nationalProgramme, knowsleySixHeadings];

/** Its place in the list: a counterexample must not print whole rule sets. */
const anyRuleSet = fc.nat({ max: everyRuleSet.length - 1 });

const ruleSetAt = (index: number): RuleSet => {
  const ruleSet = everyRuleSet[index];
  if (ruleSet === undefined) throw new Error('no such rule set');
  return ruleSet;
};

/** A day in the life of the rule set; often one at which windows are odd: leap days, ends of months, ends of terms. */
const aDayOf = ({ period }: RuleSet): fc.Arbitrary<string> => {
  const [year, month, day] = period.effectiveFrom.split('-').map(Number);
  const from = daysTo(year ?? 0, month ?? 0, day ?? 0);
  const odd = ['02-28', '02-29', '03-01', '03-31', '12-31', '01-01', '04-15', '07-31', '08-31', '09-01'];
  const inPeriod = (on: string): boolean => on >= period.effectiveFrom && (period.effectiveTo === undefined || on < period.effectiveTo);
  const oddDays = Array.from({ length: 20 }, (_, index) => 2012 + index).flatMap((each) =>
    odd.filter((text) => text !== '02-29' || each % 4 === 0).map((text) => `${String(each)}-${text}`),
  );
  return fc.oneof(
    fc
      .integer({ min: 0, max: 1000 })
      .map((offset) => dayFrom(from + offset))
      .filter(inPeriod),
    fc.constantFrom(...oddDays.filter(inPeriod)),
  );
};

const needs = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'SF.1.4', 'SF.3.1', 'SF.3.2', 'SF.5.2', 'SF.6.2', 'SF.8.1', 'SF.9.3', 'SF.10.2'];
const upTo = (from: string, to: string | undefined): { from: string; to?: string } =>
  to !== undefined && to > from ? { from, to } : { from };

export interface Finding {
  readonly feed: FeedId;
  readonly fact: Fact;
}

/** Evidence that can only speak for a need; attendance is apart, because a good term lowers a sum. */
export const aFinding = (asAt: string): fc.Arbitrary<Finding> => {
  const today = daysTo(Number(asAt.slice(0, 4)), Number(asAt.slice(5, 7)), Number(asAt.slice(8)));
  const day = fc.oneof(
    fc.integer({ min: -20, max: 800 }).map((back) => dayFrom(today - back)),
    fc.constantFrom(0, 1, 364, 365, 366, 367).map((back) => dayFrom(today - back)),
  );
  const end = fc.option(day, { nil: undefined, freq: 2 });
  const of = (feed: FeedId, fact: Fact): Finding => ({ feed, fact });
  return fc.oneof(
    day.map((on) => of('suspensions', suspension(on))),
    day.map((on) => of('suspensions', { ...suspension(on), kind: 'exclusion', category: 'permanent', sessions: 0 })),
    day.map((on) => of('youth-justice', offence(on))),
    fc.tuple(day, end).map(([from, to]) => of('dwp-benefits', benefit(from, upTo(from, to).to))),
    fc.tuple(day, end).map(([from, to]) => of('childrens-social-care', inNeed(from, upTo(from, to).to))),
    fc.tuple(day, end).map(([from, to]) => of('childrens-social-care', { kind: 'early-help-episode', ...upTo(from, to) })),
    fc
      .tuple(day, fc.constantFrom('victim', 'perpetrator', 'child-affected'))
      .map(([on, role]) => of('domestic-abuse-marac', abuse(on, role))),
    fc
      .tuple(day, fc.boolean(), fc.boolean(), fc.constantFrom('suspect', 'victim', 'witness', 'subject'))
      .map(([on, antisocialBehaviour, domesticAbuse, role]) =>
        of('police-incidents', policeIncident(on, { antisocialBehaviour, domesticAbuse, role })),
      ),
    fc.tuple(day, end).map(([from, to]) => of('adult-health', { kind: 'mental-health-need', ...upTo(from, to) })),
    fc.tuple(day, end).map(([from, to]) => of('adult-health', { kind: 'substance-misuse-need', ...upTo(from, to) })),
    fc
      .tuple(day, end, fc.boolean())
      .map(([from, to, noticeServed]) => of('housing-arrears', { kind: 'rent-arrears', ...upTo(from, to), noticeServed })),
    fc.tuple(day, end).map(([from, to]) => of('homelessness', { kind: 'homelessness-duty', ...upTo(from, to), duty: 'relief' })),
    fc
      .tuple(day, fc.constantFrom('development', 'growth-or-feeding', 'other'))
      .map(([on, concern]) => of('health-visiting', { kind: 'child-health-concern', from: on, concern })),
    fc.tuple(day, end).map(([from, to]) => of('health-visiting', { kind: 'expecting-a-child', ...upTo(from, to) })),
    fc
      .tuple(day, fc.constantFrom(...needs))
      .map(([on, heading]) => of('professional-referral', { kind: 'nominated-need', from: on, heading, note: false })),
  );
};

export const aRecordOf = (asAt: string, finding: fc.Arbitrary<Finding>): fc.Arbitrary<EvidenceRecord> => {
  const today = daysTo(Number(asAt.slice(0, 4)), Number(asAt.slice(5, 7)), Number(asAt.slice(8)));
  return fc
    .tuple(finding, fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(5, 30, 60, 100, 130, 400), fc.boolean())
    .map(([{ feed, fact }, row, back, dropped]) => ({
      feed,
      agency: `agency-of-${feed}`,
      uploadId: '01KA0000000000000000000000',
      row,
      accessClass: 'standard',
      periodEnd: dayFrom(today - back),
      ...(dropped && back > 60 && { endedOn: dayFrom(today - back + 31) }),
      facts: [fact],
    }));
};

const attendanceRecord = (asAt: string): fc.Arbitrary<EvidenceRecord> =>
  fc
    .tuple(
      fc.constantFrom('autumn', 'spring', 'summer'),
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 99_999 }),
      fc.constantFrom(-2, -1, 0),
    )
    .map(([term, missed, allowed, row, shift]): EvidenceRecord => {
      const year = Number(asAt.slice(0, 4)) + shift;
      const fact = attendance(term, missed, 120, `${String(year)}/${String((year + 1) % 100).padStart(2, '0')}`);
      return {
        feed: 'school-attendance',
        agency: 'school',
        uploadId: '01KA0000000000000000000001',
        row,
        accessClass: 'standard',
        periodEnd: asAt,
        facts: [{ ...fact, kind: 'school-attendance', sessionsAuthorised: allowed } as Fact],
      };
    });

const aMemberOn = (asAt: string): fc.Arbitrary<Omit<MemberEvidence, 'personId'>> => {
  const today = daysTo(Number(asAt.slice(0, 4)), Number(asAt.slice(5, 7)), Number(asAt.slice(8)));
  const born = fc.oneof(
    fc.integer({ min: -200, max: 25 * 365 }).map((back) => dayFrom(today - back)),
    fc
      .constantFrom(5, 10, 16, 18, 19)
      .map((age) => `${String(Number(asAt.slice(0, 4)) - age)}${asAt.endsWith('02-29') ? '-02-28' : asAt.slice(4)}`),
    fc.integer({ min: 25, max: 50 }).map((age) => `${String(Number(asAt.slice(0, 4)) - age)}-06-15`),
  );
  return fc.record({
    birthDate: fc.option(born, { nil: undefined, freq: 9 }),
    birthDateEstimated: fc.constantFrom(false, false, false, true),
    expectedBirthDate: fc.option(
      fc.integer({ min: -200, max: 60 }).map((back) => dayFrom(today - back)),
      { nil: undefined, freq: 1 },
    ),
    parent: fc.boolean(),
    lives: fc.constantFrom('in-the-household' as const, 'in-the-household' as const, 'elsewhere' as const),
    restricted: fc.constantFrom(false, false, false, false, false, true),
    records: fc.array(
      fc.oneof({ weight: 4, arbitrary: aRecordOf(asAt, aFinding(asAt)) }, { weight: 2, arbitrary: attendanceRecord(asAt) }),
      {
        maxLength: 6,
      },
    ),
  });
};

/** Nominations come one by one: no file of them covers anything. */
const feedsCovered = feedIds.filter((feed) => feed !== 'professional-referral');

const aCoverage = (asAt: string): fc.Arbitrary<CoveredPeriod[]> => {
  const today = daysTo(Number(asAt.slice(0, 4)), Number(asAt.slice(5, 7)), Number(asAt.slice(8)));
  return fc
    .tuple(fc.subarray([...feedsCovered]), fc.constantFrom(0, 30, 50, 100, 200), fc.constantFrom(undefined, { from: 4, below: 16 }))
    .map(([feeds, back, cohort]) =>
      feeds.map((feed) => ({
        feed,
        agency: `agency-of-${feed}`,
        uploadId: '01KA0000000000000000000000',
        from: dayFrom(today - 900),
        to: dayFrom(today - back),
        ...(feed === 'suspensions' && cohort && { cohort }),
      })),
    );
};

export interface Situation {
  /** Its place in `everyRuleSet`. */
  readonly rules: number;
  readonly family: FamilyEvidence;
  readonly coverage: readonly CoveredPeriod[];
}

/** A family, the rules and the coverage of a day on which those rules were in force. */
export const aSituation: fc.Arbitrary<Situation> = anyRuleSet.chain((rules) =>
  aDayOf(ruleSetAt(rules)).chain((asAt) =>
    fc
      .record({
        members: fc.array(aMemberOn(asAt), { minLength: 1, maxLength: 4 }),
        assessedOn: fc.option(fc.constant(asAt), { nil: undefined, freq: 1 }),
        coverage: aCoverage(asAt),
      })
      .map(({ members, assessedOn, coverage }) => ({
        rules,
        coverage,
        family: { asAt, assessedOn, members: members.map((member, index) => ({ ...member, personId: `person-${String(index)}` })) },
      })),
  ),
);

export const rulesOf = ({ rules }: Pick<Situation, 'rules'>): RuleSet => ruleSetAt(rules);
