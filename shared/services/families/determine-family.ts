import { isDeepStrictEqual } from 'node:util';
import { ageInYears } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import { isWithin, type Visibility } from '../../domain/access/access.ts';
import {
  criteriaBeyondStandard,
  limitDetermination,
  packDetermination,
  type SeenDetermination,
} from '../../domain/access/limited-determination.ts';
import type { Determination } from '../../domain/eligibility/determination.ts';
import { evaluateFamily } from '../../domain/eligibility/evaluate-family.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence } from '../../domain/eligibility/family-evidence.ts';
import { feedsOf, type RuleSet } from '../../domain/eligibility/rule-set.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import { everybodyIn, familySeen, type Family, type ShownFamily } from '../../domain/families/family.ts';
import { feedAccess } from '../../domain/feeds/feed-access.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import { reassessmentDay } from '../../domain/families/reassessment-day.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import { determinationSeen } from './determination-seen.ts';
import type { FamilySummaries, FamilySummary, HeldDetermination } from './family-repository.ts';
import { limitedPeople } from './limited-people.ts';
import { birthDateOf, expectedBirthDateOf, isBirthDateEstimated, type Person } from './to-family-person.ts';

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

/** A family with what the files say about its members, as the rules read it. */
export const familyEvidence = (
  family: Pick<ShownFamily, 'members'>,
  people: ReadonlyMap<string, Person>,
  { asAt, assessedOn }: { readonly asAt: string; readonly assessedOn?: string | undefined },
): FamilyEvidence => ({
  asAt,
  ...(assessedOn !== undefined && { assessedOn }),
  members: family.members.flatMap(({ personId, role, lives }) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const { profile, records } = person;
    return [
      {
        personId,
        birthDate: birthDateOf(profile),
        birthDateEstimated: isBirthDateEstimated(profile),
        expectedBirthDate: expectedBirthDateOf(profile),
        parent: role === 'parent-or-carer',
        lives,
        restricted: profile.restriction !== undefined,
        // Not looked at, so not kept with the determination either.
        records: profile.restriction === undefined ? records.map(toEvidence) : [],
      },
    ];
  }),
});

/** What has come of a feed, in so few words that it can be kept with each family: changes whenever another file came. */
export const coverageMark = (feed: string, coverage: readonly CoveredPeriod[]): string => {
  const own = coverage.filter((period) => period.feed === feed);
  return `${String(own.length)}:${own.reduce((last, { to }) => (to > last ? to : last), '')}`;
};

const openIn = (ruleSet: RuleSet, { criteria, dependentChild }: Determination): readonly FeedId[] => {
  const open = new Set(
    criteria
      .filter(({ value, valueInHousehold }) => [value, valueInHousehold].some((each) => each === 'unknown' || each === 'not-covered'))
      .map(({ criterionId }) => criterionId),
  );
  const feeds = ruleSet.criteria.filter(({ id }) => open.has(id)).flatMap(feedsOf);
  return dependentChild.value === 'unknown' ? [...feeds, 'school-roll', 'dwp-benefits'] : feeds;
};

/** The feeds that could still answer something in one of these, each with the mark of what has come of it. */
const openFeeds = (
  ruleSet: RuleSet,
  results: readonly (Determination | undefined)[],
  coverage: readonly CoveredPeriod[],
): Record<string, string> => {
  const feeds = new Set(results.flatMap((result) => (result ? openIn(ruleSet, result) : [])));
  return Object.fromEntries([...feeds].toSorted().map((feed) => [feed, coverageMark(feed, coverage)]));
};

export interface Determined {
  readonly held: HeldDetermination;
  /** Absent where the family is none any more, to that reader. */
  readonly summaries: FamilySummaries;
  /** Whether it says anything else than the one before. */
  readonly isNew: boolean;
  /** What a new determination out of all records was made from. */
  readonly evidence?: FamilyEvidence | undefined;
}

/** Neither the day nor the day of the next change is news. */
const saysTheSame = (a: Determination | SeenDetermination, b: Determination | SeenDetermination): boolean =>
  isDeepStrictEqual({ ...a, asAt: '', changesOn: '' }, { ...b, asAt: '', changesOn: '' });

/** What a family is held against on a day. */
export interface Day {
  readonly ruleSet: RuleSet;
  readonly coverage: readonly CoveredPeriod[];
  readonly before: HeldDetermination | undefined;
  readonly today: string;
  readonly now: string;
  /** Day of the newest whole-family assessment that a reader may know of. */
  readonly assessedOn: (visibility: Visibility) => string | undefined;
}

/**
 * Holds a family against the rule set of the day: as all records show it and, for readers who may not see all of them, as
 * those of the standard class show it, with the files of that class alone.
 */
export const determineFamily = (family: Family, people: ReadonlyMap<string, Person>, day: Day): Determined => {
  const { ruleSet, coverage, before, today, now, assessedOn } = day;
  const evaluate = (visibility: Visibility, known: ReadonlyMap<string, Person>, covered: readonly CoveredPeriod[]) => {
    const shown = familySeen(family, visibility);
    if (shown?.state !== 'current') return undefined;
    const evidence = familyEvidence(shown, known, { asAt: today, assessedOn: assessedOn(visibility) });
    return { shown, evidence, result: evaluateFamily({ family: evidence, coverage: covered, ruleSet, termCalendar: usualTerms }) };
  };
  const whole = evaluate('whole', people, coverage);
  // Of a batch's people only the family's own: making a person's view anew costs more than evaluating the family.
  const standardPeople = limitedPeople(people, everybodyIn(family));
  const standardFiles = coverage.filter(({ feed }) => isWithin('limited', feedAccess[feed]));
  const standard = evaluate('limited', standardPeople, standardFiles);
  const limited = standard && limitDetermination(standard.result, criteriaBeyondStandard(ruleSet));

  const [wholeBefore, limitedBefore] = [before && determinationSeen(before, 'whole'), before && determinationSeen(before, 'limited')];
  const isSame = (was: SeenDetermination | undefined, is: SeenDetermination | undefined): boolean =>
    was === undefined || is === undefined ? was === is : saysTheSame(was, is);
  const isLimitedNew = !isSame(limitedBefore?.determination, limited);
  const isNew = before === undefined || isLimitedNew || !isSame(wholeBefore?.determination, whole?.result);
  const { familyId } = family;
  // Of a family that is none to that reader the history ends, as it does for a family that has ended.
  const since = limitedBefore === undefined ? [] : (before?.limitedSince ?? []);
  const limitedSince = limited === undefined ? [] : isLimitedNew ? [...since, (before?.version ?? 0) + 1] : since;
  const held: HeldDetermination = !isNew
    ? before
    : {
        familyId,
        version: (before?.version ?? 0) + 1,
        determinedAt: now,
        ...(whole && { determination: whole.result }),
        limitedSince,
        ...(limited && {
          limited: {
            ...(isLimitedNew || limitedBefore === undefined
              ? { version: limitedSince.length, determinedAt: now }
              : { version: limitedBefore.version, determinedAt: limitedBefore.determinedAt }),
            determination: packDetermination(
              isLimitedNew || limitedBefore === undefined ? limited : limitedBefore.determination,
              whole?.result,
            ),
          },
        }),
      };
  return {
    held,
    isNew,
    ...(isNew && whole && { evidence: whole.evidence }),
    summaries: {
      whole: whole && {
        ...summaryOf(whole.shown, people, held, 'whole', today),
        asAt: today,
        open: openFeeds(ruleSet, [whole.result, standard?.result], coverage),
        reassessOn: reassessmentDay(today, whole.evidence.members, [whole.result.changesOn, standard?.result.changesOn]),
      },
      limited: standard && {
        ...summaryOf(standard.shown, standardPeople, held, 'limited', today),
        ...(whole === undefined && {
          open: openFeeds(ruleSet, [standard.result], coverage),
          reassessOn: reassessmentDay(today, standard.evidence.members, [standard.result.changesOn]),
        }),
      },
    },
  };
};

/** What lists show. As at the first day of the answer: the day of looking again would show that something else had come. */
const summaryOf = (
  family: ShownFamily,
  people: ReadonlyMap<string, Person>,
  held: HeldDetermination,
  visibility: Visibility,
  today: string,
): FamilySummary => {
  const seen = determinationSeen(held, visibility);
  if (seen === undefined) throw new Error('a family that is shown has been determined');
  const { outcome, says, headingsMet, criteriaMet, ruleSet, asAt } = seen.determination;
  return {
    familyId: family.familyId,
    outcome,
    says,
    headingsMet,
    criteriaMet,
    memberCount: family.members.length,
    childCount: family.members.filter(
      ({ personId, role }) => role === 'child' || role === 'unborn-child' || isMinor(people.get(personId), today),
    ).length,
    checks: family.checks,
    ruleSet,
    asAt,
    updatedAt: seen.determinedAt > family.updatedAt ? seen.determinedAt : family.updatedAt,
  };
};

const isMinor = (person: Person | undefined, today: string): boolean => {
  const birthDate = person && birthDateOf(person.profile);
  return birthDate !== undefined && ageInYears(dayOf(birthDate), dayOf(today)) < 18;
};

/** As long as any evidence about any of its people is kept. */
export const familyExpiresOn = (family: Family, people: ReadonlyMap<string, Person>, today: string): string =>
  everybodyIn(family).reduce((last, personId) => {
    const expiresOn = people.get(personId)?.profile.expiresOn ?? '';
    return expiresOn > last ? expiresOn : last;
  }, today);
