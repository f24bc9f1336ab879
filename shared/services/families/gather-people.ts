import { crowdedAbove } from '../../domain/families/family.ts';
import type { RecordStore } from '../ingest/record-store.ts';
import type { FamilyRepository } from './family-repository.ts';
import type { Person } from './to-family-person.ts';

/** Read access to people as ingest keeps them. */
export type PeopleSource = Pick<RecordStore, 'readKeys' | 'readProfiles' | 'readRecords'>;

interface Ports {
  readonly people: PeopleSource;
  readonly families: Pick<FamilyRepository, 'findFamilies' | 'findHomes'>;
}

export interface Neighbourhood {
  readonly people: ReadonlyMap<string, Person>;
  /** Keys under which too many people stand to mean anything. */
  readonly crowded: ReadonlySet<string>;
  /** The family each of these people lives in so far. */
  readonly homes: ReadonlyMap<string, string>;
  /** People at the edge, whose own neighbours were not looked at: nothing is decided about them. */
  readonly edge: ReadonlySet<string>;
}

/** From somebody touched to the end of their families: child, other parent, that parent's household, and back. */
const mostSteps = 8;
const mostPeople = 1500;
const atOnce = 16;

/**
 * Everybody who can be in a family with these people, with what the records say of them. Each step asks for all of it
 * together, so that the number of requests does not grow with the number of families.
 */
export const gatherPeople = async ({ people, families }: Ports, personIds: readonly string[]): Promise<Neighbourhood> => {
  const gathered = new Map<string, Person>();
  const homes = new Map<string, string>();
  const crowded = new Set<string>();
  const askedKeys = new Set<string>();
  const askedFamilies = new Set<string>();
  const asked = new Set<string>();
  let next = [...new Set(personIds)];
  for (let step = 0; next.length > 0 && step < mostSteps && gathered.size < mostPeople; step++) {
    for (const id of next) asked.add(id);
    const [profiles, foundHomes] = await Promise.all([people.readProfiles(next), families.findHomes(next)]);
    const found = await inParallel(profiles, async (profile): Promise<Person> => {
      const records = await people.readRecords(profile.personId);
      return { profile, records: records.filter(({ status }) => status !== 'superseded') };
    });
    for (const person of found) gathered.set(person.profile.personId, person);
    for (const [personId, familyId] of foundHomes) homes.set(personId, familyId);
    const keys = found.flatMap(keysOf).filter((key) => !askedKeys.has(key));
    const familyIds = [...new Set(foundHomes.values())].filter((id) => !askedFamilies.has(id));
    for (const key of keys) askedKeys.add(key);
    for (const id of familyIds) askedFamilies.add(id);
    const [entries, held] = await Promise.all([people.readKeys([...new Set(keys)]), families.findFamilies(familyIds)]);
    const neighbours = new Set(
      found.flatMap(({ records }) => records.flatMap(({ relations }) => relations.map(({ toPersonId }) => toPersonId))),
    );
    for (const entry of entries) {
      if (entry.crowded || entry.persons.length > crowdedAbove) crowded.add(entry.key);
      else for (const id of [...entry.persons, ...entry.namedBy]) neighbours.add(id);
    }
    for (const { members } of held) for (const { personId } of members) neighbours.add(personId);
    next = [...neighbours].filter((id) => !asked.has(id));
  }
  // Whoever is known of but was not asked about stands at the edge, with everybody they would have been reached from.
  return { people: gathered, crowded, homes, edge: new Set(next) };
};

const keysOf = ({ profile }: Person): string[] => [
  ...profile.addresses.flatMap(({ households, namesAtAddress }) => [...households, ...namesAtAddress]),
  ...profile.contacts.flatMap(({ namesAtAddress }) => namesAtAddress),
];

export const inParallel = async <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce)
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  return results;
};
