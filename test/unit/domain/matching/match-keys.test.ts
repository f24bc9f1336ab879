import { describe, expect, it } from 'vitest';
import { keysOfProfile, type ProfileView } from '#shared/domain/people/person-profile.ts';
import { emptyView, identityOf } from '#shared/domain/people/assemble-profile.ts';
import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { packRow } from '#shared/domain/matching/person/packed-rows.ts';
import { rowOfDetails } from '#shared/domain/matching/rows/row-of-details.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);

const aView = (details: PersonDetails, over: Partial<ProfileView> = {}): ProfileView => ({
  ...emptyView('2032-12-19'),
  ...identityOf(details, { agency: 'a', feed: 'school-roll', periodEnd: '2025-12-19' }),
  matchRows: packRow(rowOfDetails(details, { agency: 'schools', feed: 'school-roll' }), '2025-12-19'),
  addresses: (details.address === undefined ? [] : [details.address]).map((address) => ({
    address,
    from: '2025-09-01',
    protected: false,
    sightings: 1,
    homes: [],
    households: [],
    namesAtAddress: [],
    protectedHomes: [],
    lastSeenOn: '2025-12-19',
  })),
  ...over,
});

const keysOf = (view: ProfileView) => keysOfProfile(withKeys(hash, view, '2026-01-10'));
const typesOf = (view: ProfileView): string[] => keysOf(view).persons.map((key) => key.split('#')[0] ?? '');

const mill = { lines: ['1 Mill Lane'], postcode: 'L36 9GL' };
const child: PersonDetails = { forename: 'Alex', surname: 'Example', birthDate: '2012-02-01', address: mill };
const adult: PersonDetails = { forename: 'Sam', surname: 'Example', birthDate: '1985-02-01', address: mill };

it('nothing personal stands in a key', () => {
  const { persons } = keysOf(aView({ ...child, nhsNumber: '9434765919' }));
  for (const key of persons) expect(key).toMatch(/^[A-Z_]+#v1\.[A-Za-z0-9_-]{16}$/);
});

it('a child of school age stands under no key of parents by name', () => {
  expect(typesOf(aView(child))).not.toContain('NAME_AT_ADDRESS');
  expect(typesOf(aView(adult))).toContain('NAME_AT_ADDRESS');
});

it('a child who names a parent meets the adult of that name at the same address, however the name is written', () => {
  const namesSam = aView(child, {
    contacts: [{ name: 'Mrs SAM EXAMPLE', agency: 'a', feed: 'school-roll', namesAtAddress: [], lastSeenOn: '2025-12-19' }],
  });
  const { namedBy } = keysOf(namesSam);
  expect(namedBy.some((key) => keysOf(aView(adult)).persons.includes(key))).toBe(true);
  const elsewhere = aView({ ...adult, address: { lines: ['9 High Street'], postcode: 'L34 1AA' } });
  expect(namedBy.some((key) => keysOf(elsewhere).persons.includes(key))).toBe(false);
});

it('a family meets under its household whether or not a file has the UPRN', () => {
  const household = (details: PersonDetails): string[] => keysOf(aView(details)).persons.filter((key) => key.startsWith('HOUSEHOLD#'));
  const withUprn = household({ ...adult, address: { ...mill, uprn: '100010000001' } });
  const without = household(child);
  expect(withUprn.filter((key) => without.includes(key))).toHaveLength(1);
});

it('a protected address makes no key by which a household is found', () => {
  const view = aView(adult, {
    addressProtected: true,
    contacts: [{ name: 'Kim Example', agency: 'a', feed: 'school-roll', namesAtAddress: [], lastSeenOn: '2025-12-19' }],
  });
  expect(new Set(typesOf(view))).toEqual(new Set(['BLOCK']));
  expect(keysOf(view).namedBy).toEqual([]);
});

describe('a protected address', () => {
  const harbour = { lines: ['Harbour House, 3 Quay Street'], town: 'Liverpool', postcode: 'L1 1AA', uprn: '100010000009' };
  const flagged = (address: PersonDetails['address']) => {
    const view = aView({ ...adult, ...(address && { address }) }, { addressProtected: true });
    return keysOf({ ...view, addresses: view.addresses.map((sighting) => ({ ...sighting, protected: true })) }).persons;
  };
  /** Whether somebody whose own row has this address, unflagged, is found to have a protected home. */
  const isFoundBy = (address: PersonDetails['address'], protectedBy: readonly string[]): boolean =>
    withKeys(hash, aView({ ...child, ...(address && { address }) }), '2026-01-10').addresses.some(({ protectedHomes }) =>
      protectedHomes.some((key) => protectedBy.includes(key)),
    );

  it.each([
    ['as it is', harbour],
    ['without its UPRN', { ...harbour, uprn: undefined }],
    ['by its UPRN alone', { lines: [], uprn: '100010000009' }],
    ['otherwise written', { lines: ['Harbour house 3 QUAY ST'], postcode: 'L1 1AA' }],
    ['as no more than its postcode', { lines: [], postcode: 'L1 1AA' }],
  ])('is found from a row of somebody else that has it %s', (_, address) => {
    const { uprn, ...rest } = { uprn: undefined, ...address };
    expect(isFoundBy({ ...rest, ...(uprn !== undefined && { uprn }) }, flagged(harbour))).toBe(true);
  });

  it('is not found from the house next door, or from another postcode', () => {
    expect(isFoundBy({ lines: ['5 Quay Street'], postcode: 'L1 1AA' }, flagged(harbour))).toBe(false);
    expect(isFoundBy({ lines: ['3 Quay Street'], postcode: 'L1 1AB' }, flagged(harbour))).toBe(false);
    expect(isFoundBy({ lines: [], postcode: 'L1 1AB' }, flagged(harbour))).toBe(false);
  });

  it('that is only a postcode protects every home in it', () => {
    expect(isFoundBy({ lines: ['5 Quay Street'], postcode: 'L1 1AA' }, flagged({ lines: [], postcode: 'L1 1AA' }))).toBe(true);
  });

  it('is no key of anybody whose own row does not flag it', () => {
    expect(typesOf(aView({ ...child, address: harbour }))).not.toContain('PROTECTED_HOME');
  });
});

it('names, dates and postcodes that stand for none make no key', () => {
  expect(typesOf(aView({ forename: 'Baby', surname: 'Unknown', birthDate: '2012-02-01', address: mill }))).toEqual([]);
  expect(typesOf(aView({ ...child, birthDate: '1900-01-01', address: { lines: [], postcode: 'ZZ99 3VZ' } }))).toEqual([]);
});

it('however much is said of a person, the keys fit into one transaction', () => {
  const names = Array.from({ length: 12 }, (_, n) => ({
    forename: 'Sam',
    surname: `Surname${String.fromCharCode(97 + n)}`,
    lastSeenOn: '2025-12-19',
  }));
  const addresses = names.map((_, n) => ({
    ...aView({
      ...adult,
      address: { lines: [`${String(n + 1)} Mill Lane`], postcode: `L36 ${String(n % 9)}GL`, uprn: `10001000000${String(n)}` },
    }).addresses[0]!,
  }));
  const identifiers = names.map((_, n) => ({
    type: 'nhs-number' as const,
    value: String(n),
    agency: 'a',
    feed: 'school-roll' as const,
    lastSeenOn: '2025-12-19',
  }));
  const contacts = names.map(({ surname }) => ({
    name: `Kim ${surname}`,
    agency: 'a',
    feed: 'school-roll' as const,
    namesAtAddress: [],
    lastSeenOn: '2025-12-19',
  }));
  const { persons, namedBy } = keysOf(aView(adult, { names, addresses, identifiers, contacts }));
  expect(persons.length + namedBy.length).toBeLessThanOrEqual(70);
});
