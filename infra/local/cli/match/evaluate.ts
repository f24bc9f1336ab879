import { parseArgs } from 'node:util';
import { groupingQuality, qualityByRow } from './evaluation/grouping-quality.ts';
import { readTable, rowKeys, type TableRow } from './evaluation/read-table.ts';
import { afterPerfectReview, reviewQuality, type Decision } from './evaluation/review.ts';
import { twinLinks, type TwinRow } from './evaluation/twin-links.ts';
import { sliceRows } from './evaluation/slices.ts';
import { UsageError } from './usage-error.ts';

export const evaluateUsage =
  'npm run -s match -- evaluate --clusters CLUSTERS.csv --truth TRUTH.csv [--review perfect] [--slice COLUMNS.csv]';

interface Evaluated extends TwinRow {
  readonly key: string;
  readonly household: string;
  readonly home: string;
}

/** Compares clusters with the truth and prints one line of JSON. Rows that the clusters lack stand alone; those the truth lacks don't count. */
export const evaluate = (args: readonly string[]): void => {
  const options = readOptions(args);
  const { rows, missing, unknown, keyOf, hasTwins } = readRows(options.clusters, options.truth);
  const decided = options.review === 'perfect' ? afterPerfectReview(rows) : rows;
  const people = groupingQuality(decided);
  const review = reviewQuality(rows);
  const homes = rows.filter(({ home }) => home !== '').map(({ household, home }) => ({ made: household, truth: home }));
  const households = homes.length === 0 ? undefined : groupingQuality(homes);
  const slices = options.slice === undefined ? undefined : readSlices(options.slice, decided, keyOf);
  console.log(
    JSON.stringify(
      {
        rows: people.rows,
        pairwise: people.pairwise,
        bCubed: people.bCubed,
        exactShare: people.exactShare,
        truePersons: people.trueGroups,
        persons: people.madeGroups,
        mixedPersons: people.mixed,
        largestCluster: people.largest,
        ...(hasTwins && { twinLinks: twinLinks(rows) }),
        reviewShare: review.share,
        reviewYield: review.yield,
        ...(options.review === 'perfect' && { afterReview: 'perfect' }),
        ...(households !== undefined && {
          household: {
            rows: households.rows,
            precision: households.pairwise.precision,
            recall: households.pairwise.recall,
            f1: households.pairwise.f1,
            bCubedF1: households.bCubed.f1,
            exactShare: households.exactShare,
            homes: households.trueGroups,
            mixed: households.mixed,
            largest: households.largest,
          },
        }),
        ...(missing > 0 && { rowsNotClustered: missing }),
        ...(unknown > 0 && { rowsWithoutTruth: unknown }),
        ...(slices !== undefined && { slices }),
      },
      rounded,
    ),
  );
};

/** Six decimals are more than any of these figures is good for. */
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value);

const readOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: { clusters: { type: 'string' }, truth: { type: 'string' }, review: { type: 'string' }, slice: { type: 'string' } },
  });
  const { clusters, truth, review, slice } = values;
  if (clusters === undefined || truth === undefined) throw new UsageError(`say what to compare. Usage: ${evaluateUsage}`);
  if (review !== undefined && review !== 'perfect') throw new UsageError('--review can only be "perfect": a reviewer who is never wrong');
  return { clusters, truth, review, slice };
};

const readRows = (clustersFile: string, truthFile: string) => {
  const clusters = readTable(clustersFile, ['id', 'person']);
  const truth = readTable(truthFile, ['id', 'entity']);
  const keyOf = rowKeys(clusters, truth);
  const placed = new Map(clusters.map((row) => [keyOf(row), row]));
  let missing = 0;
  const rows = truth.flatMap((row): Evaluated[] => {
    const { entity = '', home = '', twins = '' } = row;
    if (entity === '' && home === '') return [];
    const key = keyOf(row);
    const found = placed.get(key);
    if (found === undefined) missing += 1;
    return [
      {
        key,
        made: found?.['person'] ?? `alone ${key}`,
        truth: entity === '' ? `nobody ${key}` : entity,
        decision: decisionOf(found?.['decision']),
        household: (found?.['household'] ?? '') === '' ? `alone ${key}` : `in ${found?.['household'] ?? ''}`,
        home,
        twins,
      },
    ];
  });
  if (rows.length === 0) throw new UsageError(`${truthFile} has no rows with an entity or a home`);
  const known = new Set(rows.map(({ key }) => key));
  const hasTwins = truth.some((row) => row['twins'] !== undefined);
  return { rows, missing, keyOf, hasTwins, unknown: clusters.filter((row) => !known.has(keyOf(row))).length };
};

const decisionOf = (text: string | undefined): Decision => (text === 'link' || text === 'review' ? text : 'new');

const readSlices = (file: string, rows: readonly Evaluated[], keyOf: (row: TableRow) => string) => {
  const table = readTable(file, ['id']);
  const values = new Map(table.map((row) => [keyOf(row), row]));
  const columns = Object.keys(table[0] ?? {}).filter((column) => column !== 'id' && column !== 'source');
  const quality = qualityByRow(rows);
  return sliceRows(
    rows.flatMap(({ key, decision }, at) => {
      const own = quality[at];
      return own === undefined ? [] : [{ quality: own, decision, values: values.get(key) ?? {} }];
    }),
    columns,
  );
};
