import type { IsoDate } from '../calendar/calendar-date.ts';
import { isOldEnoughToBeParentOf } from './ages.ts';
import type { Basis } from './family.ts';
import type { FamilyPerson, Stay } from './family-person.ts';
import { isSharedHomeKey } from '../matching/match-keys.ts';
import { isSameHome, isSeenAt, liveStays, mainHome, wereThereTogether } from './homes.ts';
import { haveMoreInCommon, mostSurnamesOfHome, surnamesUnder } from './shared-homes.ts';

/** Two people of one household. */
interface HouseholdTie {
  readonly a: string;
  readonly b: string;
  readonly basis: Basis;
  readonly since: IsoDate;
  /** The one of the two whose main home it is not, or whom it places only while nobody else does. */
  readonly notMainOf?: string | undefined;
}

/** A parent or carer and a child, wherever they live. */
interface ParentTie {
  readonly parent: string;
  readonly child: string;
  readonly basis: Basis;
  readonly since: IsoDate;
}

export interface Ties {
  readonly households: readonly HouseholdTie[];
  readonly parents: readonly ParentTie[];
  /** Children with a contact that could be several people, or one whose age is not known. */
  readonly contactsToCheck: ReadonlySet<string>;
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

/** Groups people by each of their keys, leaving crowded keys out. */
const byKey = (
  people: readonly FamilyPerson[],
  keysOf: (person: FamilyPerson) => readonly string[],
  crowded: ReadonlySet<string>,
): Map<string, FamilyPerson[]> => {
  const groups = new Map<string, FamilyPerson[]>();
  for (const person of people) {
    for (const key of new Set(keysOf(person))) {
      if (!crowded.has(key)) groups.set(key, [...(groups.get(key) ?? []), person]);
    }
  }
  return groups;
};

/**
 * Same surname at the same home at the same time, or the same UPRN and more than that in common, where the home is the main
 * one of at least one of them: after a move some files still have the old address. Nothing is inferred from a protected
 * address, nor of people of many names at one UPRN.
 */
const sameHousehold = (people: readonly FamilyPerson[], crowded: ReadonlySet<string>): HouseholdTie[] => {
  const open = people.filter((person) => !person.addressProtected);
  const groups = byKey(open, (person) => liveStays(person).flatMap(({ households }) => households), crowded);
  return [...groups].flatMap(([key, group]) => {
    const isHomeAlone = isSharedHomeKey(key);
    if (isHomeAlone && surnamesUnder(key, group) > mostSurnamesOfHome) return [];
    return group.flatMap((a, index) =>
      group.slice(index + 1).flatMap((b): HouseholdTie[] => {
        const stayA = stayUnder(a, key);
        const stayB = stayUnder(b, key);
        if (stayA === undefined || stayB === undefined || !wereThereTogether(stayA, stayB)) return [];
        const [isMainOfA, isMainOfB] = [mainHome(a).includes(stayA), mainHome(b).includes(stayB)];
        if (!isMainOfA && !isMainOfB) return [];
        // Of a child's two homes only the main one: the other parent's may have somebody else's family in it.
        if (isHomeAlone && !(isMainOfA && isMainOfB && haveMoreInCommon(a, stayA, b, stayB))) return [];
        // Weaker than a name in common: it places a child who is with no adult yet, and takes none away.
        const notMainOf = isHomeAlone ? youngerOf(a, b) : isMainOfA ? (isMainOfB ? undefined : b.personId) : a.personId;
        return [{ a: a.personId, b: b.personId, basis: 'same-household', since: later(stayA.firstSeen, stayB.firstSeen), notMainOf }];
      }),
    );
  });
};

const youngerOf = (a: FamilyPerson, b: FamilyPerson): string => (bornLater(a, b) ? a.personId : b.personId);

const bornLater = (a: FamilyPerson, b: FamilyPerson): boolean =>
  (a.birthDate ?? a.expectedBirthDate ?? '') > (b.birthDate ?? b.expectedBirthDate ?? '');

const stayUnder = (person: FamilyPerson, key: string): Stay | undefined =>
  liveStays(person).find(({ households }) => households.includes(key));

const shareAddress = (a: FamilyPerson, b: FamilyPerson): boolean => isSeenAt(a, liveStays(b));

/** What rows state. Partners count as a household only where the files see them at one address and neither is protected. */
const stated = (
  people: readonly FamilyPerson[],
  known: ReadonlyMap<string, FamilyPerson>,
): { households: HouseholdTie[]; parents: ParentTie[] } => {
  const households: HouseholdTie[] = [];
  const parents: ParentTie[] = [];
  for (const person of people) {
    for (const { toPersonId, relation, since } of person.relations) {
      const other = known.get(toPersonId);
      if (other === undefined || other === person) continue;
      const basis = 'stated-relation';
      switch (relation) {
        case 'parent-or-carer-of':
          parents.push({ parent: person.personId, child: toPersonId, basis, since });
          break;
        case 'child-of':
          parents.push({ parent: toPersonId, child: person.personId, basis, since });
          break;
        case 'partner-of':
          if (!person.addressProtected && !other.addressProtected && shareAddress(person, other)) {
            households.push({ a: person.personId, b: toPersonId, basis, since });
          }
          break;
        case 'household-member-with':
          if (person.addressProtected === other.addressProtected && (person.addressProtected || mayLiveTogether(person, other))) {
            households.push({ a: person.personId, b: toPersonId, basis, since });
          }
          break;
      }
    }
  }
  return { households, parents };
};

const mayLiveTogether = (a: FamilyPerson, b: FamilyPerson): boolean =>
  liveStays(a).length === 0 || liveStays(b).length === 0 || shareAddress(a, b);

/** Names on a child's row that are an adult at the child's address, and children whose rows name the same parent there. */
const named = (people: readonly FamilyPerson[], crowded: ReadonlySet<string>): Ties => {
  const open = people.filter((person) => !person.addressProtected);
  const bearers = byKey(open, (person) => person.namesAtAddress, crowded);
  const parents: ParentTie[] = [];
  const households: HouseholdTie[] = [];
  const contactsToCheck = new Set<string>();
  for (const child of open) {
    for (const { nameAtAddress, since } of child.contacts) {
      const found = nameAtAddress
        .map((key) => (bearers.get(key) ?? []).filter((each) => each !== child && isOldEnoughToBeParentOf(each, child) !== false))
        .find((some) => some.length > 0);
      // Of several in the postcode those of the same home.
      const atHome = (found ?? []).filter(({ stays }) => stays.some((stay) => child.stays.some((other) => isSameHome(stay, other))));
      const fitting = atHome.length > 0 ? atHome : (found ?? []);
      const [parent] = fitting;
      if (parent === undefined) continue;
      if (fitting.length > 1 || isOldEnoughToBeParentOf(parent, child) === undefined) contactsToCheck.add(child.personId);
      else parents.push({ parent: parent.personId, child: child.personId, basis: 'named-contact', since });
    }
  }
  const naming = byKey(open, (child) => child.contacts.flatMap(({ nameAtAddress }) => nameAtAddress), crowded);
  for (const group of naming.values()) {
    const [first, ...others] = group;
    for (const other of others) {
      if (first === undefined || !mainHome(first).some((stay) => mainHome(other).some((each) => isSameHome(stay, each)))) continue;
      const since = later(first.contacts[0]?.since ?? '', other.contacts[0]?.since ?? '');
      households.push({ a: first.personId, b: other.personId, basis: 'same-named-contact', since });
    }
  }
  return { households, parents, contactsToCheck };
};

/** Everything that ties these people to each other. `crowded` are keys with too many people to mean anything. */
export const findTies = (people: readonly FamilyPerson[], crowded: ReadonlySet<string>): Ties => {
  const known = new Map(people.map((person) => [person.personId, person]));
  const byStatement = stated(people, known);
  const byName = named(people, crowded);
  return {
    households: [...byStatement.households, ...byName.households, ...sameHousehold(people, crowded)],
    parents: [...byStatement.parents, ...byName.parents],
    contactsToCheck: byName.contactsToCheck,
  };
};
