import { HouseholdIndex } from '#shared/domain/families/dwellings/household-index.ts';
import type { RowDecision, Thresholds } from '#shared/domain/matching/decision/decide-row.ts';
import { memoryPersonIndex } from '#shared/domain/matching/keys/memory-person-index.ts';
import type { PreparedModel } from '#shared/domain/matching/model/prepare-model.ts';
import { rowResolver } from '#shared/domain/matching/resolution/resolve-rows.ts';
import type { MatchRow } from '#shared/domain/matching/rows/match-row.ts';

export interface MatchedRow {
  readonly row: MatchRow;
  readonly person: string;
  readonly household: string;
  readonly decision: RowDecision;
}

export interface MatchingCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /**
   * Milliseconds of each row, in the order they were decided: of the clock, because the system counts processor time in steps
   * longer than a row. One thread that never waits has the processor all the while, unless others want it too.
   */
  readonly cpuMs: Float64Array;
  /** Rows compared with a person. */
  readonly comparisons: number;
}

/** Decides the rows one at a time in the order given; people and households are as they stand after the last one. */
export const matchRows = (
  rows: readonly MatchRow[],
  model: PreparedModel,
  thresholds: Thresholds,
): { readonly matched: readonly MatchedRow[]; readonly cost: MatchingCost } => {
  const index = memoryPersonIndex();
  let people = 0;
  const resolve = rowResolver(index, model, thresholds, () => `P${String((people += 1))}`);
  const cpuMs = new Float64Array(rows.length);
  const started = performance.now();
  const cpuStarted = cpuMicroseconds();
  let before = started;
  let comparisons = 0;
  const decided = rows.map((row, at) => {
    const resolution = resolve(row);
    comparisons += resolution.decision.candidatesSeen;
    const now = performance.now();
    cpuMs[at] = now - before;
    before = now;
    return { row, ...resolution };
  });
  const cost = { seconds: (performance.now() - started) / 1000, cpuSeconds: (cpuMicroseconds() - cpuStarted) / 1e6, cpuMs, comparisons };
  const settled = decided.map(({ row, personId, decision }) => ({ row, decision, person: index.person(personId)?.personId ?? personId }));
  return { matched: withHouseholds(settled), cost };
};

const cpuMicroseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

const withHouseholds = (rows: readonly Omit<MatchedRow, 'household'>[]): MatchedRow[] => {
  const homes = new HouseholdIndex();
  for (const [at, { row, person }] of rows.entries()) {
    const { address, postcode, uprn, locality, surname } = row.values;
    homes.add({
      rowId: String(at),
      personId: person,
      source: row.source,
      surnames: surname ?? [],
      address: address?.[0],
      postcode: postcode?.[0],
      uprn: uprn?.[0],
      locality: locality?.[0],
    });
  }
  return rows.map((row, at) => ({ ...row, household: homes.householdOf(String(at)) ?? '' }));
};
