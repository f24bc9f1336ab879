import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { itemSize, transactionalWriteUnits } from './item-size.ts';
import type { Write } from './write.ts';

/** One request to DynamoDB, for the benchmark: what was asked and what it costs. */
export interface CapacityUse {
  readonly operation: 'get' | 'batch-get' | 'query' | 'put' | 'update' | 'delete' | 'transact-write';
  /** Items asked for or written by the request. */
  readonly items: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface CapacityMeter {
  readonly add: (use: CapacityUse) => void;
}

const reads: readonly CapacityUse['operation'][] = ['get', 'batch-get', 'query'];

/**
 * What a request was charged. An item that is not there is charged like a small one; DynamoDB Local charges nothing for
 * it, so at least one unit per item asked for is counted.
 */
export const meterRequest = (
  meter: CapacityMeter | undefined,
  operation: Exclude<CapacityUse['operation'], 'transact-write'>,
  items: number,
  consumed: readonly (ConsumedCapacity | undefined)[] | undefined,
): void => {
  if (!meter) return;
  const charged = (consumed ?? []).reduce((sum, capacity) => sum + (capacity?.CapacityUnits ?? 0), 0);
  const isRead = reads.includes(operation);
  const units = operation === 'query' ? Math.max(1, charged) : Math.max(items, charged);
  meter.add({ operation, items, readUnits: isRead ? units : 0, writeUnits: isRead ? 0 : units });
};

/** Updates and deletes do not know the size of their item; those of this service stay under 2 KB. */
const unknownSize = 2_000;

/**
 * What a transaction costs, from the sizes of its items and the rules of DynamoDB: DynamoDB Local does not charge
 * transactions as the service does. What an index costs more is one unit for each KB of an item that is listed.
 */
export const meterTransaction = (meter: CapacityMeter | undefined, writes: readonly Write[]): void => {
  if (!meter) return;
  const writeUnits = writes.reduce((sum, write) => {
    const bytes = write.kind === 'put' ? itemSize(write.item) : unknownSize;
    const isListed = write.kind === 'put' ? 'listPk' in write.item : write.kind === 'update';
    return sum + transactionalWriteUnits(bytes) + (isListed ? transactionalWriteUnits(bytes) / 2 : 0);
  }, 0);
  meter.add({ operation: 'transact-write', items: writes.length, readUnits: 0, writeUnits });
};
