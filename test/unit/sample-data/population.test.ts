import { describe, expect, it } from 'vitest';
import { parseIsoDate, ageInYears } from '#shared/domain/calendar/calendar-date.ts';
import { readNhsNumber } from '#shared/domain/identifiers/nhs-number.ts';
import { readNino } from '#shared/domain/identifiers/nino.ts';
import { readPncId } from '#shared/domain/identifiers/pnc-id.ts';
import { readPostcode } from '#shared/domain/identifiers/postcode.ts';
import { readUpn } from '#shared/domain/identifiers/upn.ts';
import { readUprn } from '#shared/domain/identifiers/uprn.ts';
import { planFamilies } from '#infra/local/sample-data/planned-family.ts';
import type { SamplePerson } from '#infra/local/sample-data/model.ts';
import { seededRandom } from '#infra/local/sample-data/random.ts';

const asOf = parseIsoDate('2026-09-30');
if (asOf === undefined) throw new Error('bad date');
const planned = planFamilies(seededRandom('population'), 2000, asOf);
const families = planned.map(({ family }) => family);
const people = [...new Map(families.flatMap(({ members }) => members.map(({ person }) => [person.personId, person] as const))).values()];
const born = people.filter(({ unborn }) => !unborn);

const age = (person: SamplePerson): number => ageInYears(person.birthDate, asOf);
const share = (part: number, whole: number): number => part / whole;
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const childrenOf = (index: number): SamplePerson[] =>
  (families[index]?.members ?? []).filter(({ role }) => role === 'child').map(({ person }) => person);

describe('identifiers of the invented people', () => {
  it('all pass the checks that the feeds apply to them', () => {
    for (const person of people) {
      expect(readNhsNumber(person.nhsNumber)).toEqual({ ok: true, value: person.nhsNumber });
      expect(readUpn(person.upn)).toEqual({ ok: true, value: person.upn });
      expect(readNino(person.nino)).toEqual({ ok: true, value: person.nino });
      expect(readPncId(person.pncId).ok).toBe(true);
      expect(readPostcode(person.address.postcode)).toEqual({ ok: true, value: person.address.postcode });
      expect(readUprn(person.address.uprn)).toEqual({ ok: true, value: person.address.uprn });
    }
  });

  it('are nobody else’s: NHS numbers in the range kept for tests, no number given twice', () => {
    expect(people.every(({ nhsNumber }) => nhsNumber.startsWith('999'))).toBe(true);
    expect(isUnique(people.map(({ nhsNumber }) => nhsNumber))).toBe(true);
    expect(isUnique(people.map(({ nino }) => nino))).toBe(true);
    expect(isUnique(people.map(({ pncId }) => pncId))).toBe(true);
    expect(isUnique(people.flatMap(({ upn, temporaryUpn }) => (temporaryUpn === undefined ? [upn] : [upn, temporaryUpn])))).toBe(true);
  });

  it('include temporary pupil numbers with a right check letter', () => {
    const temporary = people.flatMap(({ temporaryUpn }) => (temporaryUpn === undefined ? [] : [temporaryUpn]));
    expect(temporary.length).toBeGreaterThan(20);
    expect(temporary.every((upn) => /[A-Z]$/.test(upn) && readUpn(upn).ok)).toBe(true);
  });
});

describe('the invented population', () => {
  it('lives in every structure that matching must cope with', () => {
    const structures = new Set(families.map(({ structure }) => structure));
    expect([...structures].toSorted()).toEqual([
      'adoptive',
      'couple',
      'kinship-carers',
      'lone-parent',
      'no-children',
      'refuge',
      'sealed-identity',
      'separated-parents',
      'shared-address',
      'step-family',
    ]);
  });

  it('has about as many people to a family and children to a household as a North West borough', () => {
    expect(share(people.length, families.length)).toBeGreaterThan(2.6);
    expect(share(people.length, families.length)).toBeLessThan(3.8);
    const children = born.filter((person) => age(person) < 16);
    expect(share(children.length, born.length)).toBeGreaterThan(0.3);
    expect(share(children.length, born.length)).toBeLessThan(0.5);
  });

  it('has names and origins in the proportions of the North West: mostly White British, every community present', () => {
    const white = people.filter(({ ethnicity }) => ethnicity === 'WBRI').length;
    expect(share(white, people.length)).toBeGreaterThan(0.72);
    expect(share(white, people.length)).toBeLessThan(0.88);
    expect(new Set(people.map(({ community }) => community)).size).toBe(11);
    const surnames = new Map<string, number>();
    for (const { surname } of people) surnames.set(surname, (surnames.get(surname) ?? 0) + 1);
    expect(surnames.size).toBeGreaterThan(250);
    expect(Math.max(...surnames.values()) / people.length).toBeLessThan(0.06);
  });

  it('has parents at least 16 years older than their children', () => {
    for (const { members, structure } of families.filter(
      (family) => family.structure !== 'kinship-carers' && family.structure !== 'step-family',
    )) {
      const children = members.filter(({ role }) => role === 'child').map(({ person }) => person.birthDate);
      const mothers = members.filter(({ person, role }) => role === 'parent' && person.sex === 'female');
      for (const { person } of mothers) expect(Math.min(...children) - person.birthDate, structure).toBeGreaterThan(16 * 365);
    }
  });

  it('has nobody born after the date but the unborn, who have an expected date', () => {
    expect(born.every(({ birthDate }) => birthDate <= asOf)).toBe(true);
    const unborn = people.filter((person) => person.unborn);
    expect(unborn.length).toBeGreaterThan(20);
    expect(unborn.every(({ birthDate }) => birthDate > asOf)).toBe(true);
  });

  it('has twins of one sex whose names are easily mixed up', () => {
    const pairs = families.flatMap((_, index) => {
      const children = childrenOf(index);
      return children.flatMap((one, at) =>
        children
          .slice(at + 1)
          .filter((other) => other.birthDate === one.birthDate)
          .map((other) => [one, other] as const),
      );
    });
    expect(pairs.length).toBeGreaterThan(10);
    const alike = pairs.filter(([one, other]) => one.sex === other.sex && one.forename.charAt(1) === other.forename.charAt(1));
    expect(alike.length).toBeGreaterThan(3);
    expect(pairs.every(([one, other]) => one.forename !== other.forename)).toBe(true);
  });

  it('has fathers and sons of one name in one house', () => {
    const same = families.filter(({ members }) =>
      members.some(({ person: one }) =>
        members.some(
          ({ person: other }) =>
            one !== other && one.forename === other.forename && one.surname === other.surname && age(one) - age(other) >= 16,
        ),
      ),
    );
    expect(same.length).toBeGreaterThan(10);
  });

  it('has strangers under one shared address, some of them with one surname', () => {
    const shared = families
      .filter(({ structure }) => structure === 'shared-address')
      .flatMap(({ members }) => members.map(({ person }) => person));
    const byAddress = Map.groupBy(shared, ({ address }) => address.uprn);
    const largest = [...byAddress.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
    expect(largest.length).toBeGreaterThan(8);
    expect(new Set(largest.map(({ surname }) => surname)).size).toBeLessThan(largest.length);
  });

  it('has people of the same name and day of birth at different addresses', () => {
    const adults = Map.groupBy(
      born.filter((person) => age(person) > 18),
      (person) => `${person.forename}|${person.surname}|${String(person.birthDate)}`,
    );
    const namesakes = [...adults.values()].filter((group) => new Set(group.map(({ address }) => address.postcode)).size > 1);
    expect(namesakes.length).toBeGreaterThan(2);
  });

  it('has children with two homes, and families that moved', () => {
    const separated = families.filter(({ structure }) => structure === 'separated-parents');
    const twoHomes = separated.filter(({ members }) => {
      const elsewhere = members.find(({ role }) => role === 'non-resident-parent')?.person.address;
      return members.some(({ person, role }) => role === 'child' && person.otherAddress === elsewhere);
    });
    expect(share(twoHomes.length, separated.length)).toBeGreaterThan(0.3);
    const moved = families.filter(({ structure, members }) => structure === 'couple' && members.some(({ person }) => person.otherAddress));
    expect(moved.length).toBeGreaterThan(50);
  });
});
