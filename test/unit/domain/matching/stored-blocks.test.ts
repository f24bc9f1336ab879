import { describe, expect, it } from 'vitest';
import { keysToLookUnder, standUnder, storedLadders } from '#shared/domain/matching/keys/stored-blocks.ts';
import { rowOfDetails } from '#shared/domain/matching/rows/row-of-details.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';

const child: PersonDetails = {
  forename: 'Alex',
  surname: 'Example',
  birthDate: '2012-02-01',
  address: { lines: ['1 Mill Lane'], postcode: 'L36 9GL' },
};
const laddersOf = (details: PersonDetails) => storedLadders(rowOfDetails(details, { agency: 'schools', feed: 'school-roll' }));
const shared = (a: PersonDetails, b: PersonDetails): number => {
  const keys = new Set(laddersOf(b).flat());
  return laddersOf(a).filter(([broadest = '']) => keys.has(broadest)).length;
};

describe('the ladders of a row', () => {
  it('are three, each from two facts to all there are', () => {
    const ladders = laddersOf(child);
    expect(ladders.map(({ length }) => length)).toEqual([3, 3, 3]);
    for (const [broadest = '', ...narrower] of ladders) for (const key of narrower) expect(key.startsWith(`${broadest}|`)).toBe(true);
  });

  it.each<[string, PersonDetails, number]>([
    ['the same', child, 3],
    ['another surname, after a marriage', { ...child, surname: 'Okonkwo' }, 1],
    ['another forename', { ...child, forename: 'Kim' }, 1],
    ['day and month the other way round', { ...child, birthDate: '2012-01-02' }, 3],
    ['another day', { ...child, birthDate: '2012-07-19' }, 1],
    ['nothing in common', { forename: 'Kim', surname: 'Okonkwo', birthDate: '1980-05-05' }, 0],
  ])('meet those of %s', (_, other, meeting) => {
    expect(shared(child, other)).toBe(meeting);
  });

  it('meet those with forename and surname in each other’s place', () => {
    expect(shared({ ...child, forename: 'Tariq' }, { ...child, forename: 'Example', surname: 'Tariq' })).toBe(1);
  });

  it('end in a key that rows share which agree in name, date and postcode, and no others', () => {
    const last = (details: PersonDetails) => laddersOf(details).map((ladder) => ladder.at(-1));
    expect(last({ ...child, address: { lines: ['1, Mill Lane'], postcode: 'l369gl' } })).toEqual(last(child));
    expect(last({ ...child, address: { lines: ['1 Mill Lane'], postcode: 'L36 9GM' } })).not.toEqual(last(child));
  });
});

describe('somebody stands', () => {
  const ladder = ['broad', 'narrow', 'narrowest'];
  const full =
    (...keys: string[]) =>
    (key: string) =>
      keys.includes(key);
  const none = new Set<string>();

  it('under the broadest key that is not full, and is looked for down to it', () => {
    expect(standUnder([ladder], none, full())).toEqual(['broad']);
    expect(standUnder([ladder], none, full('broad'))).toEqual(['narrow']);
    expect(keysToLookUnder(ladder, full())).toEqual(['broad']);
    expect(keysToLookUnder(ladder, full('broad'))).toEqual(['broad', 'narrow']);
    expect(keysToLookUnder(ladder, full('broad', 'narrow', 'narrowest'))).toEqual(ladder);
  });

  it('where they stood before, however full it has become', () => {
    expect(standUnder([ladder], new Set(['broad']), full('broad'))).toEqual(['broad']);
    expect(standUnder([ladder], new Set(['narrow']), full())).toEqual(['narrow']);
  });

  it('nowhere on a ladder that is full to its end', () => {
    expect(standUnder([ladder, ['other']], none, full(...ladder))).toEqual(['other']);
  });
});
