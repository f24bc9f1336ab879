import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FamilyPerson } from '#shared/domain/families/family-person.ts';
import { aChild, aPerson, build, inShort, naming, parentOf, related, stayAt } from './builders.ts';

const here = stayAt('mill lane', 'example');

describe('a household', () => {
  it('is people of one surname at one home', () => {
    expect(inShort(build([aPerson('mother', { stays: [here] }), aChild('child', { stays: [here] })]))).toEqual(['child mother']);
  });

  it('of strangers of another surname at the same home stays two', () => {
    const stranger = aPerson('stranger', { stays: [stayAt('mill lane', 'other')] });
    expect(inShort(build([aPerson('mother', { stays: [here] }), aChild('child', { stays: [here] }), stranger]))).toEqual(['child mother']);
  });

  it('takes in somebody of another surname whom a row states to be the partner, as long as they are seen at one home', () => {
    const family = (partnerHome: string) =>
      inShort(
        build([
          aPerson('mother', { stays: [here], relations: [related('partner-of', 'partner')] }),
          aChild('child', { stays: [here] }),
          aPerson('partner', { stays: [stayAt(partnerHome, 'other')] }),
        ]),
      );
    expect(family('mill lane')).toEqual(['child mother partner']);
    expect(family('far away')).toEqual(['child mother']);
  });

  it('is not inferred under a key that more people share than a home has', () => {
    expect(
      inShort(build([aPerson('mother', { stays: [here] }), aChild('child', { stays: [here] })], ['household:example@mill lane'])),
    ).toEqual(['child']);
  });

  it('is not inferred from a protected address', () => {
    const people = [aPerson('mother', { stays: [here], addressProtected: true }), aChild('child', { stays: [here] })];
    expect(inShort(build(people))).toEqual(['child']);
  });

  it('needs both to have been there within a year of each other', () => {
    const family = (lastSeen: string) =>
      inShort(
        build([
          aPerson('mother', { stays: [stayAt('mill lane', 'example', { firstSeen: '2022-01-01', lastSeen, standing: false })] }),
          aChild('child', { stays: [here] }),
        ]),
      );
    expect(family('2024-09-01')).toEqual(['child mother']);
    expect(family('2024-08-31')).toEqual(['child']);
  });

  it('holds when some files still have the old home', () => {
    const old = stayAt('old home', 'example');
    const people = [aPerson('mother', { stays: [old] }), aChild('child', { stays: [{ ...here, sightings: 3 }, old] })];
    expect(inShort(build(people))).toEqual(['child mother']);
  });

  it('leaves behind whom the files saw there more than a year before the latest of them', () => {
    const before = stayAt('mill lane', 'example', { firstSeen: '2023-01-01', lastSeen: '2025-06-30', standing: false });
    const father = aPerson('father', { stays: [before, stayAt('new flat', 'example', { lastSeen: '2026-10-31', sightings: 2 })] });
    expect(inShort(build([aChild('child', { stays: [here] }), father]))).toEqual(['child']);
  });
});

describe('who is a family at all', () => {
  it('a child alone is, two adults are, one adult alone is not', () => {
    expect(inShort(build([aChild('child')]))).toEqual(['child']);
    expect(inShort(build([aPerson('a', { stays: [here] }), aPerson('b', { stays: [here] })]))).toEqual(['a b']);
    expect(inShort(build([aPerson('adult')]))).toEqual([]);
  });
});

describe('parents', () => {
  it('of another surname belong to the household when they are seen at the child’s home', () => {
    const mother = aPerson('mother', { stays: [stayAt('mill lane', 'other')], relations: [parentOf('child')] });
    expect(inShort(build([mother, aChild('child', { stays: [here] })]))).toEqual(['child mother']);
  });

  it('who live elsewhere are marked so, and belong to the household of their own too', () => {
    const people = [
      aPerson('mother', { stays: [here], relations: [parentOf('child')] }),
      aChild('child', { stays: [here] }),
      aPerson('father', {
        stays: [stayAt('new flat', 'example')],
        relations: [parentOf('child'), parentOf('second'), related('partner-of', 'wife')],
      }),
      aPerson('wife', { stays: [stayAt('new flat', 'other')] }),
      aChild('second', { stays: [stayAt('new flat', 'example')] }),
    ];
    expect(inShort(build(people))).toEqual(['child (father) mother', 'father second wife']);
  });

  it('of a child seen at two homes: the home with more rows is the child’s, the other parent lives elsewhere', () => {
    const people = [
      aPerson('mother', { stays: [stayAt('mill lane', 'mum')], relations: [parentOf('child')] }),
      aPerson('father', { stays: [stayAt('new flat', 'dad')], relations: [parentOf('child')] }),
      aChild('child', { stays: [stayAt('mill lane', 'dad', { sightings: 2 }), stayAt('new flat', 'dad')] }),
    ];
    expect(inShort(build(people))).toEqual(['child (father) mother']);
  });

  it('without any address live with the child where no other adult does', () => {
    expect(inShort(build([aPerson('mother', { relations: [parentOf('child')] }), aChild('child', { stays: [here] })]))).toEqual([
      'child mother',
    ]);
    const grandmother = aPerson('grandmother', { birthDate: '1955-01-01', stays: [here] });
    expect(
      inShort(build([aPerson('mother', { relations: [parentOf('child')] }), aChild('child', { stays: [here] }), grandmother])),
    ).toEqual(['child grandmother (mother)']);
  });

  it('of a child that no adult is seen with are not all thrown together: one of them has the child', () => {
    const people = [
      aPerson('mother', { stays: [stayAt('a', 'mum', { lastSeen: '2026-10-31' })], relations: [parentOf('child')] }),
      aPerson('father', { stays: [stayAt('b', 'dad', { lastSeen: '2026-03-31' })], relations: [parentOf('child')] }),
      aChild('child', { stays: [stayAt('c', 'kid')] }),
    ];
    expect(inShort(build(people))).toEqual(['child (father) mother']);
  });

  it('with a protected address are not brought together with whoever stayed behind', () => {
    const people = [
      aPerson('mother', { addressProtected: true, stays: [], relations: [parentOf('child')] }),
      aChild('child', { addressProtected: true, stays: [] }),
      aPerson('father', { stays: [here], relations: [parentOf('child'), related('partner-of', 'mother')] }),
    ];
    expect(inShort(build(people))).toEqual(['child (father) mother']);
  });

  it('make brothers and sisters of children of two surnames', () => {
    const mother = aPerson('mother', { stays: [here], relations: [parentOf('first'), parentOf('second')] });
    const children = [aChild('first', { stays: [here] }), aChild('second', { stays: [stayAt('mill lane', 'before')] })];
    expect(inShort(build([mother, ...children]))).toEqual(['first mother second']);
  });
});

describe('names on a child’s row', () => {
  const child = aChild('child', { stays: [here], contacts: [naming('joan@mill lane', 'joan@postcode')] });
  const joan = (personId: string, birthDate: string | undefined, key = 'joan@mill lane'): FamilyPerson =>
    aPerson(personId, { birthDate, stays: [stayAt('mill lane', 'other')], namesAtAddress: [key] });

  it('are a parent where an adult of that name is seen at the child’s home', () => {
    const [family] = build([child, joan('joan', '1990-01-01')]);
    expect(family?.members).toEqual([
      { personId: 'child', role: 'child', lives: 'in-the-household', basis: ['named-contact'], from: '2025-10-31' },
      { personId: 'joan', role: 'parent-or-carer', lives: 'in-the-household', basis: ['named-contact'], from: '2025-10-31' },
    ]);
  });

  it.each([
    ['sixteen years older to the day', '2000-05-05', ['child joan']],
    ['a day too young', '2000-05-06', ['child']],
  ])('only of somebody old enough: %s', (_, birthDate, families) => {
    expect(inShort(build([child, joan('joan', birthDate)]))).toEqual(families);
  });

  it('of two people of that name, or one of unknown age, are for somebody to check', () => {
    for (const people of [[joan('joan', '1990-01-01'), joan('aunt', '1970-01-01')], [joan('joan', undefined)]]) {
      const families = build([child, ...people]);
      expect(families.find(({ members }) => members.some(({ personId }) => personId === 'child'))).toMatchObject({ contactToCheck: true });
      expect(inShort(families)).toContain('child');
    }
  });

  it('are found in the postcode where nobody is at the home, and live with the child unless a file has another home for them', () => {
    const near = aPerson('joan', { birthDate: '1990-01-01', namesAtAddress: ['joan@postcode'] });
    expect(inShort(build([child, near]))).toEqual(['child joan']);
    expect(inShort(build([child, joan('at home', '1990-01-01'), near]))).toEqual(['at home child']);
    const atHome = aPerson('at home', {
      birthDate: '1990-01-01',
      stays: [stayAt('mill lane', 'other')],
      namesAtAddress: ['joan@postcode'],
    });
    expect(inShort(build([child, atHome, near]))).toEqual(['at home child']);
  });

  it('the same name at the same home makes brothers and sisters, whatever their surnames', () => {
    const other = aChild('half sister', { stays: [stayAt('mill lane', 'elsewise')], contacts: [naming('joan@mill lane')] });
    expect(inShort(build([child, other]))).toEqual(['child half sister']);
  });
});

describe('the unborn', () => {
  const unborn = (change: Partial<FamilyPerson> = {}): FamilyPerson =>
    aPerson('unborn', { birthDate: undefined, expectedBirthDate: '2027-02-01', ...change });

  it('belong to the mother whom a row states', () => {
    const [family] = build([unborn({ relations: [related('child-of', 'mother')] }), aPerson('mother', { stays: [here] })]);
    expect(family?.members.map(({ personId, role }) => [personId, role])).toEqual([
      ['mother', 'parent-or-carer'],
      ['unborn', 'unborn-child'],
    ]);
  });

  it('or to the household whose home and surname their row gives', () => {
    expect(inShort(build([unborn({ stays: [here] }), aPerson('mother', { stays: [here] })]))).toEqual(['mother unborn']);
  });
});

describe('a family too large to be one', () => {
  it('is cut to thirty and left for a person to look at', () => {
    const people = Array.from({ length: 31 }, (_, index) => aChild(`child-${String(index).padStart(2, '0')}`, { stays: [here] }));
    expect(build(people)).toMatchObject([{ tooLarge: true, members: { length: 30 } }]);
  });
});

describe('whatever the people', () => {
  const stay = fc
    .record({ home: fc.constantFrom('a', 'b', 'c'), surname: fc.constantFrom('x', 'y'), sightings: fc.integer({ min: 1, max: 3 }) })
    .map(({ home, surname, sightings }) => stayAt(home, surname, { sightings }));
  const people = fc
    .array(
      fc.record({
        birthDate: fc.constantFrom('1975-01-01', '1990-06-15', '2009-03-03', '2016-05-05', undefined),
        addressProtected: fc.boolean(),
        stays: fc.array(stay, { maxLength: 3 }),
        namesAtAddress: fc.array(fc.constantFrom('n@a', 'm@b'), { maxLength: 1 }),
        contacts: fc.array(
          fc.constantFrom('n@a', 'm@b').map((key) => naming(key)),
          { maxLength: 2 },
        ),
        relations: fc.array(
          fc.tuple(
            fc.constantFrom('parent-or-carer-of' as const, 'child-of' as const, 'partner-of' as const, 'household-member-with' as const),
            fc.nat(7),
          ),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((list) =>
      list.map((each, index) =>
        aPerson(`person-${String(index)}`, {
          ...each,
          relations: each.relations.map(([relation, to]) => related(relation, `person-${String(to % list.length)}`)),
        }),
      ),
    );

  it('their order does not matter, and each lives in one family at most', () => {
    fc.assert(
      fc.property(people, (list) => {
        const families = build(list);
        expect(build(list.toReversed())).toEqual(families);
        const residents = families.flatMap(({ members }) =>
          members.filter(({ lives }) => lives === 'in-the-household').map(({ personId }) => personId),
        );
        expect(new Set(residents).size).toBe(residents.length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('somebody with a protected address is in a family with others only by what a row states', () => {
    fc.assert(
      fc.property(people, (list) => {
        const safe = new Set(list.filter(({ addressProtected }) => addressProtected).map(({ personId }) => personId));
        for (const { members } of build(list)) {
          for (const { personId, basis } of members)
            if (safe.has(personId)) expect(['stated-relation', 'only-member']).toEqual(expect.arrayContaining(basis));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
