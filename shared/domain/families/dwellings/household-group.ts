import { isCommonNamePart } from '../../names/cleaning/name-words.ts';
import { jaroWinkler } from '../../matching/similarity/jaro-winkler.ts';
import { crowdedAbove } from '../family.ts';
import { mostSurnamesOfHome } from '../shared-homes.ts';
import { compareDwellings } from './compare-dwellings.ts';
import type { Dwelling } from './read-dwelling.ts';

/** People whom one source lists at one address, written one way, or of whom it says itself that they are a household. */
export interface HouseholdGroup {
  /** Ascending in the order in which groups were met. */
  readonly id: number;
  /** What tells it from every other group: source, address, and surname where the address is not whole. */
  readonly name: string;
  readonly source: string;
  readonly dwelling: Dwelling | undefined;
  readonly people: Set<string>;
  /** Parts of their surnames that families hand down, and whose they are. */
  readonly surnames: Map<string, Set<string>>;
  /** Under what the group is found by others whose address is written otherwise. */
  readonly keys: Set<string>;
}

/** Why one group is taken to live with another. */
export type HouseholdBasis =
  /** One address, listed by one source at one time. */
  | 'same-address'
  /** Addresses alike, and one of the people known at both to different sources. */
  | 'same-person'
  /** Addresses alike, and a surname, or a part of a double one, in common. */
  | 'address-and-surname';

/** The parts of cleaned surnames that say which family somebody is of: not Kaur, Singh or Begum. */
export const familyNameParts = (surnames: readonly string[]): readonly string[] => [
  ...new Set(surnames.flatMap((surname) => surname.split(' ')).filter((part) => part.length > 1 && !isCommonNamePart(part))),
];

/** A large family has few surnames; an institution has nearly as many as people. */
export const isInstitution = ({ people, surnames }: HouseholdGroup): boolean =>
  people.size > crowdedAbove && surnames.size > mostSurnamesOfHome && surnames.size * 3 > people.size;

/** A house number this long and alike street names are no chance. */
const tellingNumber = 3;

/** Whether the address names a home at all: a street without a number does only where none of its homes has one. */
const namesHome = ({ uprn, number, street }: Dwelling, hasNumbers: (street: string) => boolean): boolean =>
  uprn !== '' || (street !== '' && (number !== '' || !hasNumbers(street)));

/**
 * Whether the smaller group lives with the larger one. An address alone is enough only as one source lists it at one time;
 * with a slip in it, or a part missing, only where few can have made the slip and something else ties them. A surname alone,
 * or a postcode alone, is never enough.
 */
export const livesWith = (
  smaller: HouseholdGroup,
  larger: HouseholdGroup,
  hasNumbers: (street: string) => boolean,
): HouseholdBasis | undefined => {
  if (smaller.dwelling === undefined || larger.dwelling === undefined) return undefined;
  const likeness = compareDwellings(smaller.dwelling, larger.dwelling);
  if (likeness === 'different') return undefined;
  const atOneTime = smaller.source === larger.source;
  const isWhole = likeness === 'same' && namesHome(smaller.dwelling, hasNumbers) && namesHome(larger.dwelling, hasNumbers);
  if (isWhole && atOneTime) return 'same-address';
  if (!atOneTime && sharePerson(smaller, larger)) return 'same-person';
  if (likeness === 'place-slip' && atOneTime && smaller.people.size === 1 && smaller.dwelling.number.length >= tellingNumber)
    return 'same-address';
  const most = isWhole ? Infinity : likeness === 'doubtful' ? 1 : 2;
  return smaller.people.size <= most && shareSurname(smaller, larger) ? 'address-and-surname' : undefined;
};

const sharePerson = (a: HouseholdGroup, b: HouseholdGroup): boolean => {
  for (const person of a.people) if (b.people.has(person)) return true;
  return false;
};

/** A longer name with a slip in it is still the name. */
const shareSurname = (a: HouseholdGroup, b: HouseholdGroup): boolean => {
  for (const surname of a.surnames.keys()) {
    if (b.surnames.has(surname)) return true;
    if (surname.length < 5) continue;
    for (const other of b.surnames.keys()) if (other.length >= 5 && jaroWinkler(surname, other) >= 0.9) return true;
  }
  return false;
};
