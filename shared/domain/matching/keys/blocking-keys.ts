import { mailbox } from '../compare/compare-texts.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { forenameSound, surnameSound } from './name-sound.ts';

/**
 * One way of finding the people a row may be about. `rungs` go from broad to narrow: a key is written to the first rung
 * that is not full; where one fills up, everybody in it moves to their next.
 */
export interface BlockingKey {
  readonly rule: string;
  readonly rungs: readonly string[];
}

/** So many keys at most stand for a row: each costs a read and, for a new person, a write. */
const mostKeysPerRow = 20;

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
  const home = values['uprn']?.[0] ?? numberAndStreet(values['address']?.[0]);
  const locality = values['locality']?.[0];
  const sex = values['sex']?.[0];
  const forename = values['forename']?.[0];
  const heard = forename === undefined ? undefined : forenameSound(firstWord(forename));
  const initial = forename?.charAt(0);
  const surnames = values['surname'] ?? [];

  for (const surname of surnames) {
    const sound = surnameSound(surname);
    add('surname-day', both(sound, day));
    add('names', inEitherOrder(heard, sound), year, postcode ?? locality);
    const initials = inEitherOrder(initial, surname.charAt(0));
    add('initials-year', both(initials, year), sex, locality);
    add('initials-month-day', both(initials, day?.slice(4)), sex);
  }
  add('forename-day', both(heard, day), sex);
  add('day', day, initial, postcode ?? home ?? locality);
  add('home', home, initial, year);
  for (const phone of values['phone'] ?? []) add('phone', phone, initial);
  for (const email of values['email'] ?? []) {
    add('email', email, initial);
    add('mailbox', mailbox(email), initial);
    add('mail-domain', email.slice(mailbox(email).length + 1) || undefined, initial, year);
  }
  for (const surname of surnames) {
    const sound = surnameSound(surname);
    add('surname-postcode', both(sound, postcode), initial, year);
    if (forename === undefined) add('surname-month-day', both(sound, day?.slice(4)));
    add('surname', sound, year, initial);
    if (postcode === undefined) add('surname-locality', both(sound, locality), initial, year);
  }
  add('year', year, date?.slice(4, 6), initial);
  add('forename-postcode', both(heard, postcode), year);
  if (postcode === undefined) add('forename-locality', both(heard, locality), year, sex);
  for (const field in values) {
    if (!field.startsWith('other:')) continue;
    const value = values[field]?.[0];
    add(`day-${field}`, both(day, value));
    add(`forename-${field}`, both(heard, value), year);
    // Where a file has neither names nor dates, whatever else it has must find people.
    if (forename === undefined && surnames.length === 0 && date === undefined) add(field, value);
  }
  return keys;
};

const both = (a: Part, b: Part): Part => (a === undefined || b === undefined ? undefined : `${a}|${b}`);

/** The same for both orders: forename and surname often stand in each other's place. */
const inEitherOrder = (a: Part, b: Part): Part => (a !== undefined && b !== undefined && b < a ? both(b, a) : both(a, b));

const firstWord = (name: string): string => {
  const space = name.indexOf(' ');
  return space === -1 ? name : name.slice(0, space);
};

/** The first number and the first word of an address: what comes behind is left out or mistyped in every second file. */
const numberAndStreet = (address: Part): Part => {
  if (address === undefined) return undefined;
  const words = address.split(' ');
  const street = words.find((word) => word.length > 2 && !startsWithDigit(word));
  const number = words.find(startsWithDigit);
  return street === undefined ? address : number === undefined ? street : `${number} ${street}`;
};

const startsWithDigit = (word: string): boolean => word.charCodeAt(0) >= 48 && word.charCodeAt(0) <= 57;

const isPartial = (date: string): boolean => date.startsWith('0000') || date.startsWith('00', 4) || date.startsWith('00', 6);

/** The same for a date and for the date with day and month in each other's place. */
const dayEitherWay = (date: string): string => {
  const month = date.slice(4, 6);
  const day = date.slice(6, 8);
  return date.slice(0, 4) + (month < day ? month + day : day + month);
};
