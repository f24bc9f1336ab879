import { isOfAgesOn, type Ages } from './ages.ts';
import { dayOf, readDay } from './days.ts';
import type { EvaluatorInput, FamilyFact, FamilyRecord, Member } from './evaluator-input.ts';
import { isTooOld, type Span } from './windows.ts';

const states = [
  'school-enrolment',
  'youth-justice-order',
  'out-of-work-benefit',
  'employment',
  'rent-arrears',
  'eviction-action',
  'homelessness-duty',
  'early-help-episode',
  'child-in-need',
  'child-protection-plan',
  'mental-health-need',
  'substance-misuse-need',
  'expecting-a-child',
];

/** What can be recorded of a child, or of a child's family, before the birth (reading rule 3). */
const mayComeBeforeBirth = [
  'early-help-episode',
  'child-in-need',
  'child-protection-plan',
  'homelessness-duty',
  'domestic-abuse',
  'child-health-concern',
  'expecting-a-child',
  'nominated-need',
];

export type Weight = 'certain' | 'doubtful' | 'none';

export interface Asked {
  readonly ages: Ages;
  readonly window: Span;
  readonly shows: (fact: FamilyFact) => boolean;
}

export interface Weighed {
  readonly fact: FamilyFact;
  readonly weight: Weight;
}

/** Whether it is recorded before its person was born, of a kind that cannot be. An estimated birth date proves nothing. */
export const comesBeforeBirth = (person: Member, fact: FamilyFact): boolean =>
  person.birthDate !== undefined &&
  person.birthDateEstimated !== true &&
  !mayComeBeforeBirth.includes(fact.kind) &&
  (readDay(fact.from) ?? Infinity) < dayOf(person.birthDate);

/** Reading rules 2 and 3, in the order in which a reader would put the questions. */
const weigh = (input: EvaluatorInput, person: Member, record: FamilyRecord, fact: FamilyFact, asked: Asked): Weight => {
  const { window } = asked;
  const isIn = (day: number): boolean => window.from <= day && day < window.to;
  const from = readDay(fact.from);
  const to = fact.to === undefined ? undefined : readDay(fact.to);
  if (from === undefined || (fact.to !== undefined && to === undefined)) return 'doubtful';
  if (to !== undefined && to <= from) return isIn(from) || isIn(to) ? 'doubtful' : 'none';

  const isState = states.includes(fact.kind);
  const ends = isState ? Math.min(to ?? Infinity, record.endedOn === undefined ? Infinity : dayOf(record.endedOn)) : (to ?? from + 1);
  if (!(from < window.to && window.from < ends)) return 'none';
  if (comesBeforeBirth(person, fact)) return 'doubtful';

  const isOfTheAges = isOfAgesOn(person, asked.ages, dayOf(input.family.asAt), Math.max(from, window.from));
  if (isOfTheAges === 'no') return 'none';
  if (isOfTheAges === 'unknown') return 'doubtful';
  return isState && ends === Infinity && isTooOld(input, record) ? 'doubtful' : 'certain';
};

/** The person's facts of the kind asked for, each with what it is worth. Nothing of a restricted person is looked at. */
export const weighFacts = (input: EvaluatorInput, person: Member, asked: Asked): readonly Weighed[] =>
  person.restricted
    ? []
    : person.records.flatMap((record) =>
        record.facts.filter(asked.shows).map((fact) => ({ fact, weight: weigh(input, person, record, fact, asked) })),
      );
