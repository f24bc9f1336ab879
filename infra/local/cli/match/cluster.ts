import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { productionThresholds } from '#shared/domain/matching/decision/decide-row.ts';
import { prepareModel } from '#shared/domain/matching/model/prepare-model.ts';
import { trainModel } from '#shared/domain/matching/training/train-model.ts';
import { loadRows } from './load-rows.ts';
import { matchRows, type MatchedRow, type MatchingCost } from './match-rows.ts';
import { readModelFile } from './model-file.ts';
import { seededRandom, shuffled } from './seeded-random.ts';
import { UsageError } from './usage-error.ts';

export const clusterUsage =
  'npm run -s match -- cluster --in A.csv [--in B.csv …] --map MAP.json --out CLUSTERS.csv [--shuffle SEED] [--threshold 0.99] [--review-from 0.05] [--model MODEL.json]';

/** Training draws its samples the same way each time: the same files give the same model. */
export const trainingSeed = 20_260_101;

/** Puts rows of CSV files to people and households, one row at a time, and prints the cost as one line of JSON on standard error. */
export const cluster = (args: readonly string[]): void => {
  const options = readOptions(args);
  const rows = loadRows(options.in, options.map);
  const training = performance.now();
  const model =
    options.model === undefined
      ? trainModel(rows, { version: 'estimated-from-input', random: seededRandom(trainingSeed) })
      : readModelFile(options.model);
  const trainSeconds = (performance.now() - training) / 1000;
  const order = rows.map((_, at) => at);
  const sequence = options.shuffle === undefined ? order : shuffled(order, options.shuffle);
  const inSequence = sequence.flatMap((at) => rows[at] ?? []);
  const { matched, cost } = matchRows(inSequence, prepareModel(model), options.thresholds);
  const byInput: MatchedRow[] = [];
  for (const [place, at] of sequence.entries()) {
    const row = matched[place];
    if (row !== undefined) byInput[at] = row;
  }
  writeFileSync(options.out, clustersText(byInput));
  console.error(JSON.stringify({ ...costReport(cost, rows.length), trainSeconds: round(trainSeconds), model: model.version }));
};

const readOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      in: { type: 'string', multiple: true },
      map: { type: 'string', multiple: true },
      out: { type: 'string' },
      shuffle: { type: 'string' },
      threshold: { type: 'string' },
      'review-from': { type: 'string' },
      model: { type: 'string' },
    },
  });
  const { in: inputs, map, out, shuffle, threshold, model } = values;
  if (inputs === undefined || map === undefined || out === undefined)
    throw new UsageError(`say what to read, how, and where to write. Usage: ${clusterUsage}`);
  const link = threshold === undefined ? productionThresholds.link : probability(threshold, 'threshold');
  const reviewFrom = values['review-from'];
  const review = reviewFrom === undefined ? Math.min(productionThresholds.review, link) : probability(reviewFrom, 'review-from');
  if (review > link) throw new UsageError('--review-from must not be above --threshold: what is certain enough to link is not reviewed');
  if (shuffle !== undefined && !/^\d{1,9}$/u.test(shuffle)) throw new UsageError('--shuffle must be a whole number: it names the order');
  return { in: inputs, map, out, model, shuffle: shuffle === undefined ? undefined : Number(shuffle), thresholds: { link, review } };
};

const probability = (text: string, name: string): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value > 0 && value < 1)) throw new UsageError(`--${name} must be a probability between 0 and 1, for example 0.95`);
  return value;
};

const clustersText = (rows: readonly MatchedRow[]): string => {
  const lines = rows.map(({ row, person, household, decision: { outcome, probability: likely } }) =>
    [row.rowId, row.source, person, household, outcome, likely.toFixed(6)].map(cell).join(','),
  );
  return `${['id,source,person,household,decision,probability', ...lines].join('\n')}\n`;
};

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows per second are of the clock; those of the processor leave out what else the machine did meanwhile. */
export const costReport = ({ seconds, cpuSeconds, cpuMs, comparisons }: MatchingCost, rows: number) => ({
  rows,
  rowsPerSecond: perSecond(rows, seconds),
  rowsPerCpuSecond: perSecond(rows, cpuSeconds),
  cpuMsPerRow: { p50: round(percentile(cpuMs, 0.5)), p99: round(percentile(cpuMs, 0.99)) },
  comparisonsPerSecond: perSecond(comparisons, cpuSeconds),
  peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
});

/** A handful of rows takes less processor time than is counted: then it is taken for a millisecond. */
const perSecond = (count: number, seconds: number): number => Math.round(count / Math.max(seconds, 0.001));

const percentile = (values: Float64Array, share: number): number =>
  values.toSorted()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
