import { addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { FamilyPerson, Stay } from './family-person.ts';

const months = 12;
const yearAfter = (date: IsoDate): IsoDate => formatIsoDate(addMonths(dayOf(date), months));

const latest = (stays: readonly Stay[]): IsoDate => stays.reduce((last, { lastSeen }) => (lastSeen > last ? lastSeen : last), '');

/**
 * The stays that may still be so: standing ones, and those not older than a year against the person's latest. Measured
 * against the files, not against today, so that a family does not fall apart because nobody has sent a file.
 */
export const liveStays = ({ stays }: FamilyPerson): readonly Stay[] => {
  const last = latest(stays);
  return stays.filter(({ standing, lastSeen }) => standing || yearAfter(lastSeen) >= last);
};

export const isSameHome = (a: Pick<Stay, 'homes'>, b: Pick<Stay, 'homes'>): boolean => a.homes.some((key) => b.homes.includes(key));

/** Stays at one place, whatever the files knew of its address. */
const placesOf = (stays: readonly Stay[]): Stay[][] => {
  let places: Stay[][] = [];
  for (const stay of stays) {
    const same = places.filter((place) => place.some((each) => isSameHome(each, stay)));
    places = [...places.filter((place) => !same.includes(place)), [...same.flat(), stay]];
  }
  return places;
};

const firstKey = (place: readonly Stay[]): string => place.flatMap(({ homes }) => homes).toSorted()[0] ?? '';
const sightings = (place: readonly Stay[]): number => place.reduce((sum, stay) => sum + stay.sightings, 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One home for somebody seen at several: where most records put them, then the latest, then by key so that it is always the same. */
export const mainHome = (person: FamilyPerson): readonly Stay[] =>
  placesOf(liveStays(person).filter(({ homes }) => homes.length > 0)).toSorted(
    (a, b) => sightings(b) - sightings(a) || compare(latest(b), latest(a)) || compare(firstKey(a), firstKey(b)),
  )[0] ?? [];

/** Whether any of the person's live stays is at this place. */
export const isSeenAt = (person: FamilyPerson, place: readonly Stay[]): boolean =>
  liveStays(person).some((stay) => place.some((each) => isSameHome(each, stay)));

/** Whether two stays at one place were at the same time, give or take the year between two files. */
export const wereThereTogether = (a: Stay, b: Stay): boolean =>
  a.firstSeen <= yearAfter(b.lastSeen) && b.firstSeen <= yearAfter(a.lastSeen);
