import { setTimeout as delay } from 'node:timers/promises';
import { errorText } from '../../host-error.ts';
import type { Queues } from '../storage/queues.ts';
import { asJson, at, type Json, listAt, textAt } from '../../json.ts';
import { lastPart } from '../template/settings.ts';
import type { FunctionPool } from './function-pool.ts';

/** An event source mapping of the template. */
export interface MappingSettings {
  readonly functionName: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialBatchResponse: boolean;
  readonly concurrency: number;
}

export interface PollerOptions {
  readonly mapping: MappingSettings;
  readonly pool: FunctionPool;
  readonly queues: Queues;
  /**
   * When a message that failed is seen again. On AWS that is the rest of the queue's visibility timeout, many minutes;
   * the host does not let anybody wait that long.
   */
  readonly retryAfterSeconds: number;
  readonly onFailure: (reason: string) => void;
}

/** Receives a queue's messages and hands them to the function in batches, as the Lambda service does. Gives what stops it. */
export const startQueuePoller = ({ mapping, pool, queues, retryAfterSeconds, onFailure }: PollerOptions): (() => Promise<void>) => {
  const queue = lastPart(mapping.queueArn);
  const concurrency = Math.min(mapping.concurrency, pool.settings.concurrency);
  const inHand = new Set<Promise<void>>();
  let stopped = false;
  const isStopped = (): boolean => stopped;

  const receive = async (most: number, WaitTimeSeconds: number): Promise<readonly Json[]> => {
    const wanted = {
      MaxNumberOfMessages: Math.min(most, 10),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    return listAt(await queues.ask('ReceiveMessage', queue, wanted), 'Messages');
  };

  /** One batch; waits for the first message, then as long as the batching window for more. */
  const nextBatch = async (): Promise<readonly Json[]> => {
    const batch = [...(await receive(mapping.batchSize, 20))];
    const until = Date.now() + mapping.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < mapping.batchSize && Date.now() < until && !isStopped()) {
      const more = await receive(mapping.batchSize - batch.length, 0);
      batch.push(...more);
      if (more.length === 0) await delay(50);
    }
    return batch;
  };

  const handle = async (batch: readonly Json[]): Promise<void> => {
    const ids = batch.map((message) => textAt(message, 'MessageId') ?? '');
    const invoked = pool.invoke({ Records: batch.map((message) => record(message, mapping)) });
    const failed = await invoked.then(
      (response) => failedIds(response, ids, mapping.partialBatchResponse),
      (error: unknown) => {
        onFailure(errorText(error));
        return new Set(ids);
      },
    );
    for (const message of batch) {
      if (isStopped()) return;
      const ReceiptHandle = textAt(message, 'ReceiptHandle') ?? '';
      if (!failed.has(textAt(message, 'MessageId') ?? '')) await queues.ask('DeleteMessage', queue, { ReceiptHandle });
      else await queues.ask('ChangeMessageVisibility', queue, { ReceiptHandle, VisibilityTimeout: retryAfterSeconds });
    }
  };

  const poll = async (): Promise<void> => {
    while (!isStopped()) {
      if (inHand.size >= concurrency) await Promise.race(inHand);
      const batch = inHand.size >= concurrency ? [] : await nextBatch();
      if (batch.length === 0 || isStopped()) continue;
      const work: Promise<void> = handle(batch)
        .catch((error: unknown) => onFailure(errorText(error)))
        .finally(() => inHand.delete(work));
      inHand.add(work);
    }
  };
  const ended = poll().catch((error: unknown) => onFailure(errorText(error)));
  return async () => {
    stopped = true;
    // The functions are killed right after; whoever waits for a message is let go by the queue.
    await Promise.race([Promise.all([ended, ...inHand]), delay(50)]);
  };
};

const record = (message: Json, { queueArn, region }: MappingSettings): Json => ({
  messageId: textAt(message, 'MessageId') ?? '',
  receiptHandle: textAt(message, 'ReceiptHandle') ?? '',
  body: textAt(message, 'Body') ?? '',
  attributes: at(message, 'Attributes') ?? {},
  messageAttributes: at(message, 'MessageAttributes') ?? {},
  md5OfBody: textAt(message, 'MD5OfBody') ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** The messages to give back. An answer that names a message not in the batch counts as failure of all, as on AWS. */
export const failedIds = (response: unknown, ids: readonly string[], partial: boolean): ReadonlySet<string> => {
  const failures = partial ? listAt(asJson(response), 'batchItemFailures') : [];
  const named = failures.map((failure) => textAt(failure, 'itemIdentifier') ?? '');
  return new Set(named.every((id) => ids.includes(id)) ? named : ids);
};
