import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { tableDefinitions, type TableDefinition, type TableName } from '#shared/store/table-definition.ts';

export interface TestDatabase {
  readonly endpoint: string;
  /** What the SDK's own clients need in the environment to reach this database. */
  readonly environment: Readonly<Record<string, string>>;
  readonly client: DynamoDBDocumentClient;
  /** The names of this file's own tables, by the names in the table definition. */
  readonly tables: Readonly<Record<TableName, string>>;
}

/**
 * Fresh, empty tables for one test file (call it at the top level or in a `describe`). Returns a function, because the
 * tables exist only once the tests run:
 *
 *     const database = useDynamoDb();
 *     it('…', async () => { const { client, tables } = database(); … });
 */
export const useDynamoDb = (): (() => TestDatabase) => {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await openTestDatabase(inject('dynamoDbEndpoint'));
  });
  afterAll(async () => {
    if (database) await closeTestDatabase(database);
  });
  return () => {
    if (!database) throw new Error('useDynamoDb: call the returned function inside a test or a hook');
    return database;
  };
};

/** For programs other than test files, such as the benchmark. */
export const openTestDatabase = async (endpoint: string): Promise<TestDatabase> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'eu-west-2', credentials }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const suffix = randomBytes(6).toString('hex');
  const tables = {
    Records: `Records-${suffix}`,
    Uploads: `Uploads-${suffix}`,
    Audit: `Audit-${suffix}`,
  } satisfies Record<TableName, string>;
  for (const definition of Object.values(tableDefinitions)) {
    await client.send(new CreateTableCommand(createTableInput(definition, tables[definition.name])));
  }
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    client,
    tables,
  };
};

export const closeTestDatabase = async ({ client, tables }: TestDatabase): Promise<void> => {
  for (const TableName of Object.values(tables)) await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
};

const createTableInput = (definition: TableDefinition, name: string): CreateTableCommandInput => {
  const keys = [definition.partitionKey, definition.sortKey, ...definition.indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(definition),
    ...(definition.indexes.length > 0 && {
      GlobalSecondaryIndexes: definition.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  };
};

const keySchema = (keys: { partitionKey: string; sortKey: string }): NonNullable<CreateTableCommandInput['KeySchema']> => [
  { AttributeName: keys.partitionKey, KeyType: 'HASH' },
  { AttributeName: keys.sortKey, KeyType: 'RANGE' },
];
