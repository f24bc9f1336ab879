import { dependentChild } from './dependent-child.ts';
import type { EvaluatorInput, RuleSetName, Value } from './evaluator-input.ts';
import { phaseOne } from './phase-one.ts';
import { sixHeadings } from './six-headings.ts';
import { tenHeadings } from './ten-headings.ts';

type Criteria = Readonly<Record<string, (input: EvaluatorInput, id: string) => Value>>;
type Known = Exclude<Value, 'not-covered'>;
type Outcome = 'eligible' | 'not-eligible' | 'cannot-tell';

export interface SecondEvaluation {
  readonly criteria: Readonly<Record<string, Value>>;
  readonly headings: Readonly<Record<string, Known>>;
  readonly dependentChild: Known;
  readonly outcome: Outcome;
}

export const criteriaOf: Readonly<Record<RuleSetName, Criteria>> = {
  'troubled-families-phase-1': phaseOne,
  'troubled-families-expanded': sixHeadings,
  'supporting-families-six-headings': sixHeadings,
  'supporting-families-ten-headings': tenHeadings,
  'families-first': tenHeadings,
};

/**
 * The whole determination a second time: rule by rule from the programme's rules (§2.1, §3.1–3.2, §4.1–4.2, §8), as slowly as
 * they read, with the thresholds written where they apply. For checking the engine, from which it has nothing.
 */
export const secondEvaluation = (input: EvaluatorInput): SecondEvaluation => {
  const criteria = valuesOf(input);
  const dependent = dependentChild(input);
  return { criteria, headings: headingsOf(criteria), dependentChild: dependent, outcome: outcomeOf(input, criteria, dependent) };
};

const valuesOf = (input: EvaluatorInput): Record<string, Value> =>
  Object.fromEntries(Object.entries(criteriaOf[input.ruleSet]).map(([id, criterion]) => [id, criterion(input, id)]));

/** `A` of P1.A.2, `H3` of P2.H3.1, `10` of SF.10.2. */
const headingOf = (id: string): string => id.split('.')[1] ?? '';

/** Reading rule 11: met where a criterion of it is, not met where all are not, else unknown. */
const headingsOf = (criteria: Readonly<Record<string, Value>>): Record<string, Known> => {
  const valuesUnder: Record<string, Value[]> = {};
  for (const [id, value] of Object.entries(criteria)) (valuesUnder[headingOf(id)] ??= []).push(value);
  return Object.fromEntries(
    Object.entries(valuesUnder).map(([heading, values]) => [
      heading,
      values.includes('met') ? 'met' : values.every((value) => value === 'not-met') ? 'not-met' : 'unknown',
    ]),
  );
};

const outcomeOf = (input: EvaluatorInput, criteria: Readonly<Record<string, Value>>, dependent: Known): Outcome => {
  const surely = isEnough(input, criteria, (value) => value === 'met');
  const possibly = isEnough(input, criteria, (value) => value !== 'not-met');
  if (dependent === 'not-met' || !possibly) return 'not-eligible';
  return dependent === 'met' && surely ? 'eligible' : 'cannot-tell';
};

/** Whether the units of which `counts` holds are enough under the rule set. */
const isEnough = (input: EvaluatorInput, criteria: Readonly<Record<string, Value>>, counts: (value: Value) => boolean): boolean => {
  const needs = Object.values(criteria).filter(counts).length;
  const all = headingsOf(criteria);
  const has = (heading: string): boolean => counts(all[heading] ?? 'not-met');
  switch (input.ruleSet) {
    // Rules §2.1: all of A, B and C, or two of them with local discretion.
    case 'troubled-families-phase-1': {
      const national = ['A', 'B', 'C'].filter(has).length;
      return national === 3 || (national === 2 && has('D'));
    }
    // Rules §3.1 P2.G1, P2.G3: two of the six headings; a parent who lives elsewhere may supply one of them at most.
    case 'troubled-families-expanded':
    case 'supporting-families-six-headings': {
      const household = { ...input.family, members: input.family.members.filter(({ lives }) => lives === 'in-the-household') };
      const athome = headingsOf(valuesOf({ ...input, family: household }));
      const hasAtHome = (heading: string): boolean => counts(athome[heading] ?? 'not-met');
      const headings = Object.keys(all).filter(has);
      const onlyElsewhere = headings.filter((heading) => !hasAtHome(heading));
      return headings.length - onlyElsewhere.length + Math.min(1, onlyElsewhere.length) >= 2;
    }
    // Rules §4.1 SF.G2: at least three needs, under whatever heading (SF.G3).
    case 'supporting-families-ten-headings':
      return needs >= 3;
    // Rules §8: the same needs and no national number, so that one is enough.
    case 'families-first':
      return needs >= 1;
  }
};
