import { areNamesAlike } from '../compare/compare-names.ts';
import type { MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { notComparableLevel, type FieldEvidence } from '../scoring/explain-score.ts';

/** Why a score alone must not join a row to a person. */
export type Guard =
  'twin-or-sibling' | 'namesake-of-another-age' | 'identifier-conflict' | 'identifier-alone' | 'too-little-known' | 'cannot-link';

type Levels = ReadonlyMap<string, string>;

/** Which guards stand between a row and a person, from the strongest agreement in each field. */
export const guardsBetween = (row: MatchRow, person: MatchPerson, fields: readonly FieldEvidence[], hasFamilies: boolean): Guard[] => {
  const levels: Levels = new Map(fields.map(({ field, level }) => [field, level]));
  const guards: Guard[] = [];
  if (hasFamilies && isTwinOrSibling(row, person, levels)) guards.push('twin-or-sibling');
  if (hasFamilies && isNamesakeOfAnotherAge(row, person, levels)) guards.push('namesake-of-another-age');
  if (conflictingIdentifiers.some((field) => (levels.get(field) ?? 'same') !== 'same') || hasOtherOwnNumber(levels))
    guards.push('identifier-conflict');
  if (isIdentifierAlone(row, person, levels)) guards.push('identifier-alone');
  if (isTooLittle(levels)) guards.push('too-little-known');
  return guards;
};

/** Identifiers with a check that a person has one of: two that differ are two people or a mistake. */
const conflictingIdentifiers = ['id:nhs-number', 'id:upn'];

/** One agency has two numbers for the two; an official number that agrees says that it entered somebody twice. */
const hasOtherOwnNumber = (levels: Levels): boolean =>
  !hasSameIdentifier(levels) && [...levels].some(([field, level]) => field.startsWith('own:') && level === 'different');

const known = (levels: Levels, field: string): string => levels.get(field) ?? 'unknown';

const sameName = new Set(['same', 'short-form', 'part', 'close', 'similar', 'initial', 'crossed']);
/** Surnames that tell nothing (Kaur, Begum) keep nobody's brothers and sisters apart. */
const maybeSameName = new Set([...sameName, notComparableLevel]);
const sameDay = new Set(['same', 'day-month-swapped', 'one-slip', 'two-parts', 'known-parts']);
const sameHome = new Set(['same', 'close']);

/** Forenames that are unlike, with surname and either birth date or home alike: two children of one family. */
const isTwinOrSibling = (row: MatchRow, person: MatchPerson, levels: Levels): boolean => {
  if (hasSameIdentifier(levels)) return false;
  if (known(levels, 'forename') !== 'different' || !maybeSameName.has(known(levels, 'surname'))) return false;
  if (!sameDay.has(known(levels, 'birthDate')) && !livesTogether(levels)) return false;
  return !usesMiddleName(row, person);
};

const livesTogether = (levels: Levels): boolean => sameHome.has(known(levels, 'address')) || known(levels, 'uprn') === 'same';

/** Known by the middle name: one side's forename is among the other's middle names. */
const usesMiddleName = (row: MatchRow, person: MatchPerson): boolean =>
  sharesName(row.values['forename'], person.values['middleNames']) || sharesName(person.values['forename'], row.values['middleNames']);

const sharesName = (names: readonly string[] | undefined, middleNames: readonly string[] | undefined): boolean =>
  names !== undefined &&
  middleNames !== undefined &&
  middleNames.some((middle) => middle.split(' ').some((word) => word.length > 2 && names.includes(word)));

const parentsAge = 12;

/** Parent and child of one name at one home. */
const isNamesakeOfAnotherAge = (row: MatchRow, person: MatchPerson, levels: Levels): boolean => {
  if (
    hasSameIdentifier(levels) ||
    known(levels, 'birthDate') !== 'different' ||
    !sameName.has(known(levels, 'forename')) ||
    !maybeSameName.has(known(levels, 'surname'))
  )
    return false;
  if (!livesTogether(levels)) return false;
  const year = Number(row.values['birthDate']?.[0]?.slice(0, 4));
  const years = (person.values['birthDate'] ?? []).map((date) => Number(date.slice(0, 4)));
  return year > 0 && years.length > 0 && years.every((other) => other > 0 && Math.abs(other - year) >= parentsAge);
};

/** An identifier links nobody unless the birth date or a name agrees: a mother's number stands on her baby's row. */
const isIdentifierAlone = (row: MatchRow, person: MatchPerson, levels: Levels): boolean =>
  [...levels].some(([field, level]) => field.startsWith('id:') && level === 'same') &&
  !sameDay.has(known(levels, 'birthDate')) &&
  !sameName.has(known(levels, 'forename')) &&
  !sameName.has(known(levels, 'surname')) &&
  !sharesAnyName(row, person);

/** Also where forename and surname stand in each other's place. */
const sharesAnyName = (row: MatchRow, person: MatchPerson): boolean => {
  const held = [...(person.values['forename'] ?? []), ...(person.values['surname'] ?? [])];
  return [...(row.values['forename'] ?? []), ...(row.values['surname'] ?? [])].some((name) =>
    held.some((other) => areNamesAlike(name, other)),
  );
};

/** To the letter: numbers are given out in sequence, so that those of children who are registered together are alike. */
const hasSameIdentifier = (levels: Levels): boolean => [...levels].some(([field, level]) => field.startsWith('id:') && level === 'same');

/** Nothing of name, birth date, contact or identifier agrees: sharing a home or a town is not being one person. */
const isTooLittle = (levels: Levels): boolean =>
  ![...levels].some(([field, level]) => level !== 'different' && level !== notComparableLevel && tellsPeopleApart(field));

const tellsPeopleApart = (field: string): boolean =>
  ['forename', 'surname', 'birthDate', 'phone', 'email'].includes(field) || field.startsWith('id:');
