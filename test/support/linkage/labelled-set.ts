import { groupingQuality } from '#infra/local/cli/match/evaluation/grouping-quality.ts';
import { readRows } from '#infra/local/cli/match/read-rows.ts';
import { matchRows } from '#infra/local/cli/match/match-rows.ts';
import { fileMapSchema } from '#infra/local/cli/match/file-map.ts';
import { seededRandom, shuffled } from '#infra/local/cli/match/seeded-random.ts';
import { prepareModel, type PreparedModel } from '#shared/domain/matching/model/prepare-model.ts';
import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';
import type { MatchRow, RawRow } from '#shared/domain/matching/rows/match-row.ts';
import { trainModel } from '#shared/domain/matching/training/train-model.ts';
import { reNoise } from './re-noise.ts';
import { fakeColumns, febrlColumns } from './linkage-sets.ts';

/** Rows whose real people are known. */
export interface LabelledSet {
  readonly rows: readonly MatchRow[];
  readonly entityOf: (row: MatchRow) => string;
}

const febrlMap = fileMapSchema.parse(febrlColumns);
const fakeMap = fileMapSchema.parse(fakeColumns);

export const readFebrl = (file: string): LabelledSet => ({
  rows: readRows(file, febrlMap).map(cleanRow),
  entityOf: ({ rowId }) => rowId.split('-')[1] ?? rowId,
});

/** febrl with more damage than it came with. */
export const reNoised = (file: string, strength: number): LabelledSet => ({
  ...readFebrl(file),
  rows: reNoise(readRows(file, febrlMap), { strength, seed: 5 }).map(cleanRow),
});

export const readFake = (file: string): LabelledSet => {
  const entities = new Map(
    readRows(file, { ...fakeMap, other: { cluster: { columns: ['cluster'], format: undefined } } }).map((raw) => [
      raw.rowId,
      raw.other?.['cluster'] ?? '',
    ]),
  );
  return { rows: readRows(file, fakeMap).map(cleanRow), entityOf: ({ rowId }) => entities.get(rowId) ?? rowId };
};

export const labelled = (rows: readonly RawRow[], entities: ReadonlyMap<string, string>): LabelledSet => ({
  rows: rows.map(cleanRow),
  entityOf: ({ rowId }) => entities.get(rowId) ?? rowId,
});

/** The model that the rows give without their labels. */
export const modelOf = ({ rows }: LabelledSet): PreparedModel =>
  prepareModel(trainModel(rows, { version: 'test', random: seededRandom(7) }));

/** How well the rows, one at a time in the order of the seed, are put to people. */
export const qualityOf = (set: LabelledSet, model: PreparedModel, link: number, seed: number) => {
  const { matched } = matchRows(shuffled(set.rows, seed), model, { link, review: Math.min(0.05, link) });
  return groupingQuality(matched.map(({ row, person }) => ({ made: person, truth: set.entityOf(row) })));
};
