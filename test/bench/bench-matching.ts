import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costReport } from '#infra/local/cli/match/cluster.ts';
import { groupingQuality } from '#infra/local/cli/match/evaluation/grouping-quality.ts';
import { afterPerfectReview, reviewQuality } from '#infra/local/cli/match/evaluation/review.ts';
import { twinLinks } from '#infra/local/cli/match/evaluation/twin-links.ts';
import { loadRows } from '#infra/local/cli/match/load-rows.ts';
import { matchRows } from '#infra/local/cli/match/match-rows.ts';
import { seededRandom, shuffled } from '#infra/local/cli/match/seeded-random.ts';
import { prepareModel } from '#shared/domain/matching/model/prepare-model.ts';
import { defaultModel } from '#shared/domain/matching/models/default-model.ts';
import type { MatchRow } from '#shared/domain/matching/rows/match-row.ts';
import { trainModel } from '#shared/domain/matching/training/train-model.ts';
import { keptSets, linkageSets, writeMaps, type LinkageSet, type TruthRow } from '../support/linkage/linkage-sets.ts';
import { printHeading, printTable } from './print-table.ts';
import { benchUnitsByPeople } from './units-by-people.ts';

/** Splink 4.0.16 on the whole file at its best preset threshold, measured on the same kind of machine: cluster F1. */
const splink: Readonly<Record<string, string>> = {
  febrl2: '1.0000',
  febrl3: '0.9999',
  fake_1000: '0.925',
  'agencies-default': '0.965 (0.977 with a twin rule)',
  'agencies-raised': '0.942 (0.950 with a twin rule)',
};

/** The same version on two cores, as measured for this project; its rates are for both cores where nothing else is said. */
const splinkSpeed = [
  'Splink 4.0.16: 2,546 rows/s a core for a million rows in one batch; 70,000 to 145,000 comparisons/s a core;',
  'one new record against 50,000: 277 ms at the median, 334 ms at the 95th percentile; scoring alone 9.8 ms.',
];

const accuracy = [
  'set',
  'threshold',
  'F1 median',
  'worst',
  'spread',
  'precision',
  'recall',
  'B-cubed',
  'mixed, most',
  'twin links, most',
  'Splink',
] as const;
const speed = [
  'set',
  'review %',
  'F1 after review',
  'F1 at 0.99',
  'F1 cold, 5,000 rows',
  'rows/s (CPU)',
  'ms/row p50, p99',
  'comparisons/s',
] as const;

const seeds = [1, 2, 3, 4, 5];
/** The last takes some 4 GB and several minutes. */
const peopleHeld = [10_000, 100_000, 1_000_000];

/**
 * Accuracy and speed of the engine on the labelled sets that the project keeps, or on those of the folder in DATA_DIR (`febrl`,
 * `splink` and `pseudopeople` below it); MAPS_OUT writes their maps and truth. With `quick` one order of each instead of five.
 */
export const benchMatching = async ({ quick }: { readonly quick: boolean }): Promise<boolean> => {
  const sets = linkageSets(process.env['DATA_DIR'] ?? keptSets);
  const mapsOut = process.env['MAPS_OUT'];
  if (mapsOut !== undefined) writeMaps(sets, mapsOut);
  const scratch = mkdtempSync(join(tmpdir(), 'bench-matching-'));
  try {
    const measured = sets.flatMap((set) => measure(set, scratch, quick ? seeds.slice(0, 1) : seeds));
    for (const [heading, columns, ...notes] of [
      [
        'Accuracy: rows one at a time in random order, one thread, no labels',
        accuracy,
        'Splink 4.0.16: the whole file at its best preset threshold.',
      ],
      ['Cost, review and other thresholds', speed, ...splinkSpeed],
    ] as const) {
      printHeading(heading, ...notes);
      printTable(
        columns,
        measured.map((row) => columns.map((column) => String(row[column]))),
      );
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return benchUnitsByPeople(quick ? peopleHeld.slice(0, 1) : peopleHeld);
};

const measure = (set: LinkageSet, scratch: string, orders: readonly number[]) => {
  const mapFile = join(scratch, `${set.name}.json`);
  writeFileSync(mapFile, JSON.stringify(set.maps));
  const rows = loadRows(set.files, [mapFile]);
  const truth = set.truth();
  const entities = new Map(truth.map((row) => [`${row.source}|${row.id}`, row]));
  const hasTwins = truth.some(({ twins = '' }) => twins !== '');
  const model = prepareModel(trainModel(rows, { version: 'bench', random: seededRandom(20_260_101) }));
  const runs = orders.map((seed) => oneRun(shuffled(rows, seed), entities, model, set.threshold)).toSorted((a, b) => a.f1 - b.f1);
  const median = runs[Math.floor(runs.length / 2)];
  const [worst] = runs;
  if (median === undefined || worst === undefined) return [];
  const strict = oneRun(shuffled(rows, 1), entities, model, 0.99);
  const cold = oneRun(shuffled(rows, 1).slice(0, 5_000), entities, prepareModel(defaultModel), set.threshold);
  return [
    {
      set: set.name,
      threshold: set.threshold,
      'F1 median': figure(median.f1),
      worst: figure(worst.f1),
      spread: figure((runs.at(-1)?.f1 ?? 0) - worst.f1),
      precision: figure(median.precision),
      recall: figure(median.recall),
      'B-cubed': figure(median.bCubed),
      'mixed, most': Math.max(...runs.map(({ mixed }) => mixed)),
      'twin links, most': hasTwins ? Math.max(...runs.map(({ twins }) => twins)) : '',
      'review %': (100 * median.reviewShare).toFixed(2),
      'F1 after review': figure(median.afterReview),
      'F1 at 0.99': figure(strict.f1),
      'F1 cold, 5,000 rows': figure(cold.f1),
      'rows/s (CPU)': median.cost.rowsPerCpuSecond,
      'ms/row p50, p99': `${String(median.cost.cpuMsPerRow.p50)}, ${String(median.cost.cpuMsPerRow.p99)}`,
      'comparisons/s': median.cost.comparisonsPerSecond,
      Splink: splink[set.name] ?? '',
    },
  ];
};

const oneRun = (
  rows: readonly MatchRow[],
  entities: ReadonlyMap<string, TruthRow>,
  model: ReturnType<typeof prepareModel>,
  link: number,
) => {
  const { matched, cost } = matchRows(rows, model, { link, review: 0.05 });
  const decided = matched.map(({ row, person, decision }) => ({
    made: person,
    truth: entities.get(`${row.source}|${row.rowId}`)?.entity ?? row.rowId,
    twins: entities.get(`${row.source}|${row.rowId}`)?.twins ?? '',
    decision: decision.outcome,
  }));
  const { pairwise, bCubed, mixed } = groupingQuality(decided);
  const reviewed = groupingQuality(afterPerfectReview(decided));
  return {
    ...pairwise,
    bCubed: bCubed.f1,
    mixed,
    twins: twinLinks(decided),
    reviewShare: reviewQuality(decided).share,
    afterReview: reviewed.pairwise.f1,
    cost: costReport(cost, rows.length),
  };
};

const figure = (value: number): string => value.toFixed(4);
