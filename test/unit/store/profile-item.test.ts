import { expect, it } from 'vitest';
import type { PersonProfile } from '#shared/domain/people/person-profile.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { itemSize } from '#shared/store/item-size.ts';
import { profileItem, profileItemSchema } from '#shared/store/records/profile-item.ts';
import { aPersonWith, aRecord } from '../../support/a-record.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const personId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const profileOf = (...records: Parameters<typeof aRecord>[0][]): PersonProfile => {
  const [profile] = aPersonWith(
    hash,
    records.map((record) => aRecord({ personId, ...record })),
  ).profiles;
  if (profile === undefined) throw new Error('no profile');
  return profile;
};

const known = profileOf(
  {},
  {
    agency: 'police',
    feed: 'police-incidents',
    details: {
      forename: 'Łukasz',
      surname: 'O’Brien',
      birthDate: '2015-03-09',
      address: { lines: ['87 Ashmuir Lane'], town: 'Westbrook Cross', postcode: 'L35 8GL', uprn: '99900001582' },
    },
  },
);

it('a profile comes back as it was stored', () => {
  const restricted: PersonProfile = {
    ...known,
    restriction: { kind: 'objection', since: '2026-01-01' },
    apart: [{ personId, identifiers: [] }],
  };
  for (const profile of [known, restricted, profileOf({})]) expect(profileItemSchema.parse(profileItem(profile))).toEqual(profile);
});

it('somebody known to two agencies fits into one kilobyte, as one unit', () => {
  expect(itemSize(profileItem(known))).toBeLessThan(1024);
  expect(JSON.stringify(known).length).toBeGreaterThan(1024);
});

it('ends by the day that stands outside, and names nobody outside', () => {
  const { view: _, ...outside } = profileItem(known);
  expect(outside).toEqual({
    pk: `PERSON#${personId}`,
    sk: 'PROFILE',
    personId,
    version: 1,
    expiresOn: known.expiresOn,
    expiresAtSeconds: Date.parse(known.expiresOn) / 1000,
    schemaVersion: 1,
  });
});

it('what was written in a way that is not known here is refused, not guessed', () => {
  const item = profileItem(known);
  expect(profileItemSchema.safeParse({ ...item, view: Buffer.of(9, 1, 2) }).success).toBe(false);
  expect(profileItemSchema.safeParse({ ...item, view: Buffer.alloc(0) }).success).toBe(false);
});
