import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();

it('gives a test file tables of its own', async () => {
  const { client, tables } = database();
  await client.send(new PutCommand({ TableName: tables.Records, Item: { pk: 'A', sk: 'B', n: 1 } }));
  const { Item } = await client.send(new GetCommand({ TableName: tables.Records, Key: { pk: 'A', sk: 'B' } }));
  expect(Item).toEqual({ pk: 'A', sk: 'B', n: 1 });
});

it('says in one line that its port is taken', async () => {
  const taken = Number(new URL(database().endpoint).port);
  await expect(startDynamoDbLocal({ port: taken })).rejects.toThrow(`Port ${String(taken)} is taken`);
});

it('says in one line that Java is missing', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  try {
    await expect(startDynamoDbLocal()).rejects.toThrow('Java is missing: install a Java 17 runtime');
  } finally {
    process.env['PATH'] = path;
  }
});
