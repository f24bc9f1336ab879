import type { MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { Foreseen } from '../weighing/foreseen.ts';
import type { HeldPeople, HeldPerson } from './held-people.ts';

type RecordName = Pick<PersonRecord, 'rowId' | 'subject' | 'status' | 'contentVersion'>;

/** Current and ended contents of a record take each other's place; earlier ones stand beside them. */
const nameOf = ({ rowId, subject, status, contentVersion }: RecordName): string =>
  JSON.stringify([rowId, subject, status === 'superseded' ? contentVersion : 'latest']);

/** People as they would be held, were the file taken in. */
export const foreseenPeople = (held: HeldPeople, { records, removed, profiles, keys }: Foreseen): HeldPeople => {
  const byKey = new Map(keys.map((entry) => [entry.key, entry]));
  const profileOf = new Map(profiles.map((profile) => [profile.personId, profile]));
  const put = Map.groupBy(records, ({ personId }) => personId);
  const gone = Map.groupBy(removed, ({ personId }) => personId);
  const withFile = (person: HeldPerson): HeldPerson => {
    const { personId } = person.profile;
    const own = new Map(person.records.map((record) => [nameOf(record), record]));
    for (const record of gone.get(personId) ?? []) own.delete(nameOf(record));
    for (const record of put.get(personId) ?? []) own.set(nameOf(record), record);
    return { ...person, profile: profileOf.get(personId) ?? person.profile, records: [...own.values()] };
  };
  return {
    readKeys: async (asked) => {
      const entries = new Map<string, MatchKeyEntry>((await held.readKeys(asked)).map((entry) => [entry.key, entry]));
      for (const key of asked) {
        const entry = byKey.get(key);
        if (entry !== undefined) entries.set(key, entry);
      }
      return [...entries.values()];
    },

    readPeople: async (personIds) => {
      const found = await held.readPeople(personIds);
      const known = new Set(found.map(({ profile }) => profile.personId));
      const made = [...new Set(personIds)].flatMap((personId): HeldPerson[] => {
        const profile = profileOf.get(personId);
        return profile === undefined || known.has(personId)
          ? []
          : [{ profile, records: [], home: undefined, familyIds: [], boundUntil: new Map() }];
      });
      return [...found, ...made].map(withFile);
    },
  };
};
