import { familyNameParts, isInstitution, livesWith, type HouseholdBasis, type HouseholdGroup } from './household-group.ts';
import { readDwelling, type AddressParts, type Dwelling } from './read-dwelling.ts';

/** What a row says about where somebody lives and with whom. */
export interface HouseholdRow extends AddressParts {
  readonly rowId: string;
  /** Whoever the row was matched to. */
  readonly personId: string;
  /** The file or agency: its rows are taken to be of one time. */
  readonly source: string;
  /** Cleaned: lower case, words with a space between. */
  readonly surnames: readonly string[];
  /** The source's own id of a household or tenancy: its people belong together whatever their names. */
  readonly statedHousehold?: string | undefined;
  /** Refuge or otherwise restricted: nothing is inferred of this person or from them, not from their other rows either. */
  readonly isProtected?: boolean | undefined;
}

/** More groups than this under one key say nothing; it also bounds the work per row. */
const mostPerKey = 64;

/** Longest way from a group to the one it lives with in the end. */
const mostSteps = 16;

interface Home {
  readonly group: HouseholdGroup;
  readonly basis: HouseholdBasis | undefined;
}

/**
 * Households of rows, one row at a time. Later rows may show that two groups are one home; then the household of the smaller
 * is the larger's from then on, so ask again where the last word matters. The work per row does not grow with the rows held.
 */
export class HouseholdIndex {
  #met = 0;
  readonly #groups = new Map<string, HouseholdGroup>();
  readonly #placeOfRow = new Map<string, { readonly group: HouseholdGroup; readonly personId: string }>();
  readonly #groupsOfPerson = new Map<string, Set<HouseholdGroup>>();
  readonly #protectedPeople = new Set<string>();
  readonly #byKey = new Map<string, Set<HouseholdGroup>>();
  /** Who lives at a number of the street. */
  readonly #numbered = new Map<string, Set<HouseholdGroup>>();
  readonly #hasNumbers = (street: string): boolean => (this.#numbered.get(street)?.size ?? 0) > 0;

  add(row: HouseholdRow): void {
    if (row.isProtected === true) this.#protect(row.personId);
    if (this.#protectedPeople.has(row.personId)) return;
    const dwelling = readDwelling(row);
    const name = groupName(row, dwelling);
    if (name === undefined) return;
    const group = this.#groups.get(name) ?? this.#newGroup(name, row.source, dwelling);
    this.#placeOfRow.set(row.rowId, { group, personId: row.personId });
    group.people.add(row.personId);
    for (const part of familyNameParts(row.surnames)) {
      const bearers = group.surnames.get(part);
      if (bearers === undefined) group.surnames.set(part, new Set([row.personId]));
      else bearers.add(row.personId);
      if (bearers === undefined) this.#keep(group, surnameKeys(group, part));
    }
    this.#keep(group, [personKey(row.personId)]);
    const groups = this.#groupsOfPerson.get(row.personId);
    if (groups === undefined) this.#groupsOfPerson.set(row.personId, new Set([group]));
    else groups.add(group);
  }

  /** The same text for all rows of one household, unique within the index; undefined where none can be told. */
  householdOf(rowId: string): string | undefined {
    const place = this.#placeOfRow.get(rowId);
    if (place === undefined || this.#protectedPeople.has(place.personId) || isInstitution(place.group)) return undefined;
    let at = place.group;
    for (let step = 0; step < mostSteps; step += 1) {
      const next = this.#home(at);
      if (next === undefined || isInstitution(next.group)) break;
      at = next.group;
    }
    return `H${String(at.id)}`;
  }

  /** From now on as if nothing had ever been known of where they live. */
  #protect(personId: string): void {
    this.#protectedPeople.add(personId);
    for (const group of this.#groupsOfPerson.get(personId) ?? []) {
      group.people.delete(personId);
      for (const [part, bearers] of group.surnames) if (bearers.delete(personId) && bearers.size === 0) group.surnames.delete(part);
      for (const key of group.keys) this.#byKey.get(key)?.delete(group);
      group.keys.clear();
      if (group.people.size === 0) {
        this.#numbered.get(group.dwelling?.street ?? '')?.delete(group);
        this.#groups.delete(group.name);
        continue;
      }
      this.#keep(group, dwellingKeys(group));
      for (const part of group.surnames.keys()) this.#keep(group, surnameKeys(group, part));
      for (const person of group.people) this.#keep(group, [personKey(person)]);
    }
    this.#groupsOfPerson.delete(personId);
  }

  #newGroup(name: string, source: string, dwelling: Dwelling | undefined): HouseholdGroup {
    const id = (this.#met += 1);
    const group: HouseholdGroup = { id, name, source, dwelling, people: new Set(), surnames: new Map(), keys: new Set() };
    this.#groups.set(name, group);
    if (dwelling !== undefined && dwelling.number !== '') {
      const there = this.#numbered.get(dwelling.street);
      if (there === undefined) this.#numbered.set(dwelling.street, new Set([group]));
      else there.add(group);
    }
    this.#keep(group, dwellingKeys(group));
    return group;
  }

  #keep(group: HouseholdGroup, keys: readonly string[]): void {
    for (const key of keys) {
      group.keys.add(key);
      const held = this.#byKey.get(key);
      if (held === undefined) this.#byKey.set(key, new Set([group]));
      else if (held.size <= mostPerKey) held.add(group);
    }
  }

  /** The larger group that this one lives with. Where an address could be either of two homes it is neither. */
  #home(group: HouseholdGroup): Home | undefined {
    let best: Home | undefined;
    let isTie = false;
    for (const other of this.#near(group)) {
      if (!isLarger(other, group)) continue;
      const basis = livesWith(group, other, this.#hasNumbers);
      if (basis === undefined) continue;
      const order = best === undefined ? -1 : byBasis(basis) - byBasis(best.basis);
      if (order < 0) {
        best = { group: other, basis };
        isTie = false;
      } else if (order === 0 && best !== undefined) {
        if (basis === 'address-and-surname' && livesWith(...bySize(other, best.group), this.#hasNumbers) === undefined) isTie = true;
        if (isLarger(other, best.group)) best = { group: other, basis };
      }
    }
    return isTie ? undefined : best;
  }

  #near(group: HouseholdGroup): ReadonlySet<HouseholdGroup> {
    const near = new Set<HouseholdGroup>();
    for (const key of group.keys) {
      const held = this.#byKey.get(key);
      if (held !== undefined && held.size <= mostPerKey) for (const other of held) if (other !== group) near.add(other);
    }
    return near;
  }
}

const bases: readonly (HouseholdBasis | undefined)[] = ['same-address', 'same-person', 'address-and-surname'];
const byBasis = (basis: HouseholdBasis | undefined): number => bases.indexOf(basis);

/** Of as many people the one whose address says more, then by name: a strict order, whatever came first. */
const isLarger = (a: HouseholdGroup, b: HouseholdGroup): boolean => {
  const more = a.people.size - b.people.size || partsKnown(a) - partsKnown(b);
  return more > 0 || (more === 0 && a.name < b.name);
};

const partsKnown = ({ dwelling }: HouseholdGroup): number =>
  dwelling === undefined ? 0 : Number(dwelling.uprn !== '') + Number(dwelling.number !== '') + Number(dwelling.street !== '');

const bySize = (a: HouseholdGroup, b: HouseholdGroup): [HouseholdGroup, HouseholdGroup] => (isLarger(a, b) ? [b, a] : [a, b]);

const groupName = ({ source, surnames, statedHousehold = '' }: HouseholdRow, dwelling: Dwelling | undefined): string | undefined => {
  if (statedHousehold !== '') return `stated|${source}|${statedHousehold}`;
  if (dwelling === undefined) return undefined;
  // People of other names whose address lacks its number may live anywhere in the street.
  const isPartOnly = dwelling.uprn === '' && (dwelling.number === '' || dwelling.street === '');
  const { uprn, number, street, unit, postcode, locality } = dwelling;
  const names = isPartOnly ? familyNameParts(surnames).join(' ') : '';
  return ['at', source, uprn, number, street, unit, postcode, locality, names].join('|');
};

/** Each key leaves a part of the address out that may be written otherwise. */
const dwellingKeys = ({ dwelling }: HouseholdGroup): string[] => {
  if (dwelling === undefined) return [];
  const { uprn, number, street, unit } = dwelling;
  return [
    ...(uprn === '' ? [] : [`uprn|${uprn}`]),
    ...(street === '' ? [] : [`address|${number}|${street}|${unit}`]),
    ...(street === '' || number === '' ? [] : [`begins|${number}|${street.slice(0, 3)}`, `ends|${number}|${street.slice(-3)}`]),
  ];
};

const surnameKeys = ({ dwelling }: HouseholdGroup, surname: string): string[] => {
  if (dwelling === undefined) return [];
  const { number, street } = dwelling;
  const start = surname.slice(0, 3);
  return [...(number === '' ? [] : [`number|${number}|${start}`]), ...(street === '' ? [] : [`street|${street}|${start}`])];
};

const personKey = (personId: string): string => `person|${personId}`;
