import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { condition } from '#shared/store/condition.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { listingIndex } from '#shared/store/table-definition.ts';
import { dynamoTransactions, fragmentOf } from '#shared/store/transactions.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();
const table = (): DocumentTable => new DocumentTable(database().client, database().tables.Records);

const itemSchema = z.object({ sk: z.string(), n: z.number() });
const large = 'x'.repeat(150_000);

describe('reading', () => {
  it('more than one answer can hold comes in several, and nothing is left out', async () => {
    const keys = Array.from({ length: 130 }, (_, n) => ({ pk: `LARGE#${String(n)}`, sk: 'ITEM' }));
    for (const [n, key] of keys.entries()) await table().putIfAbsent({ ...key, n, large });
    const found = await table().batchGet([...keys, { pk: 'NOBODY', sk: 'ITEM' }], itemSchema);
    expect(found.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(keys.map((_, n) => n));
  });

  it('a page is as long as asked for although a megabyte holds less', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    for (const n of numbers) await table().putIfAbsent({ pk: 'PAGED', sk: `ITEM#${String(n).padStart(2, '0')}`, n, large });
    const first = await table().query({ partition: 'PAGED', beginsWith: 'ITEM#', limit: 15 }, itemSchema);
    expect(first.items.map(({ n }) => n)).toEqual(numbers.slice(0, 15));
    const last = await table().query({ partition: 'PAGED', beginsWith: 'ITEM#', limit: 15, cursor: first.cursor }, itemSchema);
    expect(last.items.map(({ n }) => n)).toEqual(numbers.slice(15));
    expect(last.cursor).toBeUndefined();
  });

  it('a list whose pages come out even has no empty page at its end', async () => {
    for (const n of [1, 2, 3, 4]) await table().putIfAbsent({ pk: `EVEN#${String(n)}`, sk: 'ITEM', n, listPk: 'EVEN', listSk: String(n) });
    const page = { partition: 'EVEN', index: listingIndex, limit: 2 };
    const first = await table().query(page, itemSchema);
    const second = await table().query({ ...page, cursor: first.cursor }, itemSchema);
    expect([first, second].map(({ items }) => items.map(({ n }) => n))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(second.cursor).toBeUndefined();
  });

  it('a cursor leads nowhere but into its own list', async () => {
    await table().putIfAbsent({ pk: 'MINE', sk: 'A#1', n: 1 });
    await table().putIfAbsent({ pk: 'MINE', sk: 'A#2', n: 2 });
    await table().putIfAbsent({ pk: 'MINE', sk: 'B#1', n: 3 });
    const { cursor } = await table().query({ partition: 'MINE', beginsWith: 'A#', limit: 1 }, itemSchema);
    await expect(table().query({ partition: 'MINE', beginsWith: 'B#', limit: 1, cursor }, itemSchema)).rejects.toThrow('invalid-cursor');
    await expect(table().query({ partition: 'OTHER', beginsWith: 'A#', limit: 1, cursor }, itemSchema)).rejects.toThrow('invalid-cursor');
    // Half of a surrogate pair is no text that could be sent on.
    const forged = Buffer.from(String.raw`["A#\ud800"]`, 'utf8').toString('base64url');
    await expect(table().query({ partition: 'MINE', limit: 1, cursor: forged }, itemSchema)).rejects.toThrow('invalid-cursor');
  });

  it('an item that is not what it should be is an error, not a guess', async () => {
    await table().putIfAbsent({ pk: 'ODD', sk: 'ITEM', n: 'not a number' });
    await expect(table().get({ pk: 'ODD', sk: 'ITEM' }, itemSchema)).rejects.toThrow();
  });
});

describe('writing', () => {
  it('a refused write shows what stood in its way', async () => {
    const key = { pk: 'ONCE', sk: 'ITEM' };
    expect(await table().putIfAbsent({ ...key, n: 1 })).toMatchObject({ ok: true });
    expect(await table().putIfAbsent({ ...key, n: 2 })).toEqual({ ok: false, current: { ...key, n: 1 } });
    expect(await table().update(key, { add: { n: 1 } }, condition.equals('n', 1))).toEqual({ ok: true, item: { ...key, n: 2 } });
    expect(await table().update(key, { add: { n: 1 } }, condition.equals('n', 1))).toEqual({ ok: false, current: { ...key, n: 2 } });
    expect(await table().delete(key, condition.equals('n', 1))).toMatchObject({ ok: false });
    expect(await table().delete(key)).toMatchObject({ ok: true });
  });

  it('a transaction is all or nothing', async () => {
    const transactions = dynamoTransactions(database().client);
    const put = (name: string) => fragmentOf([table().putWrite({ pk: name, sk: 'ITEM', n: 1 }, condition.absent('pk'))]);
    expect(await transactions.commit([put('T1')])).toEqual({ ok: true });
    expect(await transactions.commit([put('T2'), put('T1')])).toEqual({ ok: false, reason: 'conflict' });
    expect(await table().get({ pk: 'T2', sk: 'ITEM' }, itemSchema)).toBeUndefined();
    expect(await transactions.commit([])).toEqual({ ok: true });
    expect(transactions.size([put('a'), put('b')])).toBe(2);
    const tooMany = Array.from({ length: 101 }, (_, n) => put(`N${String(n)}`));
    await expect(transactions.commit(tooMany)).rejects.toThrow('at most 100');
  });

  it('fifty writers who add to one item in turn lose nothing', async () => {
    const key = { pk: 'COUNTER', sk: 'ITEM' };
    await table().putIfAbsent({ ...key, n: 0, version: 1 });
    const versioned = itemSchema.extend({ version: z.number() });
    const add = async (): Promise<void> => {
      for (;;) {
        const held = await table().get(key, versioned);
        if (!held) throw new Error('gone');
        const result = await table().update(key, { set: { n: held.n + 1 }, add: { version: 1 } }, condition.version(held.version));
        if (result.ok) return;
      }
    };
    await Promise.all(Array.from({ length: 50 }, add));
    expect(await table().get(key, versioned)).toMatchObject({ n: 50, version: 51 });
  });

  it('a transaction that was throttled is tried again; what is neither conflict nor throttle is thrown', async () => {
    const cancelled = (Code: string) =>
      new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: [{ Code: 'None' }, { Code }] });
    const failingFirst = (failures: Error[]): DynamoDBDocumentClient =>
      new Proxy(database().client, {
        get: (client, name) =>
          name === 'send'
            ? (command: TransactWriteCommand) => {
                const failure = failures.shift();
                return failure ? Promise.reject(failure) : client.send(command);
              }
            : (Reflect.get(client, name) as unknown),
      });
    const write = (name: string) => [fragmentOf([table().putWrite({ pk: name, sk: 'ITEM', n: 1 })])];
    const throttled = dynamoTransactions(failingFirst([cancelled('ThrottlingError'), cancelled('ProvisionedThroughputExceeded')]));
    expect(await throttled.commit(write('THROTTLED'))).toEqual({ ok: true });
    const disputed = dynamoTransactions(failingFirst([cancelled('TransactionConflict')]));
    expect(await disputed.commit(write('DISPUTED'))).toEqual({ ok: false, reason: 'conflict' });
    const broken = dynamoTransactions(failingFirst([cancelled('ValidationError')]));
    await expect(broken.commit(write('BROKEN'))).rejects.toThrow('cancelled');
  });
});
