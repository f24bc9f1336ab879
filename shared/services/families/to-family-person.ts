import type { FamilyPerson, Relation, Stay } from '../../domain/families/family-person.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import { hasProtectedAddress } from './protected-homes.ts';

/** A person with everything the records say, as families are built and determined from. */
export interface Person {
  readonly profile: PersonProfile;
  /** Current and ended ones; what came instead of others counts, what was replaced does not. */
  readonly records: readonly PersonRecord[];
}

/** The newest birth date that is not an estimate, else the newest. */
export const birthDateOf = ({ birthDates }: Pick<PersonProfile, 'birthDates'>): string | undefined =>
  (birthDates.find(({ estimated }) => !estimated) ?? birthDates[0])?.date;

/** All that is known of it was worked out from a stated age. */
export const isBirthDateEstimated = ({ birthDates }: Pick<PersonProfile, 'birthDates'>): boolean =>
  birthDates.length > 0 && birthDates.every(({ estimated }) => estimated);

export const expectedBirthDateOf = (profile: Pick<PersonProfile, 'birthDates' | 'expectedBirthDates'>): string | undefined =>
  birthDateOf(profile) === undefined ? profile.expectedBirthDates[0]?.date : undefined;

/** A parent stays a parent when a file no longer says so; who shared a home once does not go on doing so. */
const relationsOf = (records: readonly PersonRecord[]): Relation[] =>
  records.flatMap(({ relations, status, periodStart }) =>
    relations
      .filter(({ relation }) => status === 'current' || relation === 'parent-or-carer-of' || relation === 'child-of')
      .map(({ toPersonId, relation }) => ({ toPersonId, relation, since: periodStart })),
  );

export const toFamilyPerson = ({ profile, records }: Person, protectedHomes: ReadonlySet<string>): FamilyPerson => ({
  personId: profile.personId,
  birthDate: birthDateOf(profile),
  expectedBirthDate: expectedBirthDateOf(profile),
  addressProtected: hasProtectedAddress(profile, protectedHomes),
  // A postcode alone is no home.
  stays: profile.addresses
    .filter(({ homes }) => homes.length > 0)
    .map(({ homes, households, from, to, lastSeenOn, sightings }): Stay => ({
      homes,
      households,
      firstSeen: from,
      lastSeen: lastSeenOn,
      standing: to === undefined,
      sightings,
    })),
  namesAtAddress: profile.addresses.flatMap(({ namesAtAddress }) => namesAtAddress),
  relations: relationsOf(records),
  contacts: profile.contacts.map(({ namesAtAddress, lastSeenOn }) => ({ nameAtAddress: namesAtAddress, since: lastSeenOn })),
});
