import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import type { SamplePerson } from '#infra/local/sample-data/model.ts';
import type { IngestPorts } from '#shared/services/ingest/ingest-ports.ts';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { closeTestDatabase, openTestDatabase, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { filePeriod, makeBorough, type Borough, type BoroughFamily, type BoroughFile } from './borough.ts';
import { emulatorCharges, type EmulatorCharges } from './emulator-charges.ts';
import { count } from './print-table.ts';
import { costPer, RequestMeter, type Cost } from './request-meter.ts';
import { seedFile } from './seed-borough.ts';

export const kinds = {
  held: 'Row that is held already',
  known: 'New row about a known person',
  newPerson: 'Row about a new person',
  family: 'Family assessed',
  listed: 'Family passed by after a file',
} as const;
export type Kind = keyof typeof kinds;

export interface CostAtSize {
  /** People held before anything was measured. */
  readonly people: number;
  readonly seedSeconds: number;
  readonly measured: Readonly<Record<Kind, Cost & { readonly count: number }>>;
}

interface StorageCosts {
  readonly emulator: EmulatorCharges | undefined;
  readonly sizes: readonly CostAtSize[];
}

interface StorageCostOptions {
  /** People held, rising. */
  readonly sizes: readonly number[];
  readonly rowsPerKind: number;
  readonly newFamilies: number;
  readonly onProgress: (text: string) => void;
}

/** As many messages as the queue gives the assessing function at once (infra/cdk/constructs/workers.ts). */
const messagesAtOnce = 20;
const today = '2026-01-10';

/**
 * What a row and a family cost, through the worker's own use cases, with so many people held. Each size has tables of its
 * own and is measured with the very same rows: what differs comes from the people held and nothing else.
 */
export const measureStorageCost = async (options: StorageCostOptions): Promise<StorageCosts> => {
  const { sizes, rowsPerKind, newFamilies, onProgress } = options;
  // Some 3.3 people to a family. The strangers come first, so that they are the same whoever else is held.
  const borough = makeBorough(newFamilies + Math.ceil(Math.max(...sizes) / 3), 1);
  const strangers = borough.families.slice(0, newFamilies);
  const dynamoDb = await startDynamoDbLocal();
  try {
    const costs: CostAtSize[] = [];
    let emulator: EmulatorCharges | undefined;
    for (const size of sizes) {
      const database = await openTestDatabase(dynamoDb.endpoint);
      emulator ??= await emulatorCharges(database);
      const meter = new RequestMeter();
      const ingest = ingestHarness(database, meter);
      const startedAt = performance.now();
      const held = await holdPeople(database, ingest.ports, borough, { size, from: newFamilies, onProgress });
      const seedSeconds = (performance.now() - startedAt) / 1000;
      const known = borough.incidentsAbout(held.slice(0, rowsPerKind), 'INC');
      const cost = await measure({ ingest, assess: assessHarness(database, today, meter), meter }, known, borough.filesAbout(strangers));
      costs.push({ people: held.length, seedSeconds, measured: cost });
      await closeTestDatabase(database);
    }
    return { emulator, sizes: costs };
  } finally {
    await dynamoDb.stop();
  }
};

interface Bench {
  readonly ingest: IngestHarness;
  readonly assess: AssessHarness;
  readonly meter: RequestMeter;
}

const measure = async (bench: Bench, known: BoroughFile, aboutStrangers: readonly BoroughFile[]): Promise<CostAtSize['measured']> => {
  const { ingest, assess, meter } = bench;
  const knownRows = await takeIn(bench, [known]);
  const heldRows = await takeIn(bench, [known]);
  ingest.assessQueue.sent.length = 0;
  const newRows = await takeIn(bench, aboutStrangers);

  const messages = await aboutPeople(assess, ingest.assessQueue.sent);
  meter.take();
  for (let start = 0; start < messages.length; start += messagesAtOnce) await assess.assess(messages.slice(start, start + messagesAtOnce));
  const assessed = meter.take();
  const families = (await assess.summaries()).length;
  const epoch = await assess.ports.coverage.readEpoch();
  meter.take();
  await assess.assess([{ kind: 'coverage', epoch }]);
  const passed = meter.take();
  return {
    held: heldRows,
    known: knownRows,
    newPerson: newRows,
    family: { ...costPer(assessed, families), count: families },
    listed: { ...costPer(passed, families), count: families },
  };
};

/** Holds people, family by family, until there are so many; answers with them. */
const holdPeople = async (
  database: TestDatabase,
  ports: IngestPorts,
  borough: Borough,
  { size, from, onProgress }: { readonly size: number; readonly from: number; readonly onProgress: (text: string) => void },
): Promise<readonly SamplePerson[]> => {
  const people: SamplePerson[] = [];
  let next = from;
  while (people.length < size) {
    const families: BoroughFamily[] = [];
    while (people.length < size && families.length < familiesAtOnce) {
      const family = borough.families[next++];
      if (family === undefined) throw new Error('the borough has too few families');
      families.push(family);
      people.push(...family.people);
    }
    for (const file of borough.filesAbout(families)) if (file.rows > 0) await seedFile(database, ports, 'borough', file);
    onProgress(`${count(people.length)} of ${count(size)} people held`);
  }
  return people;
};

const familiesAtOnce = 1_000;

/** The worker takes files in; what it asked of DynamoDB meanwhile. */
const takeIn = async ({ ingest, meter }: Bench, files: readonly BoroughFile[]): Promise<Cost & { readonly count: number }> => {
  let cost: Cost = { requests: 0, readUnits: 0, writeUnits: 0 };
  let rows = 0;
  for (const file of files) {
    const { uploadId } = await ingest.receive(file.feed, file.csv, { agency: 'partner', ...filePeriod });
    meter.take();
    const outcome = await ingest.ingest(uploadId);
    cost = sum(cost, meter.take());
    if (outcome.kind !== 'completed' || outcome.counts.refused > 0) throw new Error(`the borough's own ${file.feed} file was not taken in`);
    rows += outcome.counts.rows;
  }
  return { ...costPer(cost, rows), count: rows };
};

const sum = (a: Cost, b: Cost): Cost => ({
  requests: a.requests + b.requests,
  readUnits: a.readUnits + b.readUnits,
  writeUnits: a.writeUnits + b.writeUnits,
});

/** Messages about people, in the order of the commits; what a file's coverage makes necessary is measured by itself. */
const aboutPeople = async (assess: AssessHarness, messages: readonly AssessMessage[]): Promise<readonly AssessMessage[]> => {
  const entries = await assess.ports.outbox.findAll(messages.flatMap((message) => (message.kind === 'outbox' ? [message] : [])));
  const inOrder = entries.toSorted((a, b) => (a.outboxId < b.outboxId ? -1 : 1));
  return inOrder.flatMap(({ outboxId, uploadId, work }) => (work.kind === 'people' ? [{ kind: 'outbox', outboxId, uploadId }] : []));
};
