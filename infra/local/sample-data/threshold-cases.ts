import { addDays, addMonths, ageInYears, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { SampleFamily, SamplePerson } from './model.ts';
import type { PlannedNeed } from './needs.ts';
import type { Random } from './random.ts';

/** A family whose heading hangs on a rule's exact limit. */
export const thresholdCases = [
  'absence-exactly-ten-percent',
  'absence-one-session-over-ten-percent',
  'two-suspensions',
  'three-suspensions',
  'third-suspension-before-the-last-three-terms',
  'incident-twelve-months-ago-to-the-day',
  'incident-on-the-first-day-of-the-twelve-months',
  'incident-on-the-day-itself',
] as const;
export type ThresholdCase = (typeof thresholdCases)[number];

/** Every so many families one is given a case, in turn. */
const interval = 16;

const isSchoolCase = (name: ThresholdCase): boolean => !name.startsWith('incident');

export interface AssignedThreshold {
  readonly name: ThresholdCase;
  readonly person: SamplePerson;
}

/** Gives out the cases in turn, to families that can have them. A family with a case has no other need of that heading. */
export const thresholdAssigner = (
  asOf: DayNumber,
): ((random: Random, family: SampleFamily, index: number) => AssignedThreshold | undefined) => {
  let given = 0;
  let due = 0;
  return (random, family, index) => {
    if (index % interval === 0) due += 1;
    if (given >= due || ['refuge', 'sealed-identity', 'shared-address'].includes(family.structure)) return undefined;
    const name = thresholdCases[given % thresholdCases.length];
    if (name === undefined) return undefined;
    const people = family.members.filter(({ person, role, resident }) => {
      const age = ageInYears(person.birthDate, asOf);
      return isSchoolCase(name)
        ? role === 'child' && person.occupation === 'school' && age >= 8 && age <= 15
        : resident && role === 'parent' && age >= 20;
    });
    if (people.length === 0) return undefined;
    given += 1;
    return { name, person: random.pick(people).person };
  };
};

const educationNeeds = ['unauthorised-absence', 'suspensions', 'permanent-exclusion'];
const crimeNeeds = ['youth-offence', 'antisocial-behaviour'];

/** The plan without what would decide the case's heading some other way. */
export const withoutRivals = (needs: readonly PlannedNeed[], threshold: AssignedThreshold | undefined): readonly PlannedNeed[] => {
  if (threshold === undefined) return needs;
  const rivals = isSchoolCase(threshold.name) ? educationNeeds : crimeNeeds;
  return needs.filter(({ need }) => !rivals.includes(need));
};

/** The day of an incident case; see the rule's window: twelve months up to and including the day asked about. */
export const incidentDay = (name: ThresholdCase, asOf: DayNumber): DayNumber | undefined => {
  if (name === 'incident-twelve-months-ago-to-the-day') return addMonths(asOf, -12);
  if (name === 'incident-on-the-first-day-of-the-twelve-months') return addMonths(addDays(asOf, 1), -12);
  return name === 'incident-on-the-day-itself' ? asOf : undefined;
};
