import { ageInYears, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf, daysLater } from '../calendar/days.ts';
import type { MemberEvidence } from './family-evidence.ts';
import type { Truth } from './kleene.ts';
import type { Ages, Criterion } from './rule-set.ts';

const own: Readonly<Record<Criterion['subject'], Ages>> = { child: { below: 18 }, adult: { from: 18 }, 'family-member': {} };

/** The ages a criterion is about. */
export const agesOf = ({ subject, ages }: Pick<Criterion, 'subject' | 'ages'>): Ages => ages ?? own[subject];

type Born = Pick<MemberEvidence, 'birthDate' | 'expectedBirthDate' | 'parent'>;

/**
 * Whether a person is of these ages on a day; unknown where the birth date is, except that a parent without one is taken
 * for an adult. The unborn are of no age.
 */
export const isOfAge = (member: Born, ages: Ages, on: IsoDate): Truth => {
  if (ages.from === undefined && ages.below === undefined) return 'true';
  if (member.birthDate === undefined) {
    if (member.expectedBirthDate !== undefined) return 'false';
    if (!member.parent) return 'unknown';
    return (ages.below ?? Infinity) <= 18 ? 'false' : (ages.from ?? 0) <= 18 ? 'true' : 'unknown';
  }
  if (member.birthDate > on) return 'false';
  const age = ageInYears(dayOf(member.birthDate), dayOf(on));
  return age >= (ages.from ?? 0) && age < (ages.below ?? Infinity) ? 'true' : 'false';
};

/** Whether a person is of these ages on any day of a window (`to` outside): at its start, at its end, or between. */
export const isOfAgeWithin = (member: Born, ages: Ages, window: { from: IsoDate; to: IsoDate }): Truth => {
  const first = isOfAge(member, ages, window.from);
  if (first !== 'false') return first;
  const lastDay = daysLater(window.to, -1);
  const last = isOfAge(member, ages, lastDay);
  if (last !== 'false' || member.birthDate === undefined) return last;
  // Younger at the start and older at the end: the ages were passed through in between.
  const youngerFirst = member.birthDate > window.from || ageInYears(dayOf(member.birthDate), dayOf(window.from)) < (ages.from ?? 0);
  const olderLast = member.birthDate <= lastDay && ageInYears(dayOf(member.birthDate), dayOf(lastDay)) >= (ages.below ?? Infinity);
  return youngerFirst && olderLast ? 'true' : 'false';
};
