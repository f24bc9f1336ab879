import { addDays, addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dateKey } from '../calendar/date-key.ts';
import { dayOf, inWords } from '../calendar/days.ts';
import { readAttendance, type RateMeasure } from '../eligibility/attendance.ts';
import { countInFamily } from '../eligibility/count-of.ts';
import { decideCriterion } from '../eligibility/decide-criterion.ts';
import { describeFact } from '../eligibility/describe-fact.ts';
import type { CoveredPeriod, FamilyEvidence } from '../eligibility/family-evidence.ts';
import { findFacts, type Found } from '../eligibility/find-facts.ts';
import { prepareRules, type PreparedRules } from '../eligibility/prepare-rules.ts';
import type { Counting, Way } from '../eligibility/measure.ts';
import type { Criterion, RuleSet } from '../eligibility/rule-set.ts';
import type { TermCalendar } from '../eligibility/term-calendar.ts';
import { spanOf, type Window } from '../eligibility/window.ts';

type OutcomeValue = 'reached' | 'not-reached' | 'unknown' | 'not-applicable';

export interface OutcomeReading {
  readonly value: OutcomeValue;
  readonly says: string;
  /** Rows that speak against it, in words with their dates. */
  readonly against: readonly string[];
}

/** What outcomes are read from: the family with everything the files say by today. */
export interface OutcomeBasis {
  readonly family: FamilyEvidence;
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
}

const over = ({ family, coverage, ruleSet, termCalendar }: OutcomeBasis, criterion: Criterion, window: Window): PreparedRules =>
  prepareRules({ asAt: family.asAt, coverage, ruleSet: { ...ruleSet, criteria: [criterion] }, termCalendar, over: window });

const inWordsOf = (found: readonly Found[]): string[] => [...new Set(found.map(({ fact }) => describeFact(fact)))].toSorted();

const foundIn = (basis: OutcomeBasis, criterion: Criterion, window: Window): Found[] => {
  const rules = over(basis, criterion, window);
  const { members, found } = findFacts(basis.family, rules);
  return [...new Set(found.flatMap((each) => each ?? []))].filter(({ member }) => members.includes(member));
};

const isGone = (basis: OutcomeBasis, criterion: Criterion, window: Window): OutcomeReading => {
  const rules = over(basis, criterion, window);
  const [prepared] = rules.criteria;
  if (prepared === undefined) return { value: 'unknown', says: 'The rule has no such criterion.', against: [] };
  const facts = findFacts(basis.family, rules);
  const { value } = decideCriterion(prepared, facts, facts.members, rules, NaN);
  if (value === 'not-met') return { value: 'reached', says: criterion.outcome.says, against: [] };
  if (value !== 'met') return { value: 'unknown', says: 'The files do not reach over the whole time, or not over everybody.', against: [] };
  return { value: 'not-reached', says: 'The need still shows.', against: inWordsOf(foundIn(basis, criterion, window)) };
};

const isFullyCovered = (basis: OutcomeBasis, criterion: Criterion, window: Window): boolean => {
  const rules = over(basis, criterion, window);
  const { members } = findFacts(basis.family, rules);
  return rules.ways.every((way) => members.every(({ born }) => rules.reach(way, born).value === 'not-met'));
};

/** Ways whose feeds say what there was and what there was not: a nomination only shows a need, and its absence proves nothing. */
const isCountable = ({ silence }: Way): boolean => silence.means === 'register' || silence.means === 'each-person';

/** So many per cent fewer than in the months before the family joined; nothing before: the test does not apply. */
const isFewer = (
  basis: OutcomeBasis,
  { ways, ...asked }: Criterion,
  window: Window,
  {
    of = 'facts',
    per = 'person',
    byPercent,
    baselineMonths,
    joinedOn,
  }: { readonly [How in keyof Counting]?: Counting[How] | undefined } & { byPercent: number; baselineMonths: number; joinedOn: IsoDate },
): OutcomeReading => {
  const criterion = { ...asked, ways: ways.filter(isCountable) };
  if (criterion.ways.length === 0) return { value: 'unknown', says: 'No file says how often it happens.', against: [] };
  const before: Window = { from: formatIsoDate(addMonths(dayOf(joinedOn), -baselineMonths)), to: joinedOn };
  if (![before, window].every((each) => isFullyCovered(basis, criterion, each)))
    return { value: 'unknown', says: 'The files do not reach over the months before and after.', against: [] };
  const [foundThen, foundNow] = [foundIn(basis, criterion, before), foundIn(basis, criterion, window)];
  if ([...foundThen, ...foundNow].some(({ doubts }) => doubts.length > 0))
    return { value: 'unknown', says: 'A row is in doubt: ask the partner.', against: [] };
  const [then, now] = [countInFamily(foundThen, { of, per }), countInFamily(foundNow, { of, per })];
  if (then === 0 && now === 0)
    return { value: 'not-applicable', says: 'There was nothing in the months before the family joined.', against: [] };
  const isEnough = (then - now) * 100 >= byPercent * then;
  const counted = of === 'days' ? ' Several reports of one day count as one.' : '';
  const says = `${String(now)} in the time since, ${String(then)} in the ${String(baselineMonths)} months before the family joined on ${inWords(joinedOn)}; ${String(byPercent)}% fewer are asked for.${counted}`;
  return isEnough ? { value: 'reached', says, against: [] } : { value: 'not-reached', says, against: inWordsOf(foundNow) };
};

/** Every child of whom figures are expected attends as asked, over the terms of the window. */
export const readRate = (basis: OutcomeBasis, criterion: Criterion, window: Window, measure: RateMeasure): OutcomeReading => {
  const rules = over(basis, criterion, window);
  const way = rules.ways.find(({ rule }) => rule.measure.kind !== 'count') ?? rules.ways[0];
  if (way === undefined || way.terms.length === 0) return { value: 'unknown', says: 'No whole term lies in this time.', against: [] };
  const readings = findFacts(basis.family, rules).members.map((member) => ({
    member,
    reading: readAttendance(member, { ...way, rule: { ...way.rule, measure } }, measure, rules),
  }));
  const asked = readings.filter(({ reading }) => reading.value !== 'not-met' || reading.terms.some(({ is }) => is !== 'left-out'));
  if (asked.length === 0) return { value: 'not-applicable', says: 'No child of school age.', against: [] };
  const values = asked.map(({ reading }) => reading.value);
  if (values.includes('not-met')) return { value: 'not-reached', says: 'A child attends less than asked for.', against: [] };
  if (values.some((value) => value !== 'met'))
    return { value: 'unknown', says: 'Attendance figures of a child or a term are missing.', against: [] };
  return { value: 'reached', says: criterion.outcome.says, against: [] };
};

/** Whether a need has been dealt with over a window, by what the files say by the family's day. */
export const readOutcome = (
  basis: OutcomeBasis,
  criterion: Criterion,
  window: Window,
  { joinedOn, isRecorded }: { readonly joinedOn: IsoDate; readonly isRecorded: boolean },
): OutcomeReading => {
  const { test } = criterion.outcome;
  switch (test.kind) {
    case 'gone':
      return isGone(basis, criterion, window);
    case 'fewer':
      return isFewer(basis, criterion, window, { ...test, joinedOn });
    case 'rate':
      return test.measure.kind === 'count'
        ? { value: 'unknown', says: 'The rule has no rate.', against: [] }
        : readRate(basis, criterion, window, test.measure);
    case 'recorded':
      return isRecorded
        ? { value: 'reached', says: criterion.outcome.says, against: [] }
        : { value: 'unknown', says: 'Nobody has recorded the outcome with its evidence.', against: [] };
  }
};

/** Rows of events that happened, or states that began, inside a window and show the need again: a new offence, a plan opened anew. */
export const contraryEvents = (basis: OutcomeBasis, criterion: Criterion, window: Window): readonly string[] => {
  const span = spanOf(window);
  const began = foundIn(basis, criterion, window).filter(({ fact }) => {
    const from = dateKey(fact.from);
    return from >= span.from && from < span.to;
  });
  return inWordsOf(began);
};

/** Whether the feeds of a criterion have sent anything that reaches past a day, so that silence up to it is known. */
export const isRefreshedAfter = (criterion: Criterion, day: IsoDate, coverage: readonly CoveredPeriod[]): boolean =>
  criterion.ways
    .filter(isCountable)
    .flatMap(({ feeds }) => feeds)
    .every((feed) => coverage.some((period) => period.feed === feed && period.to >= day));

/** Needs that show again after a day: of families whose claim was made, or whose work was ended. */
export const regressionsSince = (
  basis: OutcomeBasis,
  criterionIds: readonly string[],
  since: IsoDate,
): readonly { criterionId: string; events: readonly string[] }[] => {
  const window: Window = { from: since, to: formatIsoDate(addDays(dayOf(basis.family.asAt), 1)) };
  return basis.ruleSet.criteria
    .filter(({ id, ways }) => criterionIds.includes(id) && ways.every(({ measure }) => measure.kind === 'count'))
    .map((criterion) => ({ criterionId: criterion.id, events: contraryEvents(basis, criterion, window) }))
    .filter(({ events }) => events.length > 0);
};
