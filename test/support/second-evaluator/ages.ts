import { birthday, dayOf, isoOf } from './days.ts';
import type { Member } from './evaluator-input.ts';

/** Completed years from `from` up to but not including `below`, and those not yet born if it says so; `anybody` asks for no age. */
export type Ages = 'anybody' | { readonly from: number; readonly below: number; readonly orUnborn?: true };

export const child = { from: 0, below: 18 };
export const childOrUnborn: Ages = { ...child, orUnborn: true };
export const adult: Ages = { from: 18, below: Infinity };

export type YesNo = 'yes' | 'no' | 'unknown';

/** Somebody expected who is not born by the day asked about. */
const isExpected = (person: Member, asAt: number): boolean =>
  person.birthDate === undefined && person.expectedBirthDate !== undefined && dayOf(person.expectedBirthDate) > asAt;

/** Not born by the day asked about, whether that is known from an expected birth date or from a birth date. */
export const isUnborn = (person: Member, asAt: number): boolean =>
  isExpected(person, asAt) || (person.birthDate !== undefined && dayOf(person.birthDate) > asAt);

/** Reading rule 2, without a birth date: a parent is an adult, the unborn have no age, everybody else may be of any. */
const withoutBirthDate = (person: Member, ages: Exclude<Ages, 'anybody'>, asAt: number): YesNo => {
  if (isExpected(person, asAt)) return 'no';
  if (!person.parent) return 'unknown';
  if (ages.from <= 18 && ages.below === Infinity) return 'yes';
  return ages.below <= 18 ? 'no' : 'unknown';
};

/** Whether the person is of these ages on one of the days from `from` up to but not including `to`. */
export const isOfAges = (person: Member, ages: Ages, asAt: number, { from, to }: { from: number; to: number }): YesNo => {
  if (ages === 'anybody') return 'yes';
  if (ages.orUnborn && isUnborn(person, asAt)) return 'yes';
  if (person.birthDate === undefined) return withoutBirthDate(person, ages, asAt);
  const born = dayOf(person.birthDate);
  return birthday(born, ages.from) < to && from < birthday(born, ages.below) ? 'yes' : 'no';
};

export const isOfAgesOn = (person: Member, ages: Ages, asAt: number, day: number): YesNo =>
  isOfAges(person, ages, asAt, { from: day, to: day + 1 });

/** Reading rule 2: an estimated birth date stands for itself and for twelve months either way. */
const possiblePersons = (person: Member): readonly Member[] => {
  const { birthDate } = person;
  if (birthDate === undefined || person.birthDateEstimated !== true) return [person];
  return [-1, 0, 1].map((years) => ({ ...person, birthDate: isoOf(birthday(dayOf(birthDate), years)) }));
};

/** The answer that holds whichever of the possible birth dates is right, or unknown. */
export const whateverTheBirthDate = <Answer extends string | undefined>(
  person: Member,
  answer: (person: Member) => Answer,
): Answer | 'unknown' => {
  const answers: readonly (Answer | 'unknown')[] = possiblePersons(person).map(answer);
  return answers.reduce((a, b) => (a === b ? a : 'unknown'));
};
