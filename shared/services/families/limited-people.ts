import { isWithin } from '../../domain/access/access.ts';
import type { FamilyPerson } from '../../domain/families/family-person.ts';
import { withKeys } from '../../domain/matching/match-keys.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { Neighbourhood } from './gather-people.ts';
import { hasProtectedAddress } from './protected-homes.ts';
import { toFamilyPerson, type Person } from './to-family-person.ts';

/** Somebody as the records of the standard class alone show them; undefined where there are none. */
const limitedPerson = ({ profile, records }: Person): Person | undefined => {
  const own = records.filter(({ accessClass }) => isWithin('limited', accessClass));
  const view = assembleView(own, profile.expiresOn);
  if (view.recordCount === 0) return undefined;
  const { personId, version, restriction } = profile;
  return {
    profile: { ...view, personId, version, ...(restriction !== undefined && { restriction }) },
    records: own,
  };
};

/** These people as the records of the standard class alone show them; who has none of those is left out. */
export const limitedPeople = (people: ReadonlyMap<string, Person>, personIds: readonly string[]): ReadonlyMap<string, Person> =>
  new Map(
    personIds.flatMap((personId): [string, Person][] => {
      const person = people.get(personId);
      const limited = person && limitedPerson(person);
      return limited === undefined ? [] : [[personId, limited]];
    }),
  );

/**
 * What families are built of when there are only records of the standard class. Protection is the exception: an address that
 * any record protects leads to nobody here either.
 */
export const limitedFamilyPeople = (
  { people, protectedHomes }: Pick<Neighbourhood, 'people' | 'protectedHomes'>,
  hash: KeyedHash,
  today: string,
): readonly FamilyPerson[] =>
  [...people.values()].flatMap((person): FamilyPerson[] => {
    const limited = limitedPerson(person);
    if (limited === undefined) return [];
    if (limited.records.length === person.records.length) return [toFamilyPerson(person, protectedHomes)];
    const { personId, version, addressProtected } = person.profile;
    const view = withKeys(hash, { ...limited.profile, addressProtected: addressProtected || limited.profile.addressProtected }, today);
    const shown = toFamilyPerson({ profile: { ...view, personId, version }, records: limited.records }, protectedHomes);
    return [{ ...shown, addressProtected: hasProtectedAddress(person.profile, protectedHomes) }];
  });
