import { describe, expect, it } from 'vitest';
import { groupingQuality, qualityByRow } from '#infra/local/cli/match/evaluation/grouping-quality.ts';
import { afterPerfectReview, reviewQuality, type DecidedRow, type Decision } from '#infra/local/cli/match/evaluation/review.ts';
import { sliceRows } from '#infra/local/cli/match/evaluation/slices.ts';

const row = (made: string, truth: string, decision: Decision = 'link'): DecidedRow => ({ made, truth, decision });

describe('a perfect reviewer', () => {
  it('makes a provisional person one with the right person, with all that came to it since', () => {
    const rows = [row('1', 'A', 'new'), row('1', 'A'), row('1', 'A'), row('2', 'A', 'review'), row('2', 'A')];
    expect(afterPerfectReview(rows).map(({ made }) => made)).toEqual(['1', '1', '1', '1', '1']);
  });

  it('leaves alone whoever is nobody else, and rows that nobody was asked about', () => {
    const rows = [row('1', 'A', 'new'), row('2', 'B', 'review'), row('3', 'A', 'new')];
    expect(afterPerfectReview(rows).map(({ made }) => made)).toEqual(['1', '2', '3']);
  });

  it('takes a row out of a provisional person that is mostly somebody else', () => {
    const rows = [row('1', 'A', 'new'), row('1', 'A'), row('2', 'A', 'review'), row('2', 'B'), row('2', 'B')];
    expect(afterPerfectReview(rows).map(({ made }) => made)).toEqual(['1', '1', '1', '2', '2']);
  });

  it('cannot undo a link that nobody asked about', () => {
    const rows = [row('1', 'A', 'new'), row('1', 'B'), row('2', 'B', 'review')];
    expect(groupingQuality(afterPerfectReview(rows)).mixed).toBe(1);
  });
});

describe('review', () => {
  it('is worth its rows where the person has rows elsewhere', () => {
    const rows = [row('1', 'A', 'new'), row('2', 'A', 'review'), row('3', 'B', 'review'), row('4', 'C', 'new')];
    expect(reviewQuality(rows)).toEqual({ share: 1 / 2, yield: 1 / 2 });
    expect(reviewQuality([row('1', 'A', 'new')])).toEqual({ share: 0, yield: 1 });
  });
});

describe('slices', () => {
  const file = (sizes: Readonly<Record<string, number>>) => {
    const rows = Object.entries(sizes).flatMap(([sex, size]) =>
      Array.from({ length: size }, (_, at) => ({ ...row(`${sex}${String(at)}`, `${sex}${String(at >> 1)}`), sex })),
    );
    const quality = qualityByRow(rows);
    return rows.map(({ decision, sex }, at) => ({ quality: quality[at]!, decision, values: { sex } }));
  };

  it('give the quality of each value', () => {
    const [sex] = sliceRows(file({ f: 20, m: 12 }), ['sex']);
    expect(sex).toMatchObject({ column: 'sex', suppressed: 0, spread: 0 });
    expect(
      sex?.slices.map(({ value, rows, missedShare, wronglyJoinedShare }) => ({ value, rows, missedShare, wronglyJoinedShare })),
    ).toEqual([
      { value: 'f', rows: 20, missedShare: 1, wronglyJoinedShare: 0 },
      { value: 'm', rows: 12, missedShare: 1, wronglyJoinedShare: 0 },
    ]);
  });

  it('leave out values of fewer than ten rows', () => {
    const [sex] = sliceRows(file({ f: 20, m: 12, x: 9, u: 2 }), ['sex']);
    expect(sex).toMatchObject({ suppressed: 2 });
    expect(sex?.slices.map(({ value }) => value)).toEqual(['f', 'm']);
  });

  it('leave out one more where a single one could be worked out from the total', () => {
    const [sex] = sliceRows(file({ f: 20, m: 12, x: 9 }), ['sex']);
    expect(sex).toMatchObject({ suppressed: 2 });
    expect(sex?.slices.map(({ value }) => value)).toEqual(['f']);
  });
});
