import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { shippedMatching } from '#shared/domain/matching/models/shipped-matching.ts';
import { newId } from '#shared/platform/ids.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { loadWorkspace } from '#shared/services/ingest/load-workspace.ts';
import { planRow, type IncomingRow, type PlanContext } from '#shared/services/ingest/plan-row.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { itemSize, transactionalWriteUnits } from '#shared/store/item-size.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { writesOf } from '#shared/store/transactions.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { crowdOf, crowds, HeldPopulation, townsperson, type Crowd } from './held-population.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const records = dynamoRecordStore(
  new DocumentTable(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-2' })), 'Records'),
  () => '2026-01-10',
);
const rowsOfEach = 100;
/** The most that a row may cost, whoever it is about. */
const bars = { known: { read: 20, write: 8 }, newcomer: { read: 20, write: 22 } } as const;
type Kind = keyof typeof bars;
const names: Readonly<Record<Kind, string>> = { known: 'somebody held', newcomer: 'somebody new' };

interface Cost {
  readonly read: number;
  readonly write: number;
  readonly right: number;
}

/**
 * Read and write units of a row by how many people are held, the very same rows each time; false where they are over the bars. Deciding and every item are the worker's own; what is held is in memory, and what is charged is counted from the sizes.
 */
export const benchUnitsByPeople = async (sizes: readonly number[]): Promise<boolean> => {
  const held = new HeldPopulation(hash);
  const measured: { readonly kind: Kind; readonly crowd: Crowd; readonly costs: Cost[] }[] = [];
  for (const kind of ['known', 'newcomer'] as const)
    for (const crowd of ['ordinary', 'surname', 'birthday', 'tower', 'prison'] as const) measured.push({ kind, crowd, costs: [] });
  for (const size of sizes) {
    held.grow(size);
    for (const { kind, crowd, costs } of measured) costs.push(await costOf(held, kind, crowd));
    console.error(`${count(size)} people held`);
  }
  printHeading(
    'Units a row by people held',
    'Rows of a police file, in windows of 100. Ledgers, keys, profiles and records; what is a file’s own is in `npm run bench -- ingest`.',
  );
  const figures = measured.flatMap(({ kind, crowd, costs }) =>
    (['read', 'write'] as const).map((unit) => ({ kind, crowd, unit, perSize: costs.map((cost) => cost[unit]) })),
  );
  printTable(
    ['row about', 'who', 'units', ...sizes.map((size) => count(size)), 'last : first', 'rightly decided at last'],
    figures.map(({ kind, crowd, unit, perSize }) => [
      names[kind],
      crowds[crowd],
      unit,
      ...perSize.map((units) => decimal(units)),
      decimal(ratio(perSize)),
      `${String(Math.round((measured.find((each) => each.kind === kind && each.crowd === crowd)?.costs.at(-1)?.right ?? 0) * 100))} %`,
    ]),
  );
  return figures.every(({ kind, unit, perSize }) => perSize.every((units) => units <= bars[kind][unit]));
};

const ratio = (perSize: readonly number[]): number => (perSize.at(-1) ?? 0) / (perSize[0] ?? 1);

const costOf = async (held: HeldPopulation, kind: Kind, crowd: Crowd): Promise<Cost> => {
  const rows: IncomingRow[] = [];
  for (let number = kind === 'known' ? 0 : 50_000_000; rows.length < rowsOfEach; number += 1) {
    if (crowdOf(number) !== crowd) continue;
    const mention = { subject: 'person', details: townsperson(number), contacts: [], relations: [], facts: [] };
    rows.push({
      row: rows.length + 1,
      rowId: `v1.${kind}-${crowd}-${String(number).padStart(14, '0')}`,
      contentHash: 'v1.0123456789abcdef',
      mentions: [mention],
    });
  }
  held.readUnits = 0;
  const workspace = await loadWorkspace({ ...records, ...held.reads }, rows, context);
  let right = 0;
  for (const row of rows) {
    const plan = planRow(workspace, row, context);
    if (plan.records.every(({ because }) => (because === 'matched') === (kind === 'known'))) right += 1;
    workspace.apply(plan);
  }
  const keys = workspace.keysToRead;
  workspace.addKeys(keys, await held.reads.readKeys(keys));
  const writes = writesOf(records.changesFragment(workspace.changes()));
  const write = writes.reduce((sum, each) => sum + transactionalWriteUnits(each.kind === 'put' ? itemSize(each.item) : 0), 0);
  return { read: held.readUnits / rows.length, write: write / rows.length, right: right / rows.length };
};

const context: PlanContext = {
  upload: anUpload({ feed: 'police-incidents', agency: 'police' }),
  feed: feeds['police-incidents'],
  standing: false,
  newest: undefined,
  hash,
  matching: shippedMatching,
  newId,
  now: '2026-01-10T12:00:00.000Z',
  today: '2026-01-10',
};
