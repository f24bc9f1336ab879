import { isOfAgesOn, isUnborn, whateverTheBirthDate } from './ages.ts';
import { dayOf } from './days.ts';
import type { EvaluatorInput, FamilyFact, Member, Value } from './evaluator-input.ts';
import { anyOf, employment, expectingAChild, onASchoolRoll, outOfWorkBenefit } from './kinds-of-fact.ts';
import { weighFacts, type Weight } from './weigh-facts.ts';

type Answer = Exclude<Value, 'not-covered'>;

/**
 * Rules §3.1 P2.G2: aged 0 to 15 in the household, or 16 to 18 in full-time education, training or unemployed. The ten headings
 * (§4.1 SF.G1) and what followed count the unborn and expectant parents too. Reading rule 10.
 */
export const dependentChild = (input: EvaluatorInput): Answer => {
  const countsTheUnborn = input.ruleSet === 'supporting-families-ten-headings' || input.ruleSet === 'families-first';
  const answers = input.family.members
    .filter(({ lives }) => lives === 'in-the-household')
    .flatMap((person): Answer[] => [
      whateverTheBirthDate(person, (one) => isDependent(input, one, countsTheUnborn)),
      ...(countsTheUnborn ? [isExpectant(input, person)] : []),
    ]);
  if (answers.includes('met')) return 'met';
  return answers.includes('unknown') ? 'unknown' : 'not-met';
};

const isDependent = (input: EvaluatorInput, person: Member, countsTheUnborn: boolean): Answer => {
  const asAt = dayOf(input.family.asAt);
  if (person.birthDate === undefined && !isUnborn(person, asAt)) return person.parent ? 'not-met' : 'unknown';
  if (isUnborn(person, asAt)) return countsTheUnborn ? 'met' : 'not-met';
  if (isOfAgesOn(person, { from: 0, below: 16 }, asAt, asAt) === 'yes') return 'met';
  if (isOfAgesOn(person, { from: 16, below: 19 }, asAt, asAt) === 'no') return 'not-met';
  if (person.restricted) return 'unknown';
  const inEducationOrUnemployed = isSo(input, person, anyOf(onASchoolRoll, outOfWorkBenefit));
  if (inEducationOrUnemployed !== 'none') return inEducationOrUnemployed === 'certain' ? 'met' : 'unknown';
  return isSo(input, person, employment) === 'certain' ? 'not-met' : 'unknown';
};

const isExpectant = (input: EvaluatorInput, person: Member): Answer => {
  const weight = isSo(input, person, expectingAChild);
  return weight === 'certain' ? 'met' : weight === 'doubtful' ? 'unknown' : 'not-met';
};

const isSo = (input: EvaluatorInput, person: Member, shows: (fact: FamilyFact) => boolean): Weight => {
  const asAt = dayOf(input.family.asAt);
  const weights = weighFacts(input, person, { ages: 'anybody', window: { from: asAt, to: asAt + 1 }, shows }).map(({ weight }) => weight);
  if (weights.includes('certain')) return 'certain';
  return weights.includes('doubtful') ? 'doubtful' : 'none';
};
