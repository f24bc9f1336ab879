import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';

/** One request to DynamoDB, for the benchmark: what was asked and what it was charged. */
export interface CapacityUse {
  readonly operation: 'get' | 'batch-get' | 'query' | 'put' | 'update' | 'delete' | 'transact-write';
  /** Items read or written by the request. */
  readonly items: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface CapacityMeter {
  readonly add: (use: CapacityUse) => void;
}

const reads: readonly CapacityUse['operation'][] = ['get', 'batch-get', 'query'];

/** DynamoDB splits the units into reads and writes for some operations only; the operation says the rest. */
export const meterRequest = (
  meter: CapacityMeter | undefined,
  operation: CapacityUse['operation'],
  items: number,
  consumed: readonly (ConsumedCapacity | undefined)[] | undefined,
): void => {
  if (!meter) return;
  const units = (consumed ?? []).reduce((sum, capacity) => sum + (capacity?.CapacityUnits ?? 0), 0);
  const isRead = reads.includes(operation);
  meter.add({ operation, items, readUnits: isRead ? units : 0, writeUnits: isRead ? 0 : units });
};
