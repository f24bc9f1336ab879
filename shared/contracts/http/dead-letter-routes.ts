import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { deadLetterQueues, messageFailureSchema, replaySchema } from '../../domain/operations/dead-letter.ts';
import { defineRoute } from './route.ts';

/** Looked at, or sent back, with one request. */
export const mostDeadLetters = 100;

/** What a message asks its worker to do; `unreadable`: it meets no contract that we know. */
const messageKinds = [
  'malware-verdict',
  'promote',
  'look-for-verdict',
  'rescan',
  'receipt',
  'file-is-clean',
  'weigh',
  'continue',
  'withdraw',
  'outbox',
  'coverage',
  'rules',
  'due-families',
  'foresee',
  'reassess',
  'unreadable',
] as const;
export type MessageKind = (typeof messageKinds)[number];

const queueSchema = z.enum(deadLetterQueues).meta({ description: 'undelivered: events that reached no queue at all' });

const deadLetterSchema = z.object({
  messageId: z.string(),
  kind: z.enum(messageKinds),
  uploadId: z.ulid().optional().meta({ description: 'The upload that it is about' }),
  outboxId: z.string().optional().meta({ description: 'The entry of the outbox that it announces' }),
  sentAt: z.iso.datetime(),
  goneAt: z.iso.datetime().meta({ description: 'When the queue deletes it' }),
  received: z.int().nonnegative().meta({ description: 'How often it was received; looking at this page counts, too' }),
  failure: messageFailureSchema
    .omit({ messageId: true, receiveCount: true })
    .optional()
    .meta({ description: 'The last failure that was noted; absent where the worker died before it could' }),
  deliveryError: z
    .string()
    .optional()
    .meta({ description: 'Of an undelivered event: EventBridge’s code', examples: ['NO_PERMISSIONS'] }),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

const reasonSchema = wordsOf({ most: 500 }).meta({ description: 'Name nobody', examples: ['Release 41 has mended it'] });

const newReplaySchema = z.strictObject({
  reason: reasonSchema,
  messageIds: z
    .array(z.uuid())
    .min(1)
    .max(mostDeadLetters)
    .optional()
    .meta({ description: 'Only these; without it whatever is there, a hundred at most' }),
});
export type NewReplay = z.infer<typeof newReplaySchema>;

const deadLetterPageSchema = z.object({
  queue: queueSchema,
  items: z.array(deadLetterSchema),
  isWhole: z.boolean().meta({ description: 'false: there are more; send these back first' }),
  replays: z.array(replaySchema).meta({ description: 'What was sent back before, newest first' }),
});
export type DeadLetterPage = z.infer<typeof deadLetterPageSchema>;

const replayResultSchema = replaySchema.extend({
  sent: z.array(z.string()).meta({ description: 'Messages that are back at work' }),
  unreadable: z.array(z.string()).meta({ description: 'Messages that stay: their worker could not read them' }),
  missing: z.array(z.string()).meta({ description: 'Messages that are not there any more, or not among the hundred that were looked at' }),
});
export type ReplayResult = z.infer<typeof replayResultSchema>;

const access = { kind: 'staff', roles: ['administrator'] } as const;
const path = z.object({ queue: queueSchema });

export const deadLetterRoutes = [
  defineRoute({
    operationId: 'countDeadLetters',
    function: 'operations-api',
    method: 'GET',
    path: '/v1/dead-letters',
    access,
    summary: 'How many messages each queue has given up on',
    request: {},
    response: {
      status: 200,
      body: z.object({
        items: z.array(z.object({ queue: queueSchema, messages: z.int().nonnegative().meta({ description: 'As SQS estimates it' }) })),
      }),
    },
    problems: [],
  }),
  defineRoute({
    operationId: 'listDeadLetters',
    function: 'operations-api',
    method: 'GET',
    path: '/v1/dead-letters/{queue}',
    access,
    summary: 'What a queue has given up on and why: kinds and ids, never contents. A hundred at most, in no order',
    request: { path },
    response: { status: 200, body: deadLetterPageSchema },
    problems: [],
  }),
  defineRoute({
    operationId: 'replayDeadLetters',
    function: 'operations-api',
    method: 'POST',
    path: '/v1/dead-letters/{queue}/replays',
    access,
    summary: 'Send messages back to their worker, once the cause is gone: sent first, deleted after, so that none is lost',
    request: { path, body: newReplaySchema, idempotencyKey: 'required' },
    response: { status: 200, body: replayResultSchema },
    problems: ['idempotency-key-reused', 'try-again'],
  }),
] as const;
