import { buildFamilies, type BuiltFamily } from '#shared/domain/families/build-families.ts';
import type { Contact, FamilyPerson, Relation, Stay } from '#shared/domain/families/family-person.ts';

const today = '2026-11-23';

/** A stay at `home` under a surname: `stayAt('12 mill lane', 'example')`. */
export const stayAt = (home: string, surname: string, change: Partial<Stay> = {}): Stay => ({
  homes: [`home:${home}`],
  households: [`household:${surname}@${home}`],
  firstSeen: '2025-09-01',
  lastSeen: '2026-10-31',
  standing: true,
  sightings: 1,
  ...change,
});

export const aPerson = (personId: string, change: Partial<FamilyPerson> = {}): FamilyPerson => ({
  personId,
  birthDate: '1988-02-01',
  addressProtected: false,
  stays: [],
  namesAtAddress: [],
  relations: [],
  contacts: [],
  ...change,
});

export const aChild = (personId: string, change: Partial<FamilyPerson> = {}): FamilyPerson =>
  aPerson(personId, { birthDate: '2016-05-05', ...change });

export const parentOf = (toPersonId: string, since = '2025-09-01'): Relation => ({ toPersonId, relation: 'parent-or-carer-of', since });
export const related = (relation: Relation['relation'], toPersonId: string): Relation => ({ toPersonId, relation, since: '2025-09-01' });
export const naming = (...nameAtAddress: string[]): Contact => ({ nameAtAddress, since: '2025-10-31' });

export const build = (people: readonly FamilyPerson[], crowded: readonly string[] = []): readonly BuiltFamily[] =>
  buildFamilies(people, { asAt: today, crowded: new Set(crowded) });

/** Each family in short: members in order, parents who live elsewhere in brackets. */
export const inShort = (families: readonly BuiltFamily[]): string[] =>
  families
    .map(({ members }) => members.map(({ personId, lives }) => (lives === 'elsewhere' ? `(${personId})` : personId)).join(' '))
    .toSorted();
