import { ageInYears, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { SamplePerson } from './model.ts';
import { schoolYearStart } from './school-terms.ts';

/** Under 16, or 16 to 18 and not in work; an unborn child is none yet. */
export const isDependentChild = (person: SamplePerson, asOf: DayNumber): boolean => {
  if (person.unborn) return false;
  const age = ageInYears(person.birthDate, asOf);
  return age < 16 || (age < 19 && person.occupation !== 'employed');
};

/** The school year a pupil is in: Reception is 0, Year 13 is 13. */
export const yearGroupOf = (birthDate: DayNumber, on: DayNumber): number => schoolYearStart(on) - schoolYearStart(birthDate) - 5;
