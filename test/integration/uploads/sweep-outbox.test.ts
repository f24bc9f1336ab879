import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import { sweepOutbox } from '#shared/services/outbox/sweep-outbox.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();

it('announces work again that has been waiting for a quarter of an hour, page by page, and nothing younger', async () => {
  const { client, tables } = database();
  const outbox = dynamoOutbox(new DocumentTable(client, tables.Records));
  const add = async (createdAt: string): Promise<string> => {
    const outboxId = ulid();
    await dynamoTransactions(client).commit([outbox.addFragment({ outboxId, work: { kind: 'people', personIds: [ulid()] }, createdAt })]);
    return outboxId;
  };
  const old: string[] = [];
  for (let count = 0; count < 120; count += 1) old.push(await add('2026-11-23T08:44:59.000Z'));
  await add('2026-11-23T08:45:01.000Z');
  const done = old.pop() ?? '';
  await outbox.remove({ outboxId: done });

  const sent: AssessMessage[] = [];
  const pages: number[] = [];
  const ports = {
    outbox,
    assessQueue: {
      send: (messages: readonly AssessMessage[]) => {
        sent.push(...messages);
        return Promise.resolve();
      },
    },
    clock: { now: () => '2026-11-23T09:00:00.000Z', today: () => '2026-11-23' },
  };
  for await (const count of sweepOutbox(ports)) pages.push(count);

  expect(pages).toEqual([100, 19]);
  expect(new Set(sent.map((message) => (message.kind === 'outbox' ? message.outboxId : '')))).toEqual(new Set(old));
});
