import { addMonths, civilDate, dayNumber, formatIsoDate, type DayNumber, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { MemberEvidence } from '../eligibility/family-evidence.ts';

/** Whoever has no date of their own is looked at once a year. */
const mostMonths = 12;

/**
 * The first day after `asAt` on which a family has to be looked at again without anything new being known. `changesOn`: the
 * days on which the rules may answer differently, as the determinations name them. Besides, who belongs to a family and as
 * what hangs on ages: so every birthday of a member is such a day, and every day on which somebody is expected to be born.
 */
export const reassessmentDay = (
  asAt: IsoDate,
  members: readonly Pick<MemberEvidence, 'birthDate' | 'expectedBirthDate'>[],
  changesOn: readonly (IsoDate | undefined)[],
): IsoDate => {
  const today = dayOf(asAt);
  const days = [
    ...changesOn.map((day) => (day === undefined ? undefined : dayOf(day))),
    ...members.map(({ birthDate, expectedBirthDate }) => {
      if (birthDate !== undefined) return nextBirthday(dayOf(birthDate), today);
      return expectedBirthDate === undefined ? undefined : dayOf(expectedBirthDate);
    }),
  ];
  const latest = addMonths(today, mostMonths);
  return formatIsoDate(days.reduce<DayNumber>((first, day) => (day !== undefined && day > today && day < first ? day : first), latest));
};

/** The birth itself where it is to come. Born on 29 February: a year older on 1 March, as in `ageInYears`. */
const nextBirthday = (born: DayNumber, today: DayNumber): DayNumber | undefined => {
  if (born > today) return born;
  const { month, day } = civilDate(born);
  const { year } = civilDate(today);
  const inYear = (of: number): DayNumber | undefined => dayNumber(of, month, day) ?? dayNumber(of, 3, 1);
  return [inYear(year), inYear(year + 1)].find((each) => each !== undefined && each > today);
};
