import type { SearchCriteria } from '../../contracts/http/people-routes.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { readNhsNumber } from '../../domain/identifiers/nhs-number.ts';
import { readNino } from '../../domain/identifiers/nino.ts';
import { readUpn } from '../../domain/identifiers/upn.ts';
import type { Ladder } from '../../domain/matching/keys/stored-blocks.ts';
import { nhsKey, ninoKey, searchLadders, upnKey } from '../../domain/matching/match-keys.ts';
import { foldFullName } from '../../domain/names/fold-name.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { IdentifierType, ProfileView } from '../../domain/people/person-profile.ts';
import { Refusal } from '../refusal.ts';

/** Where to look, and who is meant by it. */
export interface SearchPlan {
  /** Nothing where nobody can stand: a placeholder for a name, a default date. */
  readonly ladders: readonly Ladder[];
  readonly isMeant: (view: Pick<ProfileView, 'identifiers' | 'names' | 'birthDates'>) => boolean;
}

/** Throws the refusal `invalid-request` for an identifier that cannot be one, without repeating it. */
export const readCriteria = (hash: KeyedHash, criteria: SearchCriteria): SearchPlan => {
  if (!('identifier' in criteria)) return byNameAndBirthDate(hash, criteria);
  const { type, value } = criteria.identifier;
  switch (type) {
    case 'nhs-number': {
      const reading = readNhsNumber(value);
      if (!reading.ok) throw notAnIdentifier('nhs-number', 'It is not an NHS number: ten digits, the last of which is a check digit.');
      return byIdentifier(nhsKey(hash, reading.value), ['nhs-number'], reading.value);
    }
    case 'upn': {
      const reading = readUpn(value);
      if (!reading.ok)
        throw notAnIdentifier('upn', 'It is not a unique pupil number: 13 characters, the first of which is a check letter.');
      return byIdentifier(upnKey(hash, reading.value), ['upn', 'former-upn'], reading.value);
    }
    case 'nino': {
      const reading = readNino(value);
      if (!reading.ok)
        throw notAnIdentifier('nino', 'It is not a National Insurance number: two letters, six digits and a letter from A to D.');
      return byIdentifier(ninoKey(hash, reading.value), ['nino'], reading.value);
    }
  }
};

const byIdentifier = (key: string, types: readonly IdentifierType[], value: string): SearchPlan => ({
  ladders: [[key]],
  isMeant: ({ identifiers }) => identifiers.some((held) => types.includes(held.type) && held.value === value),
});

const byNameAndBirthDate = (hash: KeyedHash, person: { forename: string; surname: string; birthDate: string }): SearchPlan => {
  const wanted = foldFullName(person.forename, person.surname);
  return {
    ladders: searchLadders(hash, person),
    isMeant: ({ names, birthDates }) =>
      birthDates.some(({ date }) => date === person.birthDate) &&
      names.some(({ forename, surname }) => forename !== undefined && surname !== undefined && foldFullName(forename, surname) === wanted),
  };
};

const notAnIdentifier = (type: string, message: string): Refusal => {
  const error: FieldError = {
    pointer: '/body/identifier/value',
    code: `${type}-not-valid`,
    message,
    fix: 'Check it against the letter or record you have it from.',
  };
  return new Refusal('invalid-request', { errors: [error] });
};
