import type { MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { RecordStore } from '../ingest/record-store.ts';

type Home = Pick<PersonProfile, 'addresses' | 'addressProtected'>;

/** The keys under which a home of theirs may be protected by a record about somebody else. */
export const protectedHomeKeysOf = ({ addresses }: Home): readonly string[] => addresses.flatMap(({ protectedHomes }) => protectedHomes);

/** Somebody's record says so: while such a record stands, its person stands under the key. */
export const isProtectedHome = ({ persons, crowded }: Pick<MatchKeyEntry, 'persons' | 'crowded'>): boolean => crowded || persons.length > 0;

/** Which homes of these people must not be known, whoever's record says so. One batch of reads. */
export const findProtectedHomes = async (
  { readKeys }: Pick<RecordStore, 'readKeys'>,
  profiles: readonly Home[],
): Promise<ReadonlySet<string>> => {
  const keys = [...new Set(profiles.flatMap(protectedHomeKeysOf))];
  if (keys.length === 0) return new Set();
  return new Set((await readKeys(keys)).filter(isProtectedHome).map(({ key }) => key));
};

/** Protection follows the place as well as the person: a record about them says so, or any record about a home of theirs. */
export const hasProtectedAddress = (profile: Home, protectedHomes: ReadonlySet<string>): boolean =>
  profile.addressProtected || protectedHomeKeysOf(profile).some((key) => protectedHomes.has(key));
