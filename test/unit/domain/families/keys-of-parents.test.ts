import { describe, expect, it } from 'vitest';
import { isSharedHomeKey, withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { aRecord } from '#test/support/a-record.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const home = { lines: ['12 Mill Lane'], postcode: 'L36 9GL' };

const viewOf = (...records: Parameters<typeof aRecord>[0][]) =>
  withKeys(
    hash,
    assembleView(
      records.map((record) => aRecord(record)),
      '2040-01-05',
    ),
    '2026-11-23',
  );
const ownKeys = (...records: Parameters<typeof aRecord>[0][]) =>
  viewOf(...records).addresses.flatMap(({ namesAtAddress }) => namesAtAddress);
const contactKeys = (name: string) =>
  viewOf({ details: { forename: 'Sam', surname: 'Example', birthDate: '2015-03-09', address: home }, contacts: [{ name }] }).contacts[0]
    ?.namesAtAddress ?? [];
const joan = (address: object) => ({
  details: { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01', address: { lines: [], ...address } },
});
const meet = (a: readonly string[], b: readonly string[]): boolean => a.some((key) => b.includes(key));

describe('A parent whom only the school roll names', () => {
  it('is found by whole name at the child’s home', () => {
    expect(meet(contactKeys('Mrs Joan Example'), ownKeys(joan(home)))).toBe(true);
  });

  it('is found in the child’s postcode where a feed gives no more of the address', () => {
    expect(meet(contactKeys('Joan Example'), ownKeys(joan({ postcode: 'L36 9GL' })))).toBe(true);
    expect(meet(contactKeys('Joan Example'), ownKeys(joan({ postcode: 'L36 9GZ' })))).toBe(false);
    expect(meet(contactKeys('Jane Example'), ownKeys(joan({ postcode: 'L36 9GL' })))).toBe(false);
  });
});

describe('A household', () => {
  const households = (...records: Parameters<typeof aRecord>[0][]) =>
    viewOf(...records).addresses.flatMap((sighting) => sighting.households);
  const named = (surname: string, address: object = home) => ({
    details: { forename: 'Joan', surname, birthDate: '1988-02-01', address: { lines: [], ...address } },
  });

  it('of a double surname meets those who use half of it', () => {
    expect(meet(households(named('Davies-Thompson')), households(named('Thompson')))).toBe(true);
    expect(meet(households(named('Davies-Thompson')), households(named('Davies')))).toBe(true);
    expect(meet(households(named('Davies')), households(named('Thompson')))).toBe(false);
  });

  it('is known from a row without a postcode where another row about the person has it', () => {
    const street = named('Example', { lines: ['12 Mill Lane'] });
    expect(meet(households(street), households(named('Example')))).toBe(false);
    expect(meet(households(street, named('Example', { postcode: 'L36 9GL' })), households(named('Example')))).toBe(true);
    expect(
      meet(
        households(street, named('Example', { postcode: 'L36 9GL' }), named('Example', { postcode: 'L1 1AA' })),
        households(named('Example')),
      ),
    ).toBe(false);
  });
});

describe('An address that is nobody’s home', () => {
  it.each(['No fixed abode', 'c/o 12 Mill Lane', 'HMP Example', '12 Mill Lane Hostel', 'Sunny Nursing Home, 3 Mill Lane', 'N.F.A.'])(
    '%s ties nobody to anybody',
    (line) => {
      const view = viewOf({
        details: {
          forename: 'Joan',
          surname: 'Example',
          birthDate: '1988-02-01',
          address: { lines: [line], postcode: 'L36 9GL', uprn: '10000000001' },
        },
      });
      expect(view.addresses.flatMap(({ homes, households, namesAtAddress }) => [...homes, ...households, ...namesAtAddress])).toEqual([]);
    },
  );

  it('but a street of such a name is one', () => {
    expect(viewOf(joan({ lines: ['12 Hospital Road'], postcode: 'L36 9GL' })).addresses.flatMap(({ homes }) => homes)).toHaveLength(1);
  });
});

describe('A home with a UPRN', () => {
  const shared = (address: object, more: object = {}) =>
    viewOf({
      details: { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01', address: { lines: ['12 Mill Lane'], ...address }, ...more },
    })
      .addresses.flatMap(({ households }) => households)
      .filter(isSharedHomeKey);

  it('is one key for whoever lives there, whatever their names', () => {
    expect(shared({ uprn: '10000000001' })).toHaveLength(1);
    expect(shared({ uprn: '10000000001' }, { surname: 'Other' })).toEqual(shared({ uprn: '10000000001', lines: [] }));
    expect(shared({ uprn: '10000000002' })).not.toEqual(shared({ uprn: '10000000001' }));
  });

  it('is none without a UPRN, or where the address is protected', () => {
    expect(shared({ postcode: 'L36 9GL' })).toEqual([]);
    expect(shared({ uprn: '10000000001' }, { addressProtected: true })).toEqual([]);
  });
});
