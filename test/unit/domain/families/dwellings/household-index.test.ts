import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HouseholdIndex, type HouseholdRow } from '#shared/domain/families/dwellings/household-index.ts';
import { campaign } from '#test/support/campaigns.ts';

let count = 0;
const aRow = (row: Partial<HouseholdRow> = {}): HouseholdRow => {
  count += 1;
  return { rowId: `r${String(count)}`, personId: `p${String(count)}`, source: 'census', surnames: ['example'], postcode: 'L369GL', ...row };
};

/** The households of rows, numbered from 0 in the order of the rows; -1 for none. */
const households = (rows: readonly HouseholdRow[], asked: readonly HouseholdRow[] = rows): number[] => {
  const index = new HouseholdIndex();
  for (const row of rows) index.add(row);
  const names: string[] = [];
  return asked.map(({ rowId }) => {
    const household = index.householdOf(rowId);
    if (household === undefined) return -1;
    if (!names.includes(household)) names.push(household);
    return names.indexOf(household);
  });
};

const at = (address: string, surname = 'example', more: Partial<HouseholdRow> = {}): HouseholdRow =>
  aRow({ address, surnames: [surname], ...more });

describe('households at one address', () => {
  it('are whoever one source lists there, whatever their names', () => {
    expect(households([at('14 mill ln'), at('14 mill ln', 'other'), at('16 mill ln', 'third')])).toEqual([0, 0, 1]);
  });

  it('take a UPRN for the address, however it is written', () => {
    const uprn = '10000000001';
    expect(households([aRow({ uprn, address: '14 mill ln' }), aRow({ uprn, address: 'the mill', surnames: ['other'] })])).toEqual([0, 0]);
    expect(households([aRow({ uprn, address: '14 mill ln' }), aRow({ uprn: '10000000002', address: '14 mill ln' })])).toEqual([0, 1]);
  });

  it('keep flats and towns apart', () => {
    expect(households([at('1 14 mill ln'), at('2 14 mill ln', 'other')])).toEqual([0, 1]);
    expect(households([at('14 mill ln', 'example', { postcode: 'L369GL' }), at('14 mill ln', 'example', { postcode: 'M11AA' })])).toEqual([
      0, 1,
    ]);
  });

  it('of two sources are one only where somebody or a surname is in both: others may have moved in since', () => {
    const before = at('14 mill ln', 'example', { source: 'school' });
    expect(households([before, at('14 mill ln', 'other', { source: 'police' })])).toEqual([0, 1]);
    expect(households([before, at('14 mill ln', 'example', { source: 'police' })])).toEqual([0, 0]);
    expect(households([before, at('14 mill ln', 'married', { source: 'police', personId: before.personId })])).toEqual([0, 0]);
  });

  it('do not take Kaur, Singh or Begum for a family', () => {
    const rows = ['kaur', 'begum'].map((surname) => [at('14 mill ln', surname), at('14 mill ln', surname, { source: 'police' })]);
    expect(rows.map((pair) => households(pair))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('addresses with slips', () => {
  const family = [at('114 mill ln'), at('114 mill ln'), at('114 mill ln', 'other')];

  it.each([
    ['a street misspelt', '114 mlil ln'],
    ['a number with a slip', '115 mill ln'],
    ['no number', 'mill ln'],
    ['no street', '114'],
  ])('%s: a relative still belongs', (_, address) => {
    expect(households([...family, at(address)])).toEqual([0, 0, 0, 0]);
    expect(households([at(address), ...family])).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['a number with a slip', '115 mill ln'],
    ['no number', 'mill ln'],
    ['no street', '114'],
  ])('%s: somebody of another name does not', (_, address) => {
    expect(households([...family, at(address, 'stranger')])).toEqual([0, 0, 0, 1]);
  });

  it('do not make one home of neighbours who share a name', () => {
    const neighbours = [at('112 mill ln'), at('112 mill ln'), at('112 mill ln')];
    expect(households([...family, ...neighbours])).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('belong to neither of two homes that they could be', () => {
    const homes = [at('112 mill ln'), at('112 mill ln'), at('118 mill ln'), at('118 mill ln')];
    expect(households([...homes, at('mill ln')])).toEqual([0, 0, 1, 1, 2]);
  });

  it('a slip in a longer surname is no other surname', () => {
    expect(households([at('114 mill ln', 'mccallister'), at('115 mill ln', 'mccqllister')])).toEqual([0, 0]);
  });
});

describe('no household', () => {
  it('of a surname alone, a postcode alone or nothing', () => {
    expect(households([aRow(), aRow()])).toEqual([-1, -1]);
    expect(households([at(''), at('14 mill ln')])).toEqual([-1, 0]);
  });

  it('of people without a home', () => {
    expect(households([at('no fixed abode'), at('no fixed abode'), at('14 mill ln', 'example', { postcode: 'ZZ993VZ' })])).toEqual([
      -1, -1, -1,
    ]);
  });

  it('of an institution: many people of many names, or one that says so', () => {
    const residents = Array.from({ length: 13 }, (_, at13) => at('9 mill ln', `name${'abcdefghijklm'[at13] ?? ''}`));
    expect(new Set(households(residents))).toEqual(new Set([-1]));
    expect(households([at('1 hmp altcourse'), at('7 sunny nursing home')])).toEqual([-1, -1]);
  });

  it('but of a large family there is one', () => {
    const family = Array.from({ length: 15 }, (_, child) => at('9 mill ln', child < 11 ? 'example' : 'other'));
    expect(new Set(households(family))).toEqual(new Set([0]));
  });
});

describe('what the source says', () => {
  it('goes before addresses and names', () => {
    const stated = { statedHousehold: 'T-17' };
    expect(households([at('14 mill ln', 'example', stated), at('3 high st', 'other', stated), at('3 high st', 'third')])).toEqual([
      0, 0, 1,
    ]);
    expect(
      households([at('14 mill ln', 'a b', { ...stated, source: 'landlord' }), at('3 high st', 'c d', { ...stated, source: 'school' })]),
    ).toEqual([0, 1]);
  });
});

describe('people who are protected', () => {
  it('have no household, and none is inferred from them', () => {
    const hidden = at('114 mill ln', 'example', { isProtected: true });
    const relative = at('115 mill ln');
    expect(households([hidden, relative])).toEqual([-1, 0]);
    expect(households([at('114 mill ln', 'other'), hidden, relative])).toEqual([0, -1, 1]);
  });

  it('nor from what was known of them before', () => {
    const before = at('114 mill ln', 'example', { personId: 'hidden' });
    const after = at('3 high st', 'example', { personId: 'hidden', isProtected: true });
    const other = at('114 mill ln', 'other');
    const relative = at('115 mill ln');
    expect(households([other, before, relative])).toEqual([0, 0, 0]);
    expect(households([other, before, relative, after])).toEqual([0, -1, 1, -1]);
  });
});

describe('any rows', () => {
  const { runs, seed } = campaign('households');
  const anyRow = fc.record({
    personId: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'),
    source: fc.constantFrom('a', 'b'),
    surnames: fc.constantFrom(['smith'], ['jones'], ['kaur'], ['smith jones'], []),
    address: fc.constantFrom('14 mill ln', '14 mlil ln', '15 mill ln', 'mill ln', '14', '', '1 14 mill ln', 'no fixed abode'),
    postcode: fc.constantFrom('L369GL', '', 'ZZ993VZ', 'M11AA'),
    isProtected: fc.constantFrom(false, false, false, true),
  });

  it('a household never holds a protected person, and is the same for the same rows', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), (given) => {
        const rows = given.map((row, at12) => ({ ...row, rowId: `row${String(at12)}` }));
        const found = households(rows);
        expect(households(rows)).toEqual(found);
        const hidden = new Set(rows.filter(({ isProtected }) => isProtected).map(({ personId }) => personId));
        for (const [at12, { personId }] of rows.entries()) if (hidden.has(personId)) expect(found[at12]).toBe(-1);
      }),
      { numRuns: runs, seed },
    );
  });

  const together = (found: readonly number[]): string => found.map((one) => (one === -1 ? -1 : found.indexOf(one))).join();

  it('the order in which they come changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyRow, fc.nat()), { maxLength: 10 }), (given) => {
        const rows = given.map(([row, place], at10) => ({ ...row, place, rowId: `row${String(at10)}` }));
        const otherwise = rows.toSorted((x, y) => x.place - y.place);
        expect(together(households(otherwise, rows))).toBe(together(households(rows)));
      }),
      { numRuns: runs, seed },
    );
  });

  it('protecting somebody leaves the others as if that person had never been there', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 10 }), (given) => {
        const rows = given.map((row, at10) => ({ ...row, isProtected: false, rowId: `row${String(at10)}` }));
        const others = rows.filter(({ personId }) => personId !== 'p1');
        const protect = { ...aRow({ personId: 'p1', isProtected: true }) };
        expect(together(households([...rows, protect], others))).toBe(together(households(others)));
      }),
      { numRuns: runs, seed },
    );
  });
});
