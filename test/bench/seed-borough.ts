import { shippedMatching } from '#shared/domain/matching/models/shipped-matching.ts';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import type { IngestPorts } from '#shared/services/ingest/ingest-ports.ts';
import { loadWorkspace } from '#shared/services/ingest/load-workspace.ts';
import { planRow, type PlanContext } from '#shared/services/ingest/plan-row.ts';
import { readWindows } from '#shared/services/ingest/read-windows.ts';
import { writesOf } from '#shared/store/transactions.ts';
import type { Item, Write } from '#shared/store/write.ts';
import { anUpload } from '#test/support/an-upload.ts';
import type { TestDatabase } from '#test/support/dynamodb-local.ts';
import { filePeriod, type BoroughFile } from './borough.ts';

const largestBatchWrite = 25;

/**
 * Fills the records table with what the rows of a file leave behind. Reading, deciding and the form of every item are the
 * worker's own; only the writing is faster: batches in place of transactions, and no upload, outbox or audit beside them.
 */
export const seedFile = async (
  database: TestDatabase,
  ports: IngestPorts,
  agency: string,
  { feed: id, csv }: BoroughFile,
): Promise<void> => {
  const feed = feeds[id];
  const upload = anUpload({ uploadId: ulid(), feed: id, agency, ...filePeriod });
  const context: PlanContext = {
    upload,
    feed,
    standing: feed.kind === 'snapshot',
    newest: undefined,
    hash: ports.hash,
    matching: shippedMatching,
    newId: ports.newId,
    now: ports.clock.now(),
    today: ports.clock.today(),
  };
  for await (const window of readWindows(readFile(feed, inPieces(csv)), { feed, upload, hash: ports.hash })) {
    if (window.kind === 'refused') throw new Error(`the borough's own ${id} file is refused: ${window.refusal.code}`);
    if (window.kind === 'end') return;
    if (window.kind === 'columns') continue;
    const incoming = window.rows.map((row) => {
      if (row.kind === 'incoming') return row.incoming;
      throw new Error(`a row of the borough's own ${id} file is refused: ${row.problems[0]?.code ?? ''}`);
    });
    const workspace = await loadWorkspace(ports.records, incoming, context);
    for (const row of incoming) workspace.apply(planRow(workspace, row, context));
    const keys = workspace.keysToRead;
    workspace.addKeys(keys, await ports.records.readKeys(keys));
    await putAll(database, writesOf(ports.records.changesFragment(workspace.changes())));
  }
};

const inPieces = async function* (csv: string): AsyncGenerator<Uint8Array, void, void> {
  const bytes = new TextEncoder().encode(csv);
  for (let start = 0; start < bytes.length; start += 65_536) yield await Promise.resolve(bytes.subarray(start, start + 65_536));
};

const putAll = async ({ client }: TestDatabase, writes: readonly Write[]): Promise<void> => {
  const byTable = new Map<string, Item[]>();
  for (const write of writes) {
    if (write.kind !== 'put') throw new Error('new people are only ever put');
    byTable.set(write.table, [...(byTable.get(write.table) ?? []), write.item]);
  }
  for (const [table, items] of byTable) {
    const batches: Item[][] = [];
    for (let start = 0; start < items.length; start += largestBatchWrite) batches.push(items.slice(start, start + largestBatchWrite));
    await Promise.all(
      batches.map(async (batch) => {
        const { UnprocessedItems = {} } = await client.send(
          new BatchWriteCommand({ RequestItems: { [table]: batch.map((item) => ({ PutRequest: { Item: { ...item } } })) } }),
        );
        if (Object.keys(UnprocessedItems).length > 0) throw new Error('DynamoDB Local left items of a batch unwritten');
      }),
    );
  }
};
