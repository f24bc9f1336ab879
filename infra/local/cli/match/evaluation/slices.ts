import { bCubedScores, pairwiseScores, type RowQuality, type Scores } from './grouping-quality.ts';
import type { Decision } from './review.ts';

/** Groups of fewer rows are not shown: rates of a handful say little and may point at somebody. */
const fewestShown = 10;

export interface SlicedRow {
  readonly quality: RowQuality;
  readonly decision: Decision;
  /** Value by column; blank where the row has none. */
  readonly values: Readonly<Record<string, string>>;
}

interface Slice {
  readonly value: string;
  readonly rows: number;
  readonly pairwise: Scores;
  readonly bCubed: Scores;
  readonly reviewShare: number;
  /** Rows that stand in a person together with somebody else's rows. */
  readonly wronglyJoinedShare: number;
  /** Rows that are kept apart from a row of the same person. */
  readonly missedShare: number;
}

export interface SlicedColumn {
  readonly column: string;
  readonly slices: readonly Slice[];
  /** Values that were left out because too few rows have them. */
  readonly suppressed: number;
  /** Largest pairwise F1 of the shown slices less the smallest. */
  readonly spread: number;
}

/**
 * Quality by value of each column. Where exactly one value would be left out, the next smallest is as well: otherwise the
 * one could be worked out from the total.
 */
export const sliceRows = (rows: readonly SlicedRow[], columns: readonly string[]): readonly SlicedColumn[] =>
  columns.map((column) => {
    const groups = new Map<string, SlicedRow[]>();
    for (const row of rows) {
      const value = row.values[column] ?? '';
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [row]);
      else group.push(row);
    }
    const bySize = [...groups].toSorted(([a, rowsA], [b, rowsB]) => rowsA.length - rowsB.length || (a < b ? -1 : 1));
    const small = bySize.filter(([, group]) => group.length < fewestShown).length;
    const suppressed = small === 1 && bySize.length > 1 ? 2 : small;
    const slices = bySize
      .slice(suppressed)
      .map(([value, group]) => sliceOf(value, group))
      .toSorted((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
    const f1 = slices.map(({ pairwise }) => pairwise.f1);
    return { column, slices, suppressed, spread: slices.length === 0 ? 0 : Math.max(...f1) - Math.min(...f1) };
  });

const sliceOf = (value: string, rows: readonly SlicedRow[]): Slice => {
  const quality = rows.map((row) => row.quality);
  const shareOf = (isOne: (row: SlicedRow) => boolean): number => rows.filter(isOne).length / rows.length;
  return {
    value,
    rows: rows.length,
    pairwise: pairwiseScores(quality),
    bCubed: bCubedScores(quality),
    reviewShare: shareOf(({ decision }) => decision === 'review'),
    wronglyJoinedShare: shareOf((row) => row.quality.put > row.quality.right),
    missedShare: shareOf((row) => row.quality.belonging > row.quality.right),
  };
};
