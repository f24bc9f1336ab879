import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CommitResult, TransactionFragment, Transactions } from '../services/transaction-fragment.ts';
import { retrying } from './backoff.ts';
import { meterTransaction, type CapacityMeter } from './capacity-meter.ts';
import { transactItem, type Write } from './write.ts';

/** DynamoDB's own limit. */
const largestTransaction = 100;

const writesOfFragment = new WeakMap<TransactionFragment, readonly Write[]>();

/** Wraps writes so that use cases can carry them without seeing them. */
export const fragmentOf = (writes: readonly Write[]): TransactionFragment => {
  const fragment: TransactionFragment = Object.freeze({}) as TransactionFragment;
  writesOfFragment.set(fragment, writes);
  return fragment;
};

/** What a fragment of this store will write. */
export const writesOf = (fragment: TransactionFragment): readonly Write[] => {
  const writes = writesOfFragment.get(fragment);
  if (!writes) throw new TypeError('not a fragment of this store');
  return writes;
};

const conflicts = new Set(['ConditionalCheckFailed', 'TransactionConflict']);
const throttles = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']);

const cancellationCodes = (error: unknown): readonly string[] =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None') : [];

const isConflict = (error: unknown): boolean => cancellationCodes(error).some((code) => conflicts.has(code));
const isThrottle = (error: unknown): boolean => !isConflict(error) && cancellationCodes(error).some((code) => throttles.has(code));

/**
 * A lost reply is no doubt: the SDK sends the same request token again, and DynamoDB then answers without writing twice.
 * A throttled transaction is tried again here, because the SDK takes it for a refusal.
 */
export const dynamoTransactions = (client: DynamoDBDocumentClient, meter?: CapacityMeter): Transactions => ({
  size: (fragments) => fragments.reduce((sum, fragment) => sum + writesOf(fragment).length, 0),
  commit: async (fragments): Promise<CommitResult> => {
    const writes = fragments.flatMap(writesOf);
    if (writes.length === 0) return { ok: true };
    if (writes.length > largestTransaction) {
      throw new RangeError(`a transaction of ${String(writes.length)} writes: at most ${String(largestTransaction)} are possible`);
    }
    const TransactItems = writes.map(transactItem);
    try {
      await retrying(() => client.send(new TransactWriteCommand({ TransactItems })), isThrottle);
      meterTransaction(meter, writes);
      return { ok: true };
    } catch (error) {
      if (isConflict(error)) return { ok: false, reason: 'conflict' };
      throw error;
    }
  },
});
