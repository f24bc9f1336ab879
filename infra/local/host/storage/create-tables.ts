import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';

/** Creates what is not there from an earlier run. */
export const createTables = async (endpoint: string, tables: readonly CreateTableCommandInput[]): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const create = async (table: CreateTableCommandInput): Promise<void> => {
    try {
      await client.send(new CreateTableCommand(table));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  };
  await Promise.all(tables.map(create)).finally(() => client.destroy());
};
