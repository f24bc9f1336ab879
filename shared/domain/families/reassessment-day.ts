import { addDays, addMonths, civilDate, dayNumber, formatIsoDate, type DayNumber, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { CoveredPeriod, FamilyEvidence } from '../eligibility/family-evidence.ts';

/** No look-back of a programme rule is longer. */
export const longestLookBackMonths = 36;
/** Completed years up to which an age at some day of a look-back can matter: rules ask about ages up to 25. */
const agesMatterUpTo = 25 + longestLookBackMonths / 12;
/** Whoever has no date of their own is looked at once a year. */
const mostMonths = 12;

/** The rules that bear on dates, and the files that have come. */
export interface DatedRules {
  readonly coverage: readonly CoveredPeriod[];
  /** Whether something about the family is open that this feed could answer: days that its files leave out then matter. */
  readonly isOpen: (feed: CoveredPeriod['feed']) => boolean;
  /** Days that a feed's newest file may be behind before it no longer counts as known. */
  readonly daysBehind: (feed: CoveredPeriod['feed']) => number;
  /** First days after school terms. */
  readonly termEnds: readonly IsoDate[];
  /** Days on which rules begin or end. */
  readonly ruleDates: readonly (IsoDate | undefined)[];
}

/**
 * The first day after `asAt` on which what is known about a family can be answered differently without anything new being
 * known: somebody has a birthday or is born, a day of their evidence leaves a look-back, a term is over, a feed's newest
 * file has become too old, rules change. It errs on the early side: look-backs are whole months (or terms), so every monthly
 * return of a day is taken for one on which a look-back may lose it. Somebody has a reason to look; the answer may stay.
 */
export const reassessmentDay = ({ asAt, members }: FamilyEvidence, rules: DatedRules): IsoDate => {
  const today = dayOf(asAt);
  let next = addMonths(today, mostMonths);
  const consider = (day: DayNumber | undefined): void => {
    if (day !== undefined && day > today && day < next) next = day;
  };
  const leavesLookBack = (end: DayNumber): void => consider(nextLoss(end, today));
  for (const member of members) {
    if (member.birthDate === undefined && member.expectedBirthDate !== undefined) consider(dayOf(member.expectedBirthDate));
    if (member.birthDate !== undefined) {
      const born = dayOf(member.birthDate);
      consider(born);
      consider(nextBirthday(born, today));
      for (let age = 1; age <= agesMatterUpTo; age += 1) leavesLookBack(addMonths(born, 12 * age));
    }
    for (const { feed, periodEnd, endedOn, facts } of member.records) {
      consider(addDays(dayOf(periodEnd), rules.daysBehind(feed) + 1));
      const ends = endedOn === undefined ? [] : [dayOf(endedOn)];
      for (const { from, to } of facts) {
        const began = dayOf(from);
        consider(began);
        // An event of one day ends with it.
        ends.push(addDays(began, 1));
        if (to !== undefined) ends.push(dayOf(to));
      }
      for (const end of ends) {
        consider(end);
        leavesLookBack(end);
      }
    }
  }
  for (const { feed, from, to } of rules.coverage) {
    consider(addDays(dayOf(to), rules.daysBehind(feed)));
    // What came before it is a gap; it is looked at until it has left the look-back.
    if (rules.isOpen(feed)) leavesLookBack(dayOf(from));
  }
  for (const end of rules.termEnds) consider(addDays(dayOf(end), -1));
  for (const date of rules.ruleDates) if (date !== undefined) consider(dayOf(date));
  return formatIsoDate(next);
};

/**
 * The first day after `today` on which some look-back of whole months no longer reaches what ended before `end`; undefined
 * where none can reach it any more. A look-back of m months from a day begins m months before the day after it.
 */
const nextLoss = (end: DayNumber, today: DayNumber): DayNumber | undefined => {
  // Fewer months than that end before today.
  const first = Math.max(1, Math.floor((today - end) / 31));
  for (let months = first; months <= longestLookBackMonths; months += 1) {
    let dayAfter = addMonths(end, months);
    // A short month sends several days to the same one.
    while (addMonths(dayAfter, -months) < end) dayAfter = addDays(dayAfter, 1);
    if (dayAfter - 1 > today) return addDays(dayAfter, -1);
  }
  return undefined;
};

/** Born on 29 February: a year older on 1 March, as in `ageInYears`. */
const nextBirthday = (born: DayNumber, today: DayNumber): DayNumber | undefined => {
  const { month, day } = civilDate(born);
  const { year } = civilDate(today);
  const inYear = (of: number): DayNumber | undefined => dayNumber(of, month, day) ?? dayNumber(of, 3, 1);
  return [inYear(year), inYear(year + 1)].find((each) => each !== undefined && each > today);
};
