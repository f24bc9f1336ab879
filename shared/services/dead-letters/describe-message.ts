import type * as z from 'zod';
import { assessMessageSchema } from '../../contracts/events/assess-message.ts';
import { ingestMessageSchema } from '../../contracts/events/ingest-message.ts';
import { screenQueueMessageSchema } from '../../contracts/events/malware-verdict.ts';
import { weighMessageSchema } from '../../contracts/events/weigh-message.ts';
import type { MessageKind } from '../../contracts/http/dead-letter-routes.ts';
import { parseJson } from '../../contracts/parse-json.ts';
import type { DeadLetterQueueName } from '../../domain/operations/dead-letter.ts';
import { uploadOfCleanKey, uploadOfQuarantineKey } from '../uploads/object-store.ts';
import type { WorkingQueue } from './dead-letter-ports.ts';

/** What a message asks for, and of whom it is to be asked again; `to` is absent where no worker could read it. */
export interface MessageDescription {
  readonly kind: MessageKind;
  readonly uploadId?: string;
  readonly outboxId?: string;
  readonly to?: WorkingQueue;
  /** The message itself, as it would be sent. */
  readonly content?: unknown;
}

type KindAndIds = Pick<MessageDescription, 'kind' | 'uploadId' | 'outboxId'>;

const ofUpload = (kind: MessageKind, uploadId: string | undefined): KindAndIds => ({ kind, ...(uploadId !== undefined && { uploadId }) });

/** By the contract of a worker; undefined where the content does not keep to it. */
const readBy =
  <Message>(contract: z.ZodType<Message>, kindAndIds: (message: Message) => KindAndIds) =>
  (content: unknown): KindAndIds | undefined => {
    const { success, data } = contract.safeParse(content);
    return success ? kindAndIds(data) : undefined;
  };

const readers: Readonly<Record<WorkingQueue, (content: unknown) => KindAndIds | undefined>> = {
  screen: readBy(screenQueueMessageSchema, (message) =>
    'kind' in message
      ? ofUpload(message.kind, message.uploadId)
      : ofUpload('malware-verdict', uploadOfQuarantineKey(message.detail.s3ObjectDetails.objectKey)),
  ),
  weigh: readBy(weighMessageSchema, (message) =>
    'kind' in message ? ofUpload(message.kind, message.uploadId) : ofUpload('file-is-clean', uploadOfCleanKey(message.detail.object.key)),
  ),
  ingest: readBy(ingestMessageSchema, ({ kind, uploadId }) => ofUpload(kind, uploadId)),
  assess: readBy(assessMessageSchema, (message) => {
    if (message.kind === 'foresee') return ofUpload(message.kind, message.uploadId);
    return { kind: message.kind, ...(message.kind === 'outbox' && { outboxId: message.outboxId }) };
  }),
};

/** Events come from rules, not from a queue: whose they are is told by their contract. */
const receiversOfEvents = ['screen', 'weigh', 'assess'] as const;

/** Reads a message by the contract of its worker, for its kind and its ids; nothing else of it is repeated. */
export const describeMessage = (queue: DeadLetterQueueName, body: string): MessageDescription => {
  const content = parseJson(body);
  for (const to of queue === 'undelivered' ? receiversOfEvents : [queue]) {
    const told = readers[to](content);
    if (told !== undefined) return { to, content, ...told };
  }
  return { kind: 'unreadable' };
};
