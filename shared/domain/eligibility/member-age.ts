import { birthday, dateKey, type DateKey } from '../calendar/date-key.ts';
import type { MemberEvidence } from './family-evidence.ts';
import type { Truth } from './kleene.ts';
import type { Ages } from './measure.ts';
import type { Criterion } from './rule-set.ts';

const own: Readonly<Record<Criterion['subject'], Ages>> = { child: { below: 18 }, adult: { from: 18 }, 'family-member': {} };

/** The ages a criterion is about. */
export const agesOf = ({ subject, ages }: Pick<Criterion, 'subject' | 'ages'>): Ages => ages ?? own[subject];

/** What is known of a person's age. */
export interface Born {
  /** Undefined where it is not known. */
  readonly birth: DateKey | undefined;
  readonly estimated: boolean;
  /** Not born by the day asked about, by an expected date or a birth date. */
  readonly unborn: boolean;
  readonly parent: boolean;
}

export const bornOf = (member: MemberEvidence, asAt: DateKey): Born => {
  const birth = member.birthDate === undefined ? NaN : dateKey(member.birthDate);
  const isKnown = !Number.isNaN(birth);
  const expected = member.expectedBirthDate === undefined ? NaN : dateKey(member.expectedBirthDate);
  return {
    birth: isKnown ? birth : undefined,
    estimated: isKnown && member.birthDateEstimated === true,
    unborn: (isKnown ? birth : expected) > asAt,
    parent: member.parent,
  };
};

/** Whether the life from `birth` on has a day in [from, to) at which it is of these ages. */
const passes = (birth: DateKey, ages: Ages, from: DateKey, to: DateKey): boolean => {
  const first = Math.max(birthday(birth, ages.from ?? 0), from);
  const end = ages.below === undefined ? to : Math.min(birthday(birth, ages.below), to);
  return first < end;
};

const aYear = 10_000;

/**
 * Whether a person is of these ages on any day of [from, to). Unknown where the birth date is, except that a parent without one is
 * taken for an adult; where it is an estimate, unless a year either way makes no difference. The unborn are of no age.
 */
export const isOfAgeWithin = ({ birth, estimated, unborn, parent }: Born, ages: Ages, from: DateKey, to: DateKey): Truth => {
  if ((ages.from === undefined && ages.below === undefined) || (ages.orUnborn === true && unborn)) return 'true';
  if (birth === undefined) {
    if (unborn) return 'false';
    if (!parent) return 'unknown';
    if ((ages.below ?? Infinity) <= 18) return 'false';
    return ages.below === undefined && (ages.from ?? 0) <= 18 ? 'true' : 'unknown';
  }
  const answer = passes(birth, ages, from, to);
  if (estimated && (passes(birth - aYear, ages, from, to) !== answer || passes(birth + aYear, ages, from, to) !== answer)) return 'unknown';
  return answer ? 'true' : 'false';
};

/** Whoever the person may be: of an estimated birth date, somebody born a year earlier, then, or a year later. */
export const possibleBirths = (born: Born, asAt: DateKey): readonly Born[] =>
  born.estimated && born.birth !== undefined
    ? [born.birth - aYear, born.birth, born.birth + aYear].map((birth) => ({
        ...born,
        birth: birthday(birth, 0),
        unborn: birth > asAt,
        estimated: false,
      }))
    : [];

/** Whether a person is of these ages on a day. */
export const isOfAge = (born: Born, ages: Ages, on: DateKey): Truth => isOfAgeWithin(born, ages, on, on + 1);

/** Completed years on a day; undefined where the birth date is not known. */
export const ageOn = ({ birth }: Born, on: DateKey): number | undefined =>
  birth === undefined ? undefined : Math.floor((on - birthday(birth, 0)) / aYear);
