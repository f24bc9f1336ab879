import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import { closeTestDatabase, openTestDatabase, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { filePeriod, makeBorough, type BoroughFile } from './borough.ts';

export interface WorkerSpeed {
  readonly kind: string;
  readonly rows: number;
  /** Processor time of the worker for a row: reading, deciding, deflating, the SDK. */
  readonly cpuMs: number;
  /** How often the worker has to wait for the store, for a row: requests at the same time are one wait. */
  readonly waits: number;
  /** With each wait as long as injected, nothing of it used for computing. */
  readonly rowsPerSecond: number;
}

/**
 * How fast one worker on one core takes rows in where the store answers each call after `callMs`. The worker's own use cases run
 * against DynamoDB Local; its time is taken out of the sum and `callMs` put in for each wait, because it shares these cores and is slower
 * than the service.
 */
export const measureWorkerSpeed = async (families: number, callMs: number): Promise<readonly WorkerSpeed[]> => {
  const borough = makeBorough(families * 3, 1);
  const parts = [0, 1, 2].map((part) => borough.families.slice(part * families, (part + 1) * families));
  const [warm = [], first = [], second = []] = parts;
  const dynamoDb = await startDynamoDbLocal();
  try {
    const database = await openTestDatabase(dynamoDb.endpoint);
    const waits = countWaits(database);
    const ingest = ingestHarness(database);
    const bench = { ingest, waits, callMs };
    await takeIn(bench, '', borough.filesAbout(warm));
    const fresh = await takeIn(bench, 'about somebody new', borough.filesAbout([...first, ...second]));
    const incidents = borough.incidentsAbout(
      [...first, ...second].flatMap(({ people }) => people),
      'INC',
    );
    const known = await takeIn(bench, 'about somebody known', [incidents]);
    const held = await takeIn(bench, 'held already', [incidents]);
    await closeTestDatabase(database);
    return [fresh, known, held];
  } finally {
    await dynamoDb.stop();
  }
};

const countWaits = ({ client }: TestDatabase): (() => number) => {
  let waits = 0;
  let outstanding = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      if (outstanding === 0) waits += 1;
      outstanding += 1;
      try {
        return await next(args);
      } finally {
        outstanding -= 1;
      }
    },
    { step: 'initialize' },
  );
  return () => waits;
};

interface Bench {
  readonly ingest: IngestHarness;
  readonly waits: () => number;
  readonly callMs: number;
}

const takeIn = async ({ ingest, waits, callMs }: Bench, kind: string, files: readonly BoroughFile[]): Promise<WorkerSpeed> => {
  let rows = 0;
  let cpu = 0;
  let waited = 0;
  for (const file of files) {
    if (file.rows === 0) continue;
    const { uploadId } = await ingest.receive(file.feed, file.csv, { agency: 'partner', ...filePeriod });
    const before = waits();
    const started = process.cpuUsage();
    const outcome = await ingest.ingest(uploadId);
    const { user, system } = process.cpuUsage(started);
    if (outcome.kind !== 'completed') throw new Error(`the borough's own ${file.feed} file was not taken in`);
    rows += outcome.counts.rows;
    cpu += (user + system) / 1000;
    waited += waits() - before;
  }
  const cpuMs = cpu / rows;
  return { kind, rows, cpuMs, waits: waited / rows, rowsPerSecond: 1000 / (cpuMs + (waited / rows) * callMs) };
};
