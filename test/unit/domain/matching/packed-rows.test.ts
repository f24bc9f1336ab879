import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPacked, noRows, packRow, rowsOfPacked } from '#shared/domain/matching/person/packed-rows.ts';
import type { MatchRow, MatchValues } from '#shared/domain/matching/rows/match-row.ts';

const aRow = (values: MatchValues): MatchRow => ({ cleaningVersion: 1, rowId: 'r', source: 's', values });
const valuesOf = (packed: string): readonly MatchValues[] => rowsOfPacked(packed).map(({ values }) => values);

describe('Rows in short', () => {
  it('give back what they said, the newest first, each once', () => {
    const old = packRow(aRow({ forename: ['anna'], surname: ['smith', 'jones'] }), '2024-01-01');
    const newer = packRow(aRow({ forename: ['ann'], surname: ['jones'], postcode: ['L361AB'] }), '2025-01-01');
    const again = packRow(aRow({ surname: ['smith', 'jones'], forename: ['anna'] }), '2026-01-01');
    expect(valuesOf(joinPacked(old, newer))).toEqual([
      { forename: ['ann'], surname: ['jones'], postcode: ['L361AB'] },
      { forename: ['anna'], surname: ['smith', 'jones'] },
    ]);
    expect(valuesOf([old, newer, again].reduce(joinPacked)).map(({ forename }) => forename)).toEqual([['anna'], ['ann']]);
  });

  it('of nothing are nothing', () => {
    expect(packRow(aRow({}), '2026-01-01')).toBe(noRows);
    expect(rowsOfPacked(noRows)).toEqual([]);
  });

  it('hold a value once, however many rows say it', () => {
    const rows = Array.from({ length: 14 }, (_, at) => packRow(aRow({ surname: ['featherstonehaugh'], sex: [String(at)] }), '2026-01-01'));
    expect(rows.reduce(joinPacked).match(/featherstonehaugh/gu)).toHaveLength(1);
  });

  it('are the fourteen newest, and the same in whatever order they came', () => {
    const rows = fc.array(
      fc.record({
        values: fc.record(
          { forename: fc.subarray(['ann', 'bo', 'cy'], { minLength: 1 }), surname: fc.constantFrom(['x'], ['y'], ['x', 'y']) },
          { requiredKeys: [] },
        ),
        day: fc.constantFrom('2024-01-01', '2025-01-01', '2026-01-01'),
        number: fc.nat(9),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, fc.nat(), (given, turn) => {
        const packed = given.map(({ values, day, number }) => packRow(aRow({ ...values, address: [`${String(number)} high st`] }), day));
        const at = turn % packed.length;
        const [left, right] = [packed.slice(0, at), packed.slice(at)];
        const whole = packed.reduce(joinPacked);
        expect([...right, ...left].reduce(joinPacked)).toBe(whole);
        expect(joinPacked(left.reduce(joinPacked, noRows), right.reduce(joinPacked, noRows))).toBe(whole);
        const newest =
          given
            .map(({ day }) => day)
            .toSorted()
            .at(-1) ?? '';
        expect(rowsOfPacked(whole).length).toBeLessThanOrEqual(14);
        expect(whole).toContain(newest);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
