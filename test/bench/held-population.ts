import { seededRandom } from '#infra/local/sample-data/random.ts';
import { changeKeyEntry, mostPerKey, type MatchKeyEntry } from '#shared/domain/matching/match-key-entry.ts';
import { lookupOf, withKeys } from '#shared/domain/matching/match-keys.ts';
import { rowOfDetails } from '#shared/domain/matching/rows/row-of-details.ts';
import { emptyView, withRecord } from '#shared/domain/people/assemble-profile.ts';
import type { KeyedHash } from '#shared/domain/people/keyed-hash.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';
import { keysOfProfile, type PersonProfile } from '#shared/domain/people/person-profile.ts';
import type { RecordStore } from '#shared/services/ingest/record-store.ts';
import { itemSize } from '#shared/store/item-size.ts';
import { matchKeyKey } from '#shared/store/records/record-items.ts';
import { profileItem } from '#shared/store/records/profile-item.ts';
import { aRecord } from '#test/support/a-record.ts';

const today = '2026-01-10';
const school = { agency: 'schools', feed: 'school-roll' } as const;

/** Who somebody is, besides one of a town: of half of it the surname, a date that stands for none, hundreds at one address. */
export const crowds = {
  ordinary: 'nothing in common with many',
  surname: 'surname of half the town',
  birthday: '1 January 2000',
  tower: 'tower block of 400',
  prison: 'prison of 1,000',
} as const;
export type Crowd = keyof typeof crowds;

export const crowdOf = (number: number): Crowd => {
  if (number % 25 === 0) return 'tower';
  if (number % 100 === 1) return 'prison';
  if (number % 50 === 2) return 'birthday';
  return number % 2 === 0 ? 'ordinary' : 'surname';
};

/** Person `number` of an endless town: 2.4 to a home, 40 to a postcode, names as unequally common as names are. */
export const townsperson = (number: number): PersonDetails => {
  const random = seededRandom(`town/${String(number)}`);
  const crowd = crowdOf(number);
  const year = random.int(1940, 2024);
  const home = Math.floor(number / 2.4);
  return {
    forename: nameOf(zipf(random.int(1, 1_000_000), 1_500)),
    surname: number % 2 === 1 ? 'Khan' : nameOf(zipf(random.int(1, 1_000_000), 20_000) + 5_000),
    birthDate: crowd === 'birthday' ? '2000-01-01' : `${String(year)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
    sex: random.int(0, 1) === 0 ? 'female' : 'male',
    address:
      crowd === 'tower'
        ? {
            lines: [`Flat ${String((Math.floor(number / 25) % 170) + 1)} 1 High Rise`],
            postcode: postcodeOf(Math.floor(number / 10_000) + 200_000),
          }
        : crowd === 'prison'
          ? { lines: ['1 Prison Road'], postcode: postcodeOf(Math.floor(number / 100_000) + 300_000) }
          : {
              lines: [`${String((home % 90) + 1)} ${nameOf((Math.floor(number / 200) % 3_000) + 40_000)} Road`],
              postcode: postcodeOf(Math.floor(number / 40)),
            },
  };
};

const two = (part: number): string => String(part).padStart(2, '0');

/** Rank of a name: the first is some thousand times as common as the last. */
const zipf = (millionth: number, names: number): number => Math.floor(names ** (millionth / 1_000_000)) - 1;

const syllables = ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te', 'vi', 'wo', 'zu', 'he'];
const nameOf = (rank: number): string =>
  Array.from(((rank * 0x9e3779b1) >>> 12).toString(16).padStart(5, '0'), (digit) => syllables[Number.parseInt(digit, 16)]).join('');

const letters = 'ABDEFGHJLNPQRSTUWXYZ';
const postcodeOf = (number: number): string =>
  `L${String((number % 89) + 10)} ${String(Math.floor(number / 89) % 10)}${letters.charAt(Math.floor(number / 890) % 20)}${letters.charAt(Math.floor(number / 17_800) % 20)}`;

const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const personIdOf = (number: number): string =>
  `01ARZ3NDEKTSV4RR${Array.from({ length: 10 }, (_, at) => base32.charAt(Math.floor(number / 32 ** (9 - at)) % 32)).join('')}`;
const numberOf = (personId: string): number => Array.from(personId.slice(16)).reduce((sum, letter) => sum * 32 + base32.indexOf(letter), 0);

/**
 * So many townspeople as the records table would hold them, in memory: who stands under which key is kept, a profile is made when
 * it is asked for. What is read is counted as the service charges consistent reads: one unit for each 4 KB begun.
 */
export class HeldPopulation {
  readonly #standing = new Map<string, number[]>();
  readonly #hash: KeyedHash;
  #people = 0;
  readUnits = 0;
  requests = 0;

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  /** Holds more, until there are so many. */
  grow(people: number): void {
    for (; this.#people < people; this.#people += 1) {
      for (const key of keysOfProfile(this.#profile(this.#people, new Set())).persons) {
        const held = this.#standing.get(key);
        if (held === undefined) this.#standing.set(key, [this.#people]);
        else if (held.length < mostPerKey) held.push(this.#people);
      }
    }
  }

  /** What the worker reads of rows that it has not met; nothing else is asked of it. */
  readonly reads: Pick<RecordStore, 'readLedgers' | 'readKeys' | 'readProfiles' | 'readRecords'> = {
    readLedgers: (rowIds) => this.#answer([], rowIds.length, []),
    readKeys: (keys) => {
      const found = keys.flatMap((key) => this.entry(key) ?? []);
      return this.#answer(
        found,
        keys.length,
        found.map((entry) => itemSize({ ...matchKeyKey(entry.key), ...entry })),
      );
    },
    readProfiles: (personIds) => {
      const found = [...new Set(personIds)].map((personId) => this.profile(numberOf(personId)));
      return this.#answer(
        found,
        found.length,
        found.map((profile) => itemSize(profileItem(profile))),
      );
    },
    readRecords: () => Promise.reject(new Error('no row has changed')),
  };

  entry(key: string): MatchKeyEntry | undefined {
    const held = this.#standing.get(key);
    if (held === undefined) return undefined;
    const empty = { key, persons: [], namedBy: [], crowded: false, version: 1 };
    const nobody = new Set<string>();
    return changeKeyEntry(empty, {
      addPersons: new Set(held.map(personIdOf)),
      removePersons: nobody,
      addNamedBy: nobody,
      removeNamedBy: nobody,
    });
  }

  profile(number: number): PersonProfile {
    const details = townsperson(number);
    const rungs = lookupOf(this.#hash, details, rowOfDetails(details, school)).ladders.flat();
    return this.#profile(number, new Set(rungs.filter((key) => this.#standing.get(key)?.includes(number) ?? false)));
  }

  #profile(number: number, stoodUnder: ReadonlySet<string>): PersonProfile {
    const personId = personIdOf(number);
    const record = aRecord({ ...school, personId, details: townsperson(number), periodEnd: '2025-12-19' });
    const isFull = (key: string): boolean => (this.#standing.get(key)?.length ?? 0) >= mostPerKey;
    const view = withRecord(emptyView(record.expiresOn), record);
    return { ...withKeys(this.#hash, view, today, { stoodUnder, isFull }), personId, version: 1 };
  }

  #answer<Found>(found: Found[], asked: number, sizes: readonly number[]): Promise<Found[]> {
    this.requests += Math.ceil(asked / 100);
    this.readUnits += asked - found.length + sizes.reduce((sum, bytes) => sum + Math.ceil(bytes / 4096), 0);
    return Promise.resolve(found);
  }
}
