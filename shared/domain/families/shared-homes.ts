import { ageInYears, type DayNumber, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import { isSharedHomeKey } from '../matching/match-keys.ts';
import type { FamilyPerson, Stay } from './family-person.ts';

/** People of more surnames than this at one address are no household: a hostel, a shared house. */
export const mostSurnamesOfHome = 4;

const leastParentGap = 15;
const mostParentGap = 50;
const childUpTo = 18;

/** Who comes within so many days of somebody else comes with them. */
const movingTogetherDays = 90;

/**
 * Whether two people who are at one home at one time have anything else in common that makes them a household: one is a
 * child and the other of an age to be the parent, or they came together, one of them a child.
 */
export const haveMoreInCommon = (a: FamilyPerson, stayA: Stay, b: FamilyPerson, stayB: Stay): boolean => {
  if (stayA.firstSeen > stayB.lastSeen || stayB.firstSeen > stayA.lastSeen) return false;
  const together = stayA.firstSeen > stayB.firstSeen ? stayA.firstSeen : stayB.firstSeen;
  const bornA = bornOn(a);
  const bornB = bornOn(b);
  if (bornA === undefined || bornB === undefined) return false;
  const on = dayOf(together);
  const [older, younger] = bornA <= bornB ? [bornA, bornB] : [bornB, bornA];
  if (ageInYears(younger, on) > childUpTo) return false;
  const gap = ageInYears(older, younger);
  if (gap >= leastParentGap && gap <= mostParentGap) return true;
  return Math.abs(dayOf(stayA.firstSeen) - dayOf(stayB.firstSeen)) <= movingTogetherDays;
};

const bornOn = ({ birthDate, expectedBirthDate }: FamilyPerson): DayNumber | undefined => {
  const date: IsoDate | undefined = birthDate ?? expectedBirthDate;
  return date === undefined ? undefined : dayOf(date);
};

/** How many families of different names are under a key: people who share a surname there count as one. */
export const surnamesUnder = (key: string, people: readonly FamilyPerson[]): number => {
  const names: Set<string>[] = [];
  for (const { stays } of people) {
    const own = new Set(
      stays
        .filter(({ households }) => households.includes(key))
        .flatMap(({ households }) => households.filter((each) => !isSharedHomeKey(each))),
    );
    if (own.size === 0) continue;
    const same = names.filter((each) => !each.isDisjointFrom(own));
    for (const each of same) for (const one of each) own.add(one);
    names.splice(0, names.length, ...names.filter((each) => !same.includes(each)), own);
  }
  return names.length;
};
