import { isDeepStrictEqual } from 'node:util';
import { ageInYears } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import type { Determination } from '../../domain/eligibility/determination.ts';
import { evaluateFamily } from '../../domain/eligibility/evaluate-family.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence } from '../../domain/eligibility/family-evidence.ts';
import { feedsOf, type RuleSet } from '../../domain/eligibility/rule-set.ts';
import { ruleSetOn, ruleSets } from '../../domain/eligibility/rule-set-on.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import type { Family } from '../../domain/families/family.ts';
import { reassessmentDay } from '../../domain/families/reassessment-day.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { FamilySummary, HeldDetermination } from './family-repository.ts';
import { birthDateOf, expectedBirthDateOf, type Person } from './to-family-person.ts';

const toEvidence = ({ feed, agency, uploadId, row, accessClass, periodEnd, endedOn, facts }: PersonRecord): EvidenceRecord => ({
  feed,
  agency,
  uploadId,
  row,
  accessClass,
  periodEnd,
  endedOn,
  facts,
});

const familyEvidence = (family: Family, people: ReadonlyMap<string, Person>, asAt: string): FamilyEvidence => ({
  asAt,
  members: family.members.flatMap(({ personId, role, lives }) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const { profile, records } = person;
    return [
      {
        personId,
        birthDate: birthDateOf(profile),
        expectedBirthDate: expectedBirthDateOf(profile),
        parent: role === 'parent-or-carer',
        lives,
        restricted: profile.restriction !== undefined,
        records: records.map(toEvidence),
      },
    ];
  }),
});

/** What has come of a feed, in so few words that it can be kept with each family: changes whenever another file came. */
export const coverageMark = (feed: string, coverage: readonly CoveredPeriod[]): string => {
  const own = coverage.filter((period) => period.feed === feed);
  return `${String(own.length)}:${own.reduce((last, { to }) => (to > last ? to : last), '')}`;
};

/** The feeds that could still answer something, each with the mark of what has come of it. */
export const openFeeds = (
  ruleSet: RuleSet,
  { criteria, dependentChild }: Determination,
  coverage: readonly CoveredPeriod[],
): Record<string, string> => {
  const open = new Set(
    criteria
      .filter(({ value, valueInHousehold }) => [value, valueInHousehold].some((each) => each === 'unknown' || each === 'not-covered'))
      .map(({ criterionId }) => criterionId),
  );
  const feeds = new Set<string>(ruleSet.criteria.filter(({ id }) => open.has(id)).flatMap(feedsOf));
  if (dependentChild.value === 'unknown') for (const feed of ['school-roll', 'dwp-benefits']) feeds.add(feed);
  return Object.fromEntries([...feeds].toSorted().map((feed) => [feed, coverageMark(feed, coverage)]));
};

/** No rule set was in force: an oversight in the list of rule sets, not something about the family. */
class NoRuleSet extends Error {
  constructor(asAt: string) {
    super(`No rule set is in force on ${asAt}.`);
    this.name = 'NoRuleSet';
  }
}

export interface Determined {
  readonly held: HeldDetermination;
  readonly summary: FamilySummary;
  /** Whether it says anything else than the one before. */
  readonly isNew: boolean;
}

/** The day alone is no news. */
const saysTheSame = (a: Determination, b: Determination): boolean => isDeepStrictEqual({ ...a, asAt: '' }, { ...b, asAt: '' });

/** Holds a family against the rule set of the day. */
export const determineFamily = (
  family: Family,
  people: ReadonlyMap<string, Person>,
  {
    coverage,
    before,
    today,
    now,
  }: { coverage: readonly CoveredPeriod[]; before: HeldDetermination | undefined; today: string; now: string },
): Determined => {
  const ruleSet = ruleSetOn(today);
  if (ruleSet === undefined) throw new NoRuleSet(today);
  const evidence = familyEvidence(family, people, today);
  const determination = evaluateFamily({ family: evidence, coverage, ruleSet, termCalendar: usualTerms });
  const isNew = before === undefined || !saysTheSame(before.determination, determination);
  const { familyId } = family;
  const held = isNew ? { familyId, version: (before?.version ?? 0) + 1, determinedAt: now, determination } : before;
  const { outcome, says, headingsMet, criteriaMet } = held.determination;
  const open = openFeeds(ruleSet, held.determination, coverage);
  return {
    held,
    isNew,
    summary: {
      familyId,
      outcome,
      says,
      headingsMet,
      criteriaMet,
      memberCount: family.members.length,
      childCount: family.members.filter(
        ({ personId, role }) => role === 'child' || role === 'unborn-child' || isMinor(people.get(personId), today),
      ).length,
      checks: family.checks,
      ruleSet: held.determination.ruleSet,
      asAt: today,
      updatedAt: held.determinedAt > family.updatedAt ? held.determinedAt : family.updatedAt,
      open,
      reassessOn: reassessmentDay(evidence, {
        coverage,
        isOpen: (feed) => feed in open,
        daysBehind: (feed) => ruleSet.daysBehindAllowed.days[feed] ?? 0,
        termEnds: usualTerms.terms.map(({ to }) => to),
        ruleDates: ruleSets.flatMap(({ period, criteria }) =>
          [period, ...criteria].flatMap(({ effectiveFrom, effectiveTo }) => [effectiveFrom, effectiveTo]),
        ),
      }),
    },
  };
};

const isMinor = (person: Person | undefined, today: string): boolean => {
  const birthDate = person && birthDateOf(person.profile);
  return birthDate !== undefined && ageInYears(dayOf(birthDate), dayOf(today)) < 18;
};

/** As long as any evidence about any of its people is kept. */
export const familyExpiresOn = (family: Family, people: ReadonlyMap<string, Person>, today: string): string =>
  family.members.reduce((last, { personId }) => {
    const expiresOn = people.get(personId)?.profile.expiresOn ?? '';
    return expiresOn > last ? expiresOn : last;
  }, today);
