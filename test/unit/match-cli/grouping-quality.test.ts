import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupingQuality, pairwiseScores, qualityByRow, type GroupedRow } from '#infra/local/cli/match/evaluation/grouping-quality.ts';

const row = (made: string, truth: string): GroupedRow => ({ made, truth });

/** Person A has three rows, B two, C one; A's third was put with B's first. */
const example = [row('1', 'A'), row('1', 'A'), row('2', 'A'), row('2', 'B'), row('3', 'B'), row('4', 'C')];

describe('the quality of a grouping', () => {
  it('of an example worked out by hand', () => {
    // Pairs put together: 1-2 and 3-4. Pairs that belong together: 1-2, 1-3, 2-3, 4-5. Right: 1-2.
    const quality = groupingQuality(example);
    expect(quality.pairwise.precision).toBeCloseTo(1 / 2, 12);
    expect(quality.pairwise.recall).toBeCloseTo(1 / 4, 12);
    expect(quality.pairwise.f1).toBeCloseTo(1 / 3, 12);
    expect(quality.bCubed.precision).toBeCloseTo((1 + 1 + 1 / 2 + 1 / 2 + 1 + 1) / 6, 12);
    expect(quality.bCubed.recall).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6, 12);
    expect(quality).toMatchObject({ rows: 6, trueGroups: 3, madeGroups: 4, mixed: 1, largest: 2 });
    expect(quality.exactShare).toBeCloseTo(1 / 3, 12);
  });

  it('is perfect where the groups are the truth under other names', () => {
    const quality = groupingQuality([row('x', 'A'), row('x', 'A'), row('y', 'B')]);
    expect([quality.pairwise.f1, quality.bCubed.f1, quality.exactShare, quality.mixed]).toEqual([1, 1, 1, 0]);
  });

  it('claims nothing wrong where every row stands alone', () => {
    const { pairwise } = groupingQuality([row('1', 'A'), row('2', 'A')]);
    expect(pairwise).toEqual({ precision: 1, recall: 0, f1: 0 });
  });

  it('shares a pair between the parts of a file that its rows are in', () => {
    const quality = qualityByRow(example);
    // The first three rows are in two pairs put (one seen from both sides) and three that belong, all from both sides.
    expect(pairwiseScores(quality.slice(0, 3))).toEqual({ precision: 2 / 3, recall: 2 / 6, f1: (2 * (2 / 3) * (1 / 3)) / (2 / 3 + 1 / 3) });
  });

  it('equals counting every pair', () => {
    const groups = fc.array(fc.record({ made: fc.constantFrom('1', '2', '3', '4', '5'), truth: fc.constantFrom('A', 'B', 'C', 'D') }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(groups, (rows) => {
        let [put, belonging, right] = [0, 0, 0];
        for (const [i, a] of rows.entries()) {
          for (const b of rows.slice(i + 1)) {
            put += Number(a.made === b.made);
            belonging += Number(a.truth === b.truth);
            right += Number(a.made === b.made && a.truth === b.truth);
          }
        }
        const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / rows.length;
        const overlap = (a: GroupedRow): number => rows.filter((b) => b.made === a.made && b.truth === a.truth).length;
        const truths = [...new Set(rows.map(({ truth }) => truth))];
        const isExact = (truth: string): boolean => {
          const own = rows.filter((each) => each.truth === truth);
          const made = new Set(own.map((each) => each.made));
          return made.size === 1 && rows.every((each) => !made.has(each.made) || each.truth === truth);
        };
        const quality = groupingQuality(rows);
        expect(quality.pairwise.precision).toBeCloseTo(put === 0 ? 1 : right / put, 10);
        expect(quality.pairwise.recall).toBeCloseTo(belonging === 0 ? 1 : right / belonging, 10);
        expect(quality.bCubed.precision).toBeCloseTo(mean(rows.map((a) => overlap(a) / rows.filter((b) => b.made === a.made).length)), 10);
        expect(quality.bCubed.recall).toBeCloseTo(mean(rows.map((a) => overlap(a) / rows.filter((b) => b.truth === a.truth).length)), 10);
        expect(quality.exactShare).toBeCloseTo(truths.filter(isExact).length / truths.length, 10);
        const mades = [...new Set(rows.map(({ made }) => made))];
        expect(quality.mixed).toBe(
          mades.filter((made) => new Set(rows.filter((each) => each.made === made).map(({ truth }) => truth)).size > 1).length,
        );
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
