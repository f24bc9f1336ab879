import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { supportingFamiliesSixHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-six-headings.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { troubledFamiliesExpanded } from '#shared/domain/eligibility/rule-sets/troubled-families-expanded.ts';
import { troubledFamiliesPhase1 } from '#shared/domain/eligibility/rule-sets/troubled-families-phase-1.ts';
import type { TermCalendar } from '#shared/domain/eligibility/term-calendar.ts';
import type { EvaluatorInput } from '../second-evaluator/evaluator-input.ts';
import type { Answers } from './answer-to.ts';

const ruleSets = {
  'troubled-families-phase-1': troubledFamiliesPhase1,
  'troubled-families-expanded': troubledFamiliesExpanded,
  'supporting-families-six-headings': supportingFamiliesSixHeadings,
  'supporting-families-ten-headings': supportingFamiliesTenHeadings,
  'families-first': familiesFirst,
};

const calendars = new WeakMap<EvaluatorInput['termCalendar'], TermCalendar>();

/** The engine's calendars say whose they are. The same terms stay the same object: the engine prepares its rules once for each. */
const calendarOf = (termCalendar: EvaluatorInput['termCalendar']): TermCalendar => {
  const known = calendars.get(termCalendar);
  if (known) return known;
  const calendar = {
    title: 'Example council',
    citation: { source: 'Made up', confidence: 'local' as const },
    terms: [...termCalendar.terms],
  };
  calendars.set(termCalendar, calendar);
  return calendar;
};

/** What the engine answers, in the form in which rows and the second evaluation ask. */
export const engineAnswers = ({ ruleSet, termCalendar, coverage, family }: EvaluatorInput): Answers => {
  // The same plain data; what cannot be (a day that does not exist, half a session) is there on purpose, and no type of facts allows it.
  const evidence = family as unknown as FamilyEvidence;
  const determination = evaluateFamily({ family: evidence, coverage, ruleSet: ruleSets[ruleSet], termCalendar: calendarOf(termCalendar) });
  return {
    criteria: Object.fromEntries(determination.criteria.map(({ criterionId, value }) => [criterionId, value])),
    headings: Object.fromEntries(determination.headings.map(({ heading, value }) => [heading, value])),
    dependentChild: determination.dependentChild.value,
    outcome: determination.outcome,
  };
};
