import { ageInYears, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { FamilyPerson } from './family-person.ts';

/** Completed years, negative before birth; undefined where neither a birth date nor an expected one is known. */
export const ageOf = ({ birthDate, expectedBirthDate }: FamilyPerson, on: IsoDate): number | undefined => {
  if (birthDate !== undefined) return ageInYears(dayOf(birthDate), dayOf(on));
  return expectedBirthDate === undefined ? undefined : -1;
};

export const isUnborn = ({ birthDate, expectedBirthDate }: FamilyPerson): boolean =>
  birthDate === undefined && expectedBirthDate !== undefined;

/** Up to eighteen somebody can be a dependent child; whose parent lives elsewhere then matters to the family. */
export const mayBeDependent = (person: FamilyPerson, on: IsoDate): boolean => {
  const age = ageOf(person, on);
  return age !== undefined && age < 19;
};

/** The least years between a parent and a child for a name on the child's row to be taken for the parent. */
const leastYearsOfParent = 16;

/** Undefined where a birth date is missing. */
export const isOldEnoughToBeParentOf = (parent: FamilyPerson, child: FamilyPerson): boolean | undefined => {
  const born = child.birthDate ?? child.expectedBirthDate;
  if (parent.birthDate === undefined || born === undefined) return undefined;
  return ageInYears(dayOf(parent.birthDate), dayOf(born)) >= leastYearsOfParent;
};
