import { mailbox } from '../compare/compare-texts.ts';
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
export const mostKeysPerRow = 20;

type Part = string | undefined;

/** The keys of a cleaned row, the most telling first. No single wrong cell loses a person: the keys take different facts. */
export const blockingKeys = ({ values }: MatchRow, most = mostKeysPerRow): BlockingKey[] => {
  const keys: BlockingKey[] = [];
  const add = (rule: string, first: Part, ...narrower: Part[]): void => {
    if (first === undefined || keys.length >= most) return;
    const rungs = [`${rule}|${first}`];
    for (const part of narrower) if (part !== undefined) rungs.push(`${rungs.at(-1) ?? ''}|${part}`);
    keys.push({ rule, rungs });
  };
  for (const field in values) if (field.startsWith('id:')) for (const value of values[field] ?? []) add(field, value);

  const date = values['birthDate']?.[0];
  const day = date === undefined || isPartial(date) ? undefined : dayEitherWay(date);
  const year = date === undefined || date.startsWith('0000') ? undefined : date.slice(0, 4);
  const postcode = values['postcode']?.[0];
  const home = values['uprn']?.[0] ?? values['address']?.[0];
  const locality = values['locality']?.[0];
  const sex = values['sex']?.[0];
  const forename = values['forename']?.[0];
  const heard = forename === undefined ? undefined : forenameSound(firstWord(forename));
  const initial = forename?.charAt(0);
  const surnames = (values['surname'] ?? []).map(surnameSound);

  for (const sound of surnames) {
    add('surname-day', both(sound, day));
    add('names', heard === undefined ? undefined : heard < sound ? `${heard}|${sound}` : `${sound}|${heard}`, year, postcode ?? locality);
  }
  add('forename-day', both(heard, day), sex);
  add('day', day, initial, home ?? postcode ?? locality);
  for (const phone of values['phone'] ?? []) add('phone', phone);
  for (const email of values['email'] ?? []) {
    add('email', email);
    add('mailbox', mailbox(email), initial);
    add('mail-domain', email.slice(mailbox(email).length + 1) || undefined, initial, year);
  }
  add('day-home', both(day, home));
  add('forename-home', both(heard, home));
  for (const sound of surnames) {
    add('surname-home', both(sound, home), initial);
    add('surname-postcode', both(sound, postcode), initial, year);
    add('surname-month-day', both(sound, day?.slice(4)), initial);
  }
  add('forename-postcode', both(heard, postcode), year);
  for (const sound of surnames) {
    add('surname-locality', both(sound, locality), initial, year);
    add('surname', sound, year, initial);
  }
  add('forename-year', both(heard, year), locality);
  add('forename-locality', both(heard, locality), year, sex);
  for (const field in values) {
    if (!field.startsWith('other:')) continue;
    const value = values[field]?.[0];
    add(`day-${field}`, both(day, value));
    add(`forename-${field}`, both(heard, value), year);
  }
  return keys;
};

const both = (a: Part, b: Part): Part => (a === undefined || b === undefined ? undefined : `${a}|${b}`);

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
