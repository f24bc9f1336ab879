import { outward, mailbox } from '../compare/compare-texts.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { forenameSound, surnameSound } from './name-sound.ts';

/**
 * One way of finding the people a row may be about. `rungs` go from broad to narrow: a key is written to the first rung
 * that is not full, and read from as many as are full and one more.
 */
export interface BlockingKey {
  readonly rule: string;
  readonly rungs: readonly string[];
}

/** So many keys at most stand for a row: each costs a read and, for a new person, a write. */
export const mostKeysPerRow = 16;

/** The keys of a cleaned row, the most telling first. Each takes two facts, so that no single wrong cell loses a person. */
export const blockingKeys = ({ values }: MatchRow): BlockingKey[] => {
  const keys: BlockingKey[] = [];
  const add = (rule: string, ...rungs: (string | undefined)[]): void => {
    if (keys.length >= mostKeysPerRow || rungs[0] === undefined) return;
    keys.push({ rule, rungs: rungs.flatMap((rung) => (rung === undefined ? [] : [`${rule}|${rung}`])) });
  };
  for (const field in values) if (field.startsWith('id:')) for (const value of values[field] ?? []) add(field, value);

  const forename = values['forename']?.[0];
  const date = values['birthDate']?.[0];
  const day = date === undefined || isPartial(date) ? undefined : dayEitherWay(date);
  const year = date === undefined || date.startsWith('0000') ? undefined : date.slice(0, 4);
  const postcode = values['postcode']?.[0];
  const address = values['address']?.[0];
  const locality = values['locality']?.[0];
  const heard = forename === undefined ? undefined : forenameSound(firstWord(forename));
  const initial = forename?.charAt(0);
  const home = values['uprn']?.[0] ?? address;

  for (const surname of values['surname'] ?? []) {
    const sound = surnameSound(surname);
    const pair = forename === undefined ? undefined : [forename, surname].toSorted().join(' ');
    add('surname-day', both(sound, day), both(sound, day, initial));
    add('names', pair, both(pair, year), both(pair, year, postcode ?? locality));
    add('surname-postcode', both(sound, postcode), both(sound, postcode, initial));
    add('surname-home', both(sound, home), both(sound, home, initial));
    add('surname-month-day', both(sound, date?.slice(4)), both(sound, date?.slice(4), initial));
    if (postcode === undefined || home === undefined) add('surname-locality', both(sound, locality), both(sound, locality, initial));
  }
  add('forename-day', both(heard, day), both(heard, day, values['sex']?.[0]));
  add('day-district', both(day, postcode === undefined ? undefined : outward(postcode)), both(day, postcode, initial));
  add('day-home', both(day, home));
  add('forename-home', both(heard, home));
  add('forename-postcode', both(heard, postcode), both(heard, postcode, year));
  for (const phone of values['phone'] ?? []) add('phone', phone);
  for (const email of values['email'] ?? []) {
    add('email', email);
    add('mailbox', mailbox(email));
  }
  if (postcode === undefined || home === undefined) {
    add('day-locality', both(day, locality));
    add('forename-locality', both(heard, year, locality));
  }
  for (const field in values) if (field.startsWith('other:')) add(`day-${field}`, both(day, values[field]?.[0]));
  return keys;
};

const both = (...parts: (string | undefined)[]): string | undefined => (parts.includes(undefined) ? undefined : parts.join('|'));

const firstWord = (name: string): string => {
  const space = name.indexOf(' ');
  return space === -1 ? name : name.slice(0, space);
};

const isPartial = (date: string): boolean => date.startsWith('0000') || date.startsWith('00', 4) || date.startsWith('00', 6);

/** The same for a date and for the date with day and month in each other's place. */
const dayEitherWay = (date: string): string => {
  const month = date.slice(4, 6);
  const day = date.slice(6, 8);
  return date.slice(0, 4) + (month < day ? month + day : day + month);
};
