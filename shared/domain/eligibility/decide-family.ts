import { dateKey } from '../calendar/date-key.ts';
import { decideCriterion, type CriterionDecision } from './decide-criterion.ts';
import { decideDependentChild, type DependentChildDecision } from './dependent-child.ts';
import type { Outcome } from './determination.ts';
import { decideHeadings, hasEnough, type HeadingDecision } from './entry.ts';
import type { FamilyEvidence } from './family-evidence.ts';
import { findFacts, type FamilyFacts } from './find-facts.ts';
import { and, type Truth } from './kleene.ts';
import type { PreparedRules } from './prepare-rules.ts';

const outcomeOf: Readonly<Record<Truth, Outcome>> = { true: 'eligible', false: 'not-eligible', unknown: 'cannot-tell' };

/** Every answer about a family, without the words. */
export interface FamilyDecision {
  readonly outcome: Outcome;
  readonly dependentChild: DependentChildDecision;
  readonly headings: readonly HeadingDecision[];
  readonly criteria: readonly CriterionDecision[];
  readonly facts: FamilyFacts;
}

/** Holds a family against prepared rules. The family's own `asAt` is the day the rules were prepared for. */
export const decideFamily = (family: FamilyEvidence, rules: PreparedRules): FamilyDecision => {
  const facts = findFacts(family, rules);
  const household = facts.members.filter(({ evidence }) => evidence.lives === 'in-the-household');
  const assessed = family.assessedOn === undefined ? NaN : dateKey(family.assessedOn);
  const criteria = rules.criteria.map((prepared) => decideCriterion(prepared, facts, household, rules, assessed));
  const headings = decideHeadings(rules.ruleSet, criteria);
  const dependentChild = decideDependentChild(facts.members, rules);
  const outcome = outcomeOf[and([dependentChild.value, hasEnough(rules.ruleSet, criteria, headings)])];
  return { outcome, dependentChild, headings, criteria, facts };
};
