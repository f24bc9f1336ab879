import { layPlan, localPlanSchema } from '../local-plan.ts';
import type { RuleSet } from '../rule-set.ts';
import { knowsleyPage } from '../rule-sets/six-headings-sources.ts';
import { supportingFamiliesSixHeadings } from '../rule-sets/supporting-families-six-headings.ts';

const plan = localPlanSchema.parse({
  id: 'knowsley-six-headings',
  version: '2021-04-01',
  council: 'Knowsley',
  over: { id: 'supporting-families-six-headings', version: '2021-04-01' },
  changes: {},
  adds: [],
  leavesOut: [],
  period: {
    effectiveFrom: '2021-04-01',
    because:
      'The national programme used these headings until 2 October 2022. The council has kept them for its own programme since, so the end is left open until it decides otherwise.',
    citation: knowsleyPage,
  },
});

const laid = layPlan(supportingFamiliesSixHeadings, plan);
if (!laid.ok) throw new Error(laid.problems.join(' '));

/** The rules that Knowsley's Stronger Families holds families against. */
export const knowsleySixHeadings: RuleSet = laid.ruleSet;
