import { findDependentChild } from './dependent-child.ts';
import type { CriterionResult, CriterionValue, Determination, HeadingResult, Outcome } from './determination.ts';
import { evaluateCriterion } from './evaluate-criterion.ts';
import type { CoveredPeriod, FamilyEvidence } from './family-evidence.ts';
import { and, atLeast, or, type Truth } from './kleene.ts';
import type { RuleSet } from './rule-set.ts';
import type { TermCalendar } from './term-calendar.ts';

const truthOf = (value: CriterionValue): Truth => (value === 'met' ? 'true' : value === 'not-met' ? 'false' : 'unknown');
const valueOf = { true: 'met', false: 'not-met', unknown: 'unknown' } as const;
const outcomeOf: Readonly<Record<Truth, Outcome>> = { true: 'eligible', false: 'not-eligible', unknown: 'cannot-tell' };

interface HeadingTruth {
  readonly id: string;
  readonly title: string;
  readonly all: Truth;
  readonly inHousehold: Truth;
}

const readHeadings = (ruleSet: RuleSet, criteria: readonly CriterionResult[]): HeadingTruth[] =>
  ruleSet.headings.map(({ id, title }) => {
    const own = criteria.filter(({ heading }) => heading === id);
    return {
      id,
      title,
      all: or(own.map(({ value }) => truthOf(value))),
      inHousehold: or(own.map(({ valueInHousehold }) => truthOf(valueInHousehold))),
    };
  });

/** Enough headings, of which parents who live elsewhere may bring in only so many. */
const hasHeadings = (headings: readonly HeadingTruth[], ruleSet: RuleSet): Truth => {
  const { atMost } = ruleSet.headingsFromParentElsewhere;
  const count = (has: (heading: HeadingTruth) => boolean): number => headings.filter(has).length;
  const certain = count(({ inHousehold }) => inHousehold === 'true');
  const certainElsewhere = count(({ inHousehold, all }) => inHousehold !== 'true' && all === 'true');
  const possible = count(({ inHousehold }) => inHousehold !== 'false');
  const possibleElsewhere = count(({ inHousehold, all }) => inHousehold === 'false' && all !== 'false');
  return atLeast(
    ruleSet.headingsNeeded.count,
    certain + Math.min(atMost, certainElsewhere),
    possible + Math.min(atMost, possibleElsewhere),
  );
};

const sentence = (outcome: Outcome, met: number, ruleSet: RuleSet, child: Determination['dependentChild']): string => {
  const { count } = ruleSet.headingsNeeded;
  const headings = `${String(met)} of the ${String(ruleSet.headings.length)} headings ${met === 1 ? 'is' : 'are'} met; the programme asks for ${String(count)} or more`;
  switch (outcome) {
    case 'eligible':
      return `Eligible: ${headings}, and a dependent child lives in the family.`;
    case 'not-eligible':
      return child.value === 'not-met' ? 'Not eligible: no dependent child is known to live in the family.' : `Not eligible: ${headings}.`;
    case 'cannot-tell':
      return child.value === 'unknown' && met >= count
        ? `Cannot tell: ${headings}, but we do not know whether a dependent child lives in the family.`
        : `Cannot tell: ${headings}. What is missing could still decide it.`;
  }
};

/**
 * Holds a family as at a day against a rule set. A pure function of its arguments, whatever their order: the same rows,
 * coverage and rules give the same determination years later. There is no score: criteria are met, or not, or not known.
 */
export const evaluateFamily = ({
  family,
  coverage,
  ruleSet,
  termCalendar,
}: {
  readonly family: FamilyEvidence;
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
}): Determination => {
  const criteria = ruleSet.criteria.map((criterion) => evaluateCriterion(criterion, family, coverage, ruleSet, termCalendar));
  const truths = readHeadings(ruleSet, criteria);
  const dependentChild = findDependentChild(family, coverage, ruleSet);
  const childTruth: Truth = dependentChild.value === 'met' ? 'true' : dependentChild.value === 'not-met' ? 'false' : 'unknown';
  const outcome = outcomeOf[and([childTruth, hasHeadings(truths, ruleSet)])];
  const headingsMet = truths.filter(({ all }) => all === 'true').map(({ id }) => id);
  return {
    ruleSet: { id: ruleSet.id, version: ruleSet.version, title: ruleSet.title },
    asAt: family.asAt,
    outcome,
    says: sentence(outcome, headingsMet.length, ruleSet, dependentChild),
    criteriaMet: { met: criteria.filter(({ value }) => value === 'met').length, of: criteria.length },
    headingsMet,
    headingsNeeded: ruleSet.headingsNeeded.count,
    dependentChild,
    headings: truths.map(({ id, title, all, inHousehold }): HeadingResult => ({
      heading: id,
      title,
      value: valueOf[all],
      onlyThroughParentElsewhere: all !== 'false' && inHousehold === 'false',
    })),
    criteria,
  };
};
