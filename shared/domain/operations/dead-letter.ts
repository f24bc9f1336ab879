import * as z from 'zod';

/** The queues that keep what could not be done, by the worker whose messages they are; `undelivered`: events that reached no queue. */
export const deadLetterQueues = ['screen', 'weigh', 'ingest', 'assess', 'undelivered'] as const;
export type DeadLetterQueueName = (typeof deadLetterQueues)[number];

/** Days after it was sent on which SQS deletes a message. */
export const daysKeptInQueue = 14;

/** The last time that a worker failed at a message: what the log says of it, too. Never a value that was in it. */
export const messageFailureSchema = z.object({
  messageId: z.string(),
  at: z.iso.datetime(),
  /** How often the message had been received by then. */
  receiveCount: z.int().positive(),
  errorName: z.string(),
  errorCode: z.string().optional(),
  errorStatus: z.int().optional(),
  /** Places in our own source. */
  errorFrames: z.array(z.string()).optional(),
});
export type MessageFailure = z.infer<typeof messageFailureSchema>;

/** Messages that were sent back to work: by whom, and why. */
export const replaySchema = z.object({
  replayId: z.ulid(),
  queue: z.enum(deadLetterQueues),
  at: z.iso.datetime(),
  /** The issuer's subject. */
  by: z.string(),
  reason: z.string(),
  messageIds: z.array(z.string()),
});
export type Replay = z.infer<typeof replaySchema>;
