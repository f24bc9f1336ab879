import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TestDatabase } from '#test/support/dynamodb-local.ts';

export interface EmulatorCharges {
  /** Units that DynamoDB Local says a transaction of one item of 1.5 KB costs; the service charges 4. */
  readonly transactionalWrite: number | undefined;
  /** Units for a consistent batch read of one such item; the service charges 1. */
  readonly batchRead: number | undefined;
  /** For one item that is not there; the service charges 1. */
  readonly missingRead: number | undefined;
}

/** Asks the emulator what it charges for requests whose price is known, so that the report can say which figures are its own. */
export const emulatorCharges = async ({ client, tables }: TestDatabase): Promise<EmulatorCharges> => {
  const TableName = tables.Audit;
  const key = { pk: 'CHARGES', sk: 'CHARGES' };
  const asked = { ReturnConsumedCapacity: 'TOTAL' } as const;
  const written = await client.send(
    new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { ...key, text: 'x'.repeat(1500) } } }], ...asked }),
  );
  const batch = (pk: string) =>
    client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ ...key, pk }], ConsistentRead: true } }, ...asked }));
  const [read, missing] = [await batch(key.pk), await batch('NOBODY')];
  const units = (consumed: readonly { CapacityUnits?: number | undefined }[] | undefined): number | undefined =>
    consumed?.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  return {
    transactionalWrite: units(written.ConsumedCapacity),
    batchRead: units(read.ConsumedCapacity),
    missingRead: units(missing.ConsumedCapacity),
  };
};
