import type { IsoDate } from '../calendar/calendar-date.ts';
import { decideFamily, type FamilyDecision } from './decide-family.ts';
import type { ChildReading } from './dependent-child.ts';
import type { Determination, Gap, HeadingResult } from './determination.ts';
import { explainCriterion } from './explain-criterion.ts';
import type { CoveredPeriod, FamilyEvidence } from './family-evidence.ts';
import { changeDaysOf, findChangeDay } from './change-day.ts';
import { birthDateGap, restrictedGap, withoutRepeats } from './gaps.ts';
import { prepareRules, type PreparedRules } from './prepare-rules.ts';
import { ruleSetName, type Entry, type RuleSet } from './rule-set.ts';
import type { TermCalendar } from './term-calendar.ts';
import { ageOn } from './member-age.ts';

const valueOf = { true: 'met', false: 'not-met', unknown: 'unknown' } as const;

const childGap = ({ member, gap }: ChildReading, rules: PreparedRules): Gap[] => {
  const { personId } = member.evidence;
  if (gap === undefined) return [];
  switch (gap) {
    case 'birth-date-unknown':
      return [birthDateGap(member)];
    case 'restricted':
      return [restrictedGap(member)];
    case 'pregnancy-uncertain':
      return [{ reason: gap, personId, says: 'We do not know whether this person is still expecting a child.' }];
    case 'education-or-work-unknown': {
      const age = ageOn(member.born, rules.asAt);
      const says = `We do not know whether this young person of ${String(age)} is in education, in training or out of work.`;
      return [{ reason: gap, personId, says }];
    }
  }
};

const explainDependentChild = (
  { value, readings }: FamilyDecision['dependentChild'],
  rules: PreparedRules,
): Determination['dependentChild'] => {
  const personIds = [...new Set(readings.filter((each) => each.value === 'true').map(({ member }) => member.evidence.personId))].toSorted();
  const orExpected = rules.ruleSet.dependentChild.expectantParentCounts ? ' or is expected' : '';
  switch (value) {
    case 'true':
      return { value: 'met', says: `A dependent child lives${orExpected} in this family.`, personIds, missing: [] };
    case 'false':
      return {
        value: 'not-met',
        says: `No dependent child is known to live${orExpected && ' or be expected'} in this family.`,
        personIds: [],
        missing: [],
      };
    case 'unknown': {
      const missing = withoutRepeats(readings.flatMap((reading) => childGap(reading, rules))).toSorted((a, b) =>
        (a.personId ?? '') < (b.personId ?? '') ? -1 : 1,
      );
      const says = `We cannot tell whether a dependent child lives${orExpected} in this family.`;
      return { value: 'unknown', says, personIds: [], missing };
    }
  }
};

const neededBy = (entry: Entry): Determination['needed'] => {
  if (entry.count === 'core-or-discretion') return { count: entry.core.length, of: 'headings' };
  return { count: entry.atLeast, of: entry.count === 'needs' && !entry.distinctHeadings ? 'needs' : 'headings' };
};

const asksFor = (ruleSet: RuleSet): string => {
  const { entry } = ruleSet;
  if (entry.count !== 'core-or-discretion') return `the programme asks for ${String(entry.atLeast)} or more`;
  return `the programme asks for ${entry.core.join(', ')}, or for ${String(entry.coreWithDiscretion)} of them and a local reason that is written down`;
};

const sentence = (decision: FamilyDecision, { ruleSet }: PreparedRules): string => {
  const { criteria, headings, dependentChild } = decision;
  const needed = neededBy(ruleSet.entry);
  const met =
    needed.of === 'needs' ? criteria.filter(({ value }) => value === 'met').length : headings.filter(({ all }) => all === 'true').length;
  const total = needed.of === 'needs' ? criteria.length : headings.length;
  const found = `${String(met)} of the ${String(total)} ${needed.of} ${met === 1 ? 'is' : 'are'} met; ${asksFor(ruleSet)}`;
  switch (decision.outcome) {
    case 'eligible':
      return `Eligible: ${found}, and a dependent child lives${ruleSet.dependentChild.expectantParentCounts ? ' or is expected' : ''} in the family.`;
    case 'not-eligible':
      return dependentChild.value === 'false'
        ? 'Not eligible: no dependent child is known to live in the family.'
        : `Not eligible: ${found}.`;
    case 'cannot-tell':
      return dependentChild.value === 'unknown' && met >= needed.count
        ? `Cannot tell: ${found}, but we do not know whether a dependent child lives in the family.`
        : `Cannot tell: ${found}. What is missing could still decide it.`;
  }
};

/** A decision with the words, the rows and the gaps. */
const explain = (decision: FamilyDecision, family: FamilyEvidence, rules: PreparedRules): Omit<Determination, 'changesOn'> => {
  const { ruleSet } = rules;
  const criteria = decision.criteria.map((each) => explainCriterion(each, decision.facts, rules, family.assessedOn));
  return {
    ruleSet: { ...ruleSetName(ruleSet), title: ruleSet.title },
    asAt: rules.day,
    outcome: decision.outcome,
    says: sentence(decision, rules),
    criteriaMet: { met: criteria.filter(({ value }) => value === 'met').length, of: criteria.length },
    headingsMet: decision.headings.filter(({ all }) => all === 'true').map(({ id }) => id),
    needed: neededBy(ruleSet.entry),
    dependentChild: explainDependentChild(decision.dependentChild, rules),
    headings: decision.headings.map(({ id, title, all, inHousehold }): HeadingResult => ({
      heading: id,
      title,
      value: valueOf[all],
      onlyThroughParentElsewhere: all !== 'false' && inHousehold === 'false',
    })),
    criteria,
  };
};

/** A determination under prepared rules, without looking ahead to the day on which it changes. */
export const determineOnDay = (family: FamilyEvidence, rules: PreparedRules): Omit<Determination, 'changesOn'> =>
  explain(decideFamily(family, rules), family, rules);

/** What families are held against: the same for all of them. */
interface Standard {
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
}

/** For many families against one standard: whatever does not hang on the family is worked out once for each day. */
const evaluatorOf = (standard: Standard): ((family: FamilyEvidence) => Determination) => {
  const prepared = new Map<IsoDate, PreparedRules>();
  const prepareOn = (asAt: IsoDate): PreparedRules => {
    const known = prepared.get(asAt) ?? prepareRules({ asAt, ...standard });
    prepared.set(asAt, known);
    return known;
  };
  const changeDays = changeDaysOf(standard);
  return (family) => {
    const rules = prepareOn(family.asAt);
    const decision = decideFamily(family, rules);
    const changesOn = findChangeDay(family, decision, changeDays, prepareOn);
    return { ...explain(decision, family, rules), ...(changesOn !== undefined && { changesOn }) };
  };
};

type Evaluator = ReturnType<typeof evaluatorOf>;

const evaluators = new WeakMap<Standard['coverage'], WeakMap<RuleSet, WeakMap<TermCalendar, Evaluator>>>();

/** Families come one by one and are held against the very same coverage and rules. */
const knownEvaluator = (standard: Standard): Evaluator => {
  const { coverage, ruleSet, termCalendar } = standard;
  const byRules = evaluators.get(coverage) ?? new WeakMap<RuleSet, WeakMap<TermCalendar, Evaluator>>();
  evaluators.set(coverage, byRules);
  const byCalendar = byRules.get(ruleSet) ?? new WeakMap<TermCalendar, Evaluator>();
  byRules.set(ruleSet, byCalendar);
  const evaluator = byCalendar.get(termCalendar) ?? evaluatorOf(standard);
  byCalendar.set(termCalendar, evaluator);
  return evaluator;
};

/**
 * Holds a family as at a day against a rule set. A pure function of its arguments, whatever their order: the same rows,
 * coverage and rules give the same determination years later. There is no score: criteria are met, or not, or not known.
 */
export const evaluateFamily = ({ family, ...standard }: Standard & { readonly family: FamilyEvidence }): Determination =>
  knownEvaluator(standard)(family);
