import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '#infra/local/demo/synthesise.ts';
import { measureFunctionStarts, type FunctionStart } from './function-starts.ts';
import { measurePipeline } from './pipeline-speed.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';
import { measureReadingCost } from './reading-cost.ts';
import { kinds, measureStorageCost, type CostAtSize, type Kind } from './storage-cost.ts';
import { measureWorkerMemory } from './worker-memory.ts';
import { measureWorkerSpeed } from './worker-speed.ts';

interface Sizes {
  readonly peopleHeld: readonly number[];
  readonly rowsPerKind: number;
  readonly newFamilies: number;
  readonly readingRows: number;
  readonly pipelineFamilies: number;
  readonly starts: number;
  readonly fileMegabytes: readonly number[];
  readonly speedFamilies: number;
}

const full: Sizes = {
  peopleHeld: [1_000, 10_000, 100_000],
  rowsPerKind: 1_000,
  newFamilies: 200,
  readingRows: 20_000,
  pipelineFamilies: 120,
  starts: 3,
  fileMegabytes: [1, 10, 100],
  speedFamilies: 300,
};
const quick: Sizes = {
  peopleHeld: [1_000, 3_000],
  rowsPerKind: 200,
  newFamilies: 30,
  readingRows: 3_000,
  pipelineFamilies: 12,
  starts: 1,
  fileMegabytes: [1, 10],
  speedFamilies: 60,
};

/** What may differ between the fewest and the most people held. */
const largestRatio = 1.1;

const startedAt = performance.now();
const progress = (text: string): void => console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`);

/** Prints what taking files in costs; false where it costs more the more people are held. */
export const benchIngest = async ({ quick: isQuick }: { readonly quick: boolean }): Promise<boolean> => {
  const sizes = isQuick ? quick : full;
  console.log(
    `Ingest, ${isQuick ? 'quick' : 'full'} sizes, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${String(cpus().length)} cores, load ${decimal(loadavg()[0] ?? 0, 1)}`,
  );
  const work = mkdtempSync(join(tmpdir(), 'bench-'));
  let holds: boolean;
  try {
    // Requests and units do not mind what else goes on; the times below do.
    [holds] = await Promise.all([storage(sizes), synthesise('dev', work)]);
    await reading(sizes);
    await speed(sizes);
    const functions = await starts(work, sizes);
    await pipeline(work, sizes);
    await memory(functions, sizes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  console.log(`\nDone in ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`);
  return holds;
};

/** Milliseconds that each call to the store takes. */
const callMs = 5;

const speed = async ({ speedFamilies }: Sizes): Promise<void> => {
  const measured = await measureWorkerSpeed(speedFamilies, callMs);
  printHeading(
    'One worker on one core, each call to the store taking 5 ms',
    'Rows in windows of 100, one wait after the other: 1000 / (processor ms + 5 × waits) rows a second.',
    'Of several files at a time on one core the waits overlap, and the processor time alone is the limit.',
  );
  printTable(
    ['row', 'rows', 'processor ms', 'waits', 'rows/s, one file', 'rows/s, several files'],
    measured.map(({ kind, rows, cpuMs, waits, rowsPerSecond }) => [
      kind,
      count(rows),
      decimal(cpuMs),
      decimal(waits),
      count(Math.round(rowsPerSecond)),
      count(Math.round(1000 / cpuMs)),
    ]),
  );
};

const measures = ['requests', 'readUnits', 'writeUnits'] as const;
const units: Readonly<Record<(typeof measures)[number], string>> = {
  requests: 'requests',
  readUnits: 'read units',
  writeUnits: 'write units',
};

const storage = async ({ peopleHeld, rowsPerKind, newFamilies }: Sizes): Promise<boolean> => {
  const { emulator, sizes } = await measureStorageCost({ sizes: peopleHeld, rowsPerKind, newFamilies, onProgress: progress });
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) throw new Error('no size was measured');
  printHeading(
    'DynamoDB requests and units per row and per family, by the number of people held',
    'Reads: as DynamoDB Local charges them, and one unit for each item that is not there.',
    `Transactions: counted from item sizes by the rules of the service; DynamoDB Local says ${String(emulator?.transactionalWrite)} units where the service charges 4.`,
  );
  const rows = kindNames.flatMap((kind) =>
    measures.map((measure) => {
      const ratio = growth(first, last, kind, measure);
      return [
        `${kinds[kind]}, ${units[measure]}`,
        ...sizes.map(({ measured }) => decimal(measured[kind][measure])),
        decimal(ratio),
        ratio > largestRatio ? 'GROWS' : 'ok',
      ];
    }),
  );
  printTable(['per row or family', ...sizes.map(({ people }) => `${count(people)} held`), 'last : first', ''], rows);
  const measuredOn = kindNames.map((kind) => `${kinds[kind].toLowerCase()} ${count(first.measured[kind].count)}`).join(', ');
  console.log(`\n  Measured on: ${measuredOn}.`);
  console.log(
    `  Filling the tables, this machine: ${sizes.map(({ people, seedSeconds }) => `${count(people)} people ${decimal(seedSeconds, 0)} s`).join(', ')}.`,
  );
  const holds = kindNames.every((kind) => measures.every((measure) => growth(first, last, kind, measure) <= largestRatio));
  console.log(
    holds
      ? `  Nothing grows with the number of people held.`
      : `  FAILED: a cost grows by more than ${decimal(largestRatio)} with the number of people held.`,
  );
  return holds;
};

const kindNames: readonly Kind[] = ['held', 'known', 'newPerson', 'family', 'listed'];

const growth = (first: CostAtSize, last: CostAtSize, kind: Kind, measure: (typeof measures)[number]): number => {
  const [before, after] = [first.measured[kind][measure], last.measured[kind][measure]];
  return before === after ? 1 : after / before;
};

const reading = async ({ readingRows }: Sizes): Promise<void> => {
  progress('reading files of every feed');
  const costs = await measureReadingCost(200, readingRows);
  printHeading('Processor time of reading: parse, validate, normalise (this machine, one process)');
  const row = (name: string, rows: number, accepted: number, bytes: number, cpu: number): string[] => [
    name,
    count(rows),
    count(rows - accepted),
    decimal(bytes / rows, 0),
    decimal(cpu / rows, 1),
    decimal(bytes / cpu, 1),
  ];
  const total = (of: (cost: (typeof costs)[number]) => number): number => costs.reduce((sum, cost) => sum + of(cost), 0);
  printTable(
    ['feed', 'rows', 'refused', 'bytes a row', 'µs a row', 'MB a second'],
    [
      ...costs.map(({ feed, rows, accepted, bytes, cpuMicroseconds }) => row(feed, rows, accepted, bytes, cpuMicroseconds)),
      row(
        'all',
        total(({ rows }) => rows),
        total(({ accepted }) => accepted),
        total(({ bytes }) => bytes),
        total(({ cpuMicroseconds }) => cpuMicroseconds),
      ),
    ],
  );
};

const starts = async (assembly: string, sizes: Sizes): Promise<readonly FunctionStart[]> => {
  progress('starting every function');
  const functions = await measureFunctionStarts(assembly, sizes.starts);
  printHeading('Functions: bundle (minified, SDK inside), memory limit, start of a new process (this machine, for information)');
  printTable(
    ['function', 'KB', 'MB limit', 'ms to load'],
    functions.map(({ name, bundleKilobytes, memoryMegabytes, startMilliseconds }) => [
      name,
      decimal(bundleKilobytes, 0),
      String(memoryMegabytes),
      decimal(startMilliseconds, 0),
    ]),
  );
  return functions;
};

const pipeline = async (assembly: string, { pipelineFamilies }: Sizes): Promise<void> => {
  const speed = await measurePipeline(assembly, pipelineFamilies, progress);
  printHeading('The whole local pipeline: links, presigned uploads, scan, ingest, families (this machine)');
  const calls = [...speed.requests.values()].reduce((sum, made) => sum + made, 0);
  printTable(
    ['sample', 'value'],
    [
      ['families', count(speed.families)],
      ['files', count(speed.files)],
      ['rows, of which refused', `${count(speed.rows)}, ${count(speed.refused)}`],
      ['seconds until all rows are read', decimal(speed.readSeconds, 1)],
      ['rows a second, until read', decimal(speed.rows / speed.readSeconds, 1)],
      ['seconds until all families are assessed', decimal(speed.doneSeconds, 1)],
      ['rows a second, until assessed', decimal(speed.rows / speed.doneSeconds, 1)],
      ['DynamoDB requests a row, all functions', decimal(calls / speed.rows)],
      ...[...speed.requests].toSorted(([, a], [, b]) => b - a).map(([name, made]) => [`  of ${name}`, decimal(made / speed.rows)]),
    ],
  );
};

const memory = async (functions: readonly FunctionStart[], { fileMegabytes }: Sizes): Promise<void> => {
  const limit = functions.find(({ name }) => name === 'ingest-upload')?.memoryMegabytes;
  if (limit === undefined) throw new Error('the template has no function ingest-upload');
  const files = await measureWorkerMemory(fileMegabytes, limit, progress);
  printHeading(
    `Memory of the ingest worker (its limit in the template: ${String(limit)} MB)`,
    'Seconds and rows a second: this machine, rows that repeat 250 records.',
  );
  printTable(
    ['file', 'rows', 'MB at the start', 'MB at the peak', 'seconds', 'rows a second'],
    files.map(({ fileMegabytes: size, rows, startMegabytes, peakMegabytes, seconds }) => [
      `${decimal(size, 0)} MB`,
      count(rows),
      decimal(startMegabytes, 0),
      decimal(peakMegabytes, 0),
      decimal(seconds, 1),
      decimal(rows / seconds, 0),
    ]),
  );
};
