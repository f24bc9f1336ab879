import type { IsoDate } from '../calendar/calendar-date.ts';
import { ageOf, isUnborn, mayBeDependent } from './ages.ts';
import { largestFamily, type Basis, type FamilyMember, type MemberRole } from './family.ts';
import type { FamilyPerson, Stay } from './family-person.ts';
import { isSeenAt, liveStays, mainHome } from './homes.ts';
import { Households } from './households.ts';
import { findTies, type Ties } from './ties.ts';

/** People who belong together as the files stand, before it is known which family they have been so far. */
export interface BuiltFamily {
  /** By person id. */
  readonly members: readonly FamilyMember[];
  readonly contactToCheck: boolean;
  /** More people than a family has: cut down to what fits, for a person to look at. */
  readonly tooLarge: boolean;
}

type People = ReadonlyMap<string, FamilyPerson>;

/**
 * Whether the files see parent and child at one home. Two protected people count as together; one protected and one not do
 * not, and must not be brought together by an old address.
 */
const areSeenTogether = (parent: FamilyPerson, child: FamilyPerson, homes: readonly Stay[]): boolean =>
  parent.addressProtected || child.addressProtected ? parent.addressProtected && child.addressProtected : isSeenAt(parent, homes);

/** The parent with whom a child of no other known carer is taken to live: without an address first, then the one seen last. */
const likeliestHome = (parents: readonly FamilyPerson[]): FamilyPerson | undefined =>
  parents.toSorted((a, b) => {
    const seen = ({ stays }: FamilyPerson): string =>
      stays.reduce((last, { lastSeen }) => (lastSeen > last ? lastSeen : last), stays.length === 0 ? '9999' : '');
    const [seenA, seenB] = [seen(a), seen(b)];
    return seenA === seenB ? (a.personId < b.personId ? -1 : 1) : seenA > seenB ? -1 : 1;
  })[0];

/**
 * Puts each child into one household: with the parents the files see at the child's main home, or else, where no adult has
 * the child, with whom the files see at another home, or else with one of the parents.
 */
const settleChildren = (people: People, households: Households, { households: ties, parents }: Ties, asAt: IsoDate): void => {
  const parentsOf = new Map<string, FamilyPerson[]>();
  const isNamed = new Set<string>();
  for (const tie of parents) {
    const parent = people.get(tie.parent);
    if (parent) parentsOf.set(tie.child, [...(parentsOf.get(tie.child) ?? []).filter((each) => each !== parent), parent]);
    if (tie.basis === 'named-contact') isNamed.add(`${tie.child} ${tie.parent}`);
  }
  const children = [...parentsOf]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([childId, known]) => {
      const child = people.get(childId);
      return child === undefined ? [] : [{ child, known: known.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)) }];
    });
  for (const { child, known } of children) {
    for (const parent of known) {
      // Named on the child's row, in the child's postcode, and no file has another home for them.
      const isNamedHere = parent.stays.length === 0 && isNamed.has(`${child.personId} ${parent.personId}`);
      if (isNamedHere || areSeenTogether(parent, child, mainHome(child))) households.join(parent.personId, child.personId);
    }
  }
  const hasAdult = (child: FamilyPerson): boolean =>
    [...people.values()].some(
      (each) => each !== child && !mayBeDependent(each, asAt) && households.areTogether(each.personId, child.personId),
    );
  const atOtherHomes = ties
    .filter(({ notMainOf }) => notMainOf !== undefined)
    .toSorted((a, b) => (`${a.a} ${a.b}` < `${b.a} ${b.b}` ? -1 : 1));
  for (const { a, b, notMainOf = '' } of atOtherHomes) {
    const person = people.get(notMainOf);
    // A child with two homes lives with whoever is at the main one; a grown-up's other home is an old address.
    if (person === undefined || (mayBeDependent(person, asAt) && hasAdult(person))) continue;
    households.join(a, b);
  }
  for (const { child, known } of children) {
    if (!mayBeDependent(child, asAt) || hasAdult(child)) continue;
    const seen = known.filter((parent) => areSeenTogether(parent, child, liveStays(child)));
    const parent = likeliestHome(seen) ?? likeliestHome(known.filter((each) => each.addressProtected === child.addressProtected));
    if (parent) households.join(parent.personId, child.personId);
  }
};

const roleOf = (person: FamilyPerson, isParent: boolean, asAt: IsoDate): MemberRole => {
  if (isUnborn(person)) return 'unborn-child';
  if (isParent) return 'parent-or-carer';
  const age = ageOf(person, asAt);
  return age === undefined ? 'age-not-known' : age < 18 ? 'child' : 'adult';
};

const firstSeen = (person: FamilyPerson, asAt: IsoDate): IsoDate =>
  person.stays.reduce((first, stay) => (stay.firstSeen < first ? stay.firstSeen : first), asAt);

const toMember = (
  person: FamilyPerson,
  lives: FamilyMember['lives'],
  memberIds: ReadonlySet<string>,
  ties: Ties,
  asAt: IsoDate,
): FamilyMember => {
  const { personId } = person;
  const own = [
    ...ties.households.filter(({ a, b }) => (a === personId && memberIds.has(b)) || (b === personId && memberIds.has(a))),
    ...ties.parents.filter(
      ({ parent, child }) => (parent === personId && memberIds.has(child)) || (child === personId && memberIds.has(parent)),
    ),
  ];
  const isParent = ties.parents.some(({ parent, child }) => parent === personId && memberIds.has(child));
  return {
    personId,
    role: roleOf(person, isParent, asAt),
    lives,
    basis: own.length === 0 ? ['only-member'] : [...new Set(own.map((tie): Basis => tie.basis))].toSorted(),
    from: own.length === 0 ? firstSeen(person, asAt) : (own.map(({ since }) => since).toSorted()[0] ?? asAt),
  };
};

/** One adult alone is not a family; a child alone is, and so are two adults who live together. */
const isFamily = (group: readonly FamilyPerson[], asAt: IsoDate): boolean =>
  group.length > 1 || group.some((person) => mayBeDependent(person, asAt) || ageOf(person, asAt) === undefined);

/**
 * The families that these people form. A family is a household (people tied to each other who live together, each person
 * in one) and the parents or carers of its children who live elsewhere: so separated parents' child is in one family, the
 * parent who lives elsewhere belongs to that one and to the one of their own household.
 *
 * A pure function of what the files say, whatever the order of people.
 */
export const buildFamilies = (
  people: readonly FamilyPerson[],
  { asAt, crowded }: { asAt: IsoDate; crowded: ReadonlySet<string> },
): readonly BuiltFamily[] => {
  const known: People = new Map(people.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)).map((person) => [person.personId, person]));
  const ties = findTies([...known.values()], crowded);
  const households = new Households([...known.keys()]);
  for (const { a, b, notMainOf } of ties.households) if (notMainOf === undefined) households.join(a, b);
  settleChildren(known, households, ties, asAt);
  return households.groups().flatMap((ids): BuiltFamily[] => {
    const household = ids.flatMap((id) => known.get(id) ?? []);
    if (!isFamily(household, asAt)) return [];
    const children = new Set(household.filter((person) => mayBeDependent(person, asAt)).map(({ personId }) => personId));
    const elsewhere = new Set(
      ties.parents.filter(({ parent, child }) => children.has(child) && !ids.includes(parent)).map(({ parent }) => parent),
    );
    const everyone = [
      ...household.map((person) => ({ person, lives: 'in-the-household' as const })),
      ...[...elsewhere].toSorted().flatMap((id) => {
        const person = known.get(id);
        return person === undefined ? [] : [{ person, lives: 'elsewhere' as const }];
      }),
    ];
    const kept = everyone.slice(0, largestFamily);
    const memberIds = new Set(kept.map(({ person }) => person.personId));
    return [
      {
        members: kept
          .map(({ person, lives }) => toMember(person, lives, memberIds, ties, asAt))
          .toSorted((a, b) => (a.personId < b.personId ? -1 : 1)),
        contactToCheck: ids.some((id) => ties.contactsToCheck.has(id)),
        tooLarge: everyone.length > largestFamily,
      },
    ];
  });
};
