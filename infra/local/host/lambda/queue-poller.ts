import { setTimeout as delay } from 'node:timers/promises';
import { HostError } from '../host-error.ts';
import type { Queues } from '../storage/queues.ts';
import { at, type Json, listAt, parseJson, textAt } from '../template/json.ts';
import type { FunctionPool } from './function-pool.ts';

/** An event source mapping of the template. */
export interface MappingSettings {
  readonly queue: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialBatchResponse: boolean;
  readonly concurrency: number;
  /**
   * When a message that failed is seen again. On AWS that is the rest of the queue's visibility timeout, many minutes;
   * the host does not let anybody wait that long.
   */
  readonly retryAfterSeconds: number;
}

export interface QueuePoller {
  readonly stop: () => Promise<void>;
}

const longPollSeconds = 20;
const mostPerReceive = 10;

/** Receives a queue's messages and hands them to the function in batches, as the Lambda service does. */
export const startQueuePoller = (
  mapping: MappingSettings,
  pool: FunctionPool,
  queues: Queues,
  onFailure: (reason: string) => void,
): QueuePoller => {
  const QueueUrl = `/000000000000/${mapping.queue}`;
  const inHand = new Set<Promise<void>>();
  let stopped = false;

  const ask = async (operation: string, body: Record<string, Json>): Promise<Json> => {
    const answer = await queues.call(operation, { QueueUrl, ...body });
    if (answer.status !== 200) throw new HostError(`${mapping.queue} refused ${operation}: ${answer.body}`);
    return answer.body === '' ? {} : parseJson(answer.body);
  };

  const receive = async (most: number, waitSeconds: number): Promise<readonly Json[]> => {
    const answer = await ask('ReceiveMessage', {
      MaxNumberOfMessages: Math.min(most, mostPerReceive),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return listAt(answer, 'Messages');
  };

  /** One batch; waits for the first message, then as long as the batching window for more. */
  const nextBatch = async (): Promise<readonly Json[]> => {
    const batch = [...(await receive(mapping.batchSize, longPollSeconds))];
    const until = Date.now() + mapping.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < mapping.batchSize && Date.now() < until && !stopped) {
      const more = await receive(mapping.batchSize - batch.length, 0);
      batch.push(...more);
      if (more.length === 0) await delay(50);
    }
    return batch;
  };

  const handle = async (batch: readonly Json[]): Promise<void> => {
    const ids = batch.map((message) => textAt(message, 'MessageId') ?? '');
    let failed: ReadonlySet<string>;
    try {
      failed = failedIds(
        await pool.invoke({ Records: batch.map((message) => record(message, mapping)) }),
        ids,
        mapping.partialBatchResponse,
      );
    } catch (error) {
      onFailure(error instanceof Error ? error.message : String(error));
      failed = new Set(ids);
    }
    for (const message of batch) {
      if (stopped) break;
      const ReceiptHandle = textAt(message, 'ReceiptHandle') ?? '';
      if (failed.has(textAt(message, 'MessageId') ?? '')) {
        await ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: mapping.retryAfterSeconds });
      } else await ask('DeleteMessage', { ReceiptHandle });
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      if (inHand.size >= mapping.concurrency) {
        await Promise.race(inHand);
        continue;
      }
      const batch = await nextBatch();
      if (batch.length === 0 || stopped) continue;
      const work: Promise<void> = handle(batch).finally(() => inHand.delete(work));
      inHand.add(work);
    }
  };
  const ended = loop().catch((error: unknown) => {
    if (!stopped) onFailure(error instanceof Error ? error.message : String(error));
  });

  return {
    stop: async () => {
      stopped = true;
      await Promise.race([Promise.all([ended, ...inHand]), delay(100)]);
    },
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

/** The messages to give back. An answer Lambda cannot read counts as failure of the whole batch, as on AWS. */
export const failedIds = (response: unknown, ids: readonly string[], partial: boolean): ReadonlySet<string> => {
  if (!partial || response === null || response === undefined) return new Set();
  const failures = listAt(parseJson(JSON.stringify(response)), 'batchItemFailures').map((failure) => textAt(failure, 'itemIdentifier'));
  return failures.every((id) => id !== undefined && ids.includes(id)) ? new Set(failures.filter((id) => id !== undefined)) : new Set(ids);
};
