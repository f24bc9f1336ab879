/** How well rows were put together. Shares are 0 to 1; a share of nothing is 1 (no pair claimed is no pair wrong). */
export interface GroupingQuality {
  readonly rows: number;
  readonly pairwise: Scores;
  /** Averages over rows (Bagga and Baldwin, 1998): large groups don't drown small ones. */
  readonly bCubed: Scores;
  /** Share of true groups that were rebuilt without a row missing or too many. */
  readonly exactShare: number;
  readonly trueGroups: number;
  readonly madeGroups: number;
  /** Made groups that hold rows of more than one true group. */
  readonly mixed: number;
  /** Rows in the largest made group. */
  readonly largest: number;
}

export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** One row: the group it was put into and the group it belongs to. */
export interface GroupedRow {
  readonly made: string;
  readonly truth: string;
}

/** What the row says about its pairs with other rows, and about the groups it is in. */
export interface RowQuality {
  /** Other rows that it was put together with, that it belongs with, and both. */
  readonly put: number;
  readonly belonging: number;
  readonly right: number;
}

/** Counts the pairs of each row, in the order of the rows, in time proportional to their number. */
export const qualityByRow = (rows: readonly GroupedRow[]): readonly RowQuality[] => {
  const made = new Map<string, number>();
  const truth = new Map<string, number>();
  const both = new Map<string, Map<string, number>>();
  for (const row of rows) {
    made.set(row.made, (made.get(row.made) ?? 0) + 1);
    truth.set(row.truth, (truth.get(row.truth) ?? 0) + 1);
    const within = both.get(row.made) ?? new Map<string, number>();
    both.set(row.made, within.set(row.truth, (within.get(row.truth) ?? 0) + 1));
  }
  return rows.map((row) => ({
    put: (made.get(row.made) ?? 1) - 1,
    belonging: (truth.get(row.truth) ?? 1) - 1,
    right: (both.get(row.made)?.get(row.truth) ?? 1) - 1,
  }));
};

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

const scores = (precision: number, recall: number): Scores => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
});

/** Pairs are counted once from each side: of a whole file that changes nothing, of a part of one it shares a pair fairly. */
export const pairwiseScores = (rows: readonly RowQuality[]): Scores => {
  let [put, belonging, right] = [0, 0, 0];
  for (const row of rows) {
    put += row.put;
    belonging += row.belonging;
    right += row.right;
  }
  return scores(share(right, put), share(right, belonging));
};

export const bCubedScores = (rows: readonly RowQuality[]): Scores => {
  let [precision, recall] = [0, 0];
  for (const row of rows) {
    precision += (row.right + 1) / (row.put + 1);
    recall += (row.right + 1) / (row.belonging + 1);
  }
  return scores(share(precision, rows.length), share(recall, rows.length));
};

export const groupingQuality = (rows: readonly GroupedRow[]): GroupingQuality => {
  const quality = qualityByRow(rows);
  const exact = new Set<string>();
  const mixed = new Set<string>();
  let largest = 0;
  for (const [at, row] of rows.entries()) {
    const own = quality[at];
    if (own === undefined) continue;
    if (own.put === own.right && own.belonging === own.right) exact.add(row.truth);
    if (own.put > own.right) mixed.add(row.made);
    largest = Math.max(largest, own.put + 1);
  }
  const trueGroups = new Set(rows.map(({ truth }) => truth)).size;
  return {
    rows: rows.length,
    pairwise: pairwiseScores(quality),
    bCubed: bCubedScores(quality),
    exactShare: share(exact.size, trueGroups),
    trueGroups,
    madeGroups: new Set(rows.map(({ made }) => made)).size,
    mixed: mixed.size,
    largest,
  };
};
