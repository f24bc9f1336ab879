import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { parseJson } from '../../contracts/parse-json.ts';
import type { FailureNotes } from '../../services/dead-letters/dead-letter-ports.ts';
import { describeError } from '../logging/describe-error.ts';
import { log, logEvents } from '../logging/log.ts';
import { count, flushMetrics } from '../metrics/count.ts';
import { metrics } from '../observability-catalogue.ts';

export interface MessageContext {
  readonly messageId: string;
  /** 1 the first time it is delivered. */
  readonly receiveCount: number;
  /** The Lambda invocation: names the owner of a lease. */
  readonly requestId: string;
  /** Until Lambda kills the worker. */
  readonly remainingMs: () => number;
}

export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Says that a message's body is not of its contract; trying again cannot help, the queue's redrive policy parks it. */
class PoisonMessage extends Error {
  constructor() {
    super('The message does not meet its contract.');
    this.name = 'PoisonMessage';
  }
}

const readMessage = <Schema extends z.ZodType>(schema: Schema, record: SQSRecord): z.output<Schema> => {
  const result = schema.safeParse(parseJson(record.body));
  if (!result.success) throw new PoisonMessage();
  return result.data;
};

const messageContext = (record: SQSRecord, context: Context): MessageContext => ({
  messageId: record.messageId,
  receiveCount: Number(record.attributes.ApproximateReceiveCount) || 1,
  requestId: context.awsRequestId,
  remainingMs: () => context.getRemainingTimeInMillis(),
});

const reportFailure = async (record: SQSRecord, error: unknown, notes: FailureNotes | undefined): Promise<void> => {
  const fields = { messageId: record.messageId, receiveCount: Number(record.attributes.ApproximateReceiveCount) || 1 };
  if (error instanceof PoisonMessage) {
    count(metrics.messagePoisoned);
    log.error(logEvents.messagePoisoned, fields);
  } else {
    count(metrics.messageFailed);
    log.error(logEvents.messageFailed, fields, error);
  }
  const { errorName = 'Error', errorCode, errorStatus, errorFrames } = describeError(error);
  const said = { ...(errorCode !== undefined && { errorCode }), ...(errorStatus !== undefined && { errorStatus }) };
  const failure = { ...fields, errorName, ...said, ...(errorFrames !== undefined && { errorFrames: [...errorFrames] }) };
  // A help for whoever finds the message given up later; the log line above has the same.
  await notes?.note(failure).catch(() => undefined);
};

/**
 * Handles a batch one message after the other; a message that fails is reported by itself, so that only it comes back.
 * The body is parsed with its contract first. What a message failed at is noted, where there is a place for it.
 */
export const queueHandler = <Schema extends z.ZodType>(
  schema: Schema,
  work: (message: z.output<Schema>, context: MessageContext) => Promise<void>,
  notes?: FailureNotes,
): QueueHandler => {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event, context) => {
    try {
      return await processPartialResponse(
        event,
        async (record: SQSRecord) => {
          try {
            await work(readMessage(schema, record), messageContext(record, context));
          } catch (error) {
            await reportFailure(record, error, notes);
            throw error;
          }
        },
        processor,
        // All failed is no reason to fail the invocation: each is reported for itself.
        { processInParallel: false, throwOnFullBatchFailure: false },
      );
    } finally {
      flushMetrics();
    }
  };
};

/** With less time left than this no message is tried by itself. */
const leastForOneMs = 10_000;

export interface BatchMessage<Message> {
  readonly id: string;
  readonly message: Message;
}

/** As `queueHandler`, for work that is cheaper done together. `work` resolves to the ids of the messages that failed; throwing has each tried by itself. */
export const queueBatchHandler =
  <Schema extends z.ZodType>(
    schema: Schema,
    work: (
      messages: readonly BatchMessage<z.output<Schema>>[],
      context: Pick<MessageContext, 'remainingMs' | 'requestId'>,
    ) => Promise<readonly string[]>,
    notes?: FailureNotes,
  ): QueueHandler =>
  async (event, context) => {
    const failed = new Set<string>();
    const readable: BatchMessage<z.output<Schema>>[] = [];
    for (const record of event.Records) {
      try {
        readable.push({ id: record.messageId, message: readMessage(schema, record) });
      } catch (error) {
        await reportFailure(record, error, notes);
        failed.add(record.messageId);
      }
    }
    const fail = async (id: string, error: unknown): Promise<void> => {
      failed.add(id);
      const record = event.Records.find(({ messageId }) => messageId === id);
      if (record) await reportFailure(record, error, notes);
    };
    // What one message cannot have done must not keep the others from it: a batch that fails is tried again message by message.
    const workOn = async (messages: readonly BatchMessage<z.output<Schema>>[]): Promise<void> => {
      try {
        const ids = await work(messages, { requestId: context.awsRequestId, remainingMs: () => context.getRemainingTimeInMillis() });
        for (const id of ids) failed.add(id);
        if (ids.length > 0) count(metrics.messageFailed, ids.length);
      } catch (error) {
        const isAlone = messages.length === 1;
        for (const each of messages) {
          if (isAlone || context.getRemainingTimeInMillis() < leastForOneMs) await fail(each.id, error);
          else await workOn([each]);
        }
      }
    };
    try {
      if (readable.length > 0) await workOn(readable);
    } finally {
      flushMetrics();
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
