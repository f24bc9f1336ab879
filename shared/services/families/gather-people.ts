import { isHeldKey } from '../../domain/matching/match-key-entry.ts';
import { crowdedAbove, everybodyIn } from '../../domain/families/family.ts';
import type { FamilyRepository } from './family-repository.ts';
import type { HeldPeople, HeldPerson } from './held-people.ts';
import { isProtectedHome, protectedHomeKeysOf } from './protected-homes.ts';

interface Ports {
  readonly people: HeldPeople;
  readonly families: Pick<FamilyRepository, 'findFamilies'>;
}

export interface Neighbourhood {
  readonly people: ReadonlyMap<string, HeldPerson>;
  /** Keys under which too many people stand to mean anything. */
  readonly crowded: ReadonlySet<string>;
  /** Keys of homes whose address must not be known. */
  readonly protectedHomes: ReadonlySet<string>;
  /** People at the edge, whose own neighbours were not looked at: nothing is decided about them. */
  readonly edge: ReadonlySet<string>;
}

/** From somebody touched to the end of their families: child, other parent, that parent's household, and back. */
const mostSteps = 8;
const mostPeople = 1500;

/**
 * Everybody who can be in a family with these people, with what the records say of them. Each step asks for all of it
 * together, so that the number of requests does not grow with the number of families.
 */
export const gatherPeople = async ({ people, families }: Ports, personIds: readonly string[]): Promise<Neighbourhood> => {
  const gathered = new Map<string, HeldPerson>();
  const crowded = new Set<string>();
  const protectedHomes = new Set<string>();
  const askedKeys = new Set<string>();
  const askedFamilies = new Set<string>();
  const asked = new Set<string>();
  let next = [...new Set(personIds)];
  for (let step = 0; next.length > 0 && step < mostSteps && gathered.size < mostPeople; step++) {
    for (const id of next) asked.add(id);
    const found = await people.readPeople(next);
    for (const person of found) gathered.set(person.profile.personId, person);
    const homes = new Set(found.flatMap(({ profile }) => protectedHomeKeysOf(profile)));
    const keys = [...found.flatMap(keysOf), ...homes].filter((key) => !askedKeys.has(key));
    const familyIds = [...new Set(found.flatMap((person) => person.familyIds))].filter((id) => !askedFamilies.has(id));
    for (const key of keys) askedKeys.add(key);
    for (const id of familyIds) askedFamilies.add(id);
    const [entries, held] = await Promise.all([people.readKeys([...new Set(keys)]), families.findFamilies(familyIds)]);
    const neighbours = new Set(
      found.flatMap(({ records }) => records.flatMap(({ relations }) => relations.map(({ toPersonId }) => toPersonId))),
    );
    for (const entry of entries) {
      if (homes.has(entry.key)) {
        // It leads to nobody: nothing is inferred from such a home.
        if (isProtectedHome(entry)) protectedHomes.add(entry.key);
      } else if (entry.crowded || entry.persons.length > crowdedAbove) crowded.add(entry.key);
      else for (const id of [...entry.persons, ...entry.namedBy]) neighbours.add(id);
    }
    for (const family of held) for (const personId of everybodyIn(family)) neighbours.add(personId);
    next = [...neighbours].filter((id) => !asked.has(id));
  }
  // Whoever is known of but was not asked about stands at the edge, with everybody they would have been reached from.
  return { people: gathered, crowded, protectedHomes, edge: new Set(next) };
};

const keysOf = ({ profile }: HeldPerson): string[] => [
  ...profile.addresses.flatMap(({ households, namesAtAddress }) => [...households.filter(isHeldKey), ...namesAtAddress]),
  ...profile.contacts.flatMap(({ namesAtAddress }) => namesAtAddress),
];
