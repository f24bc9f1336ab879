import { assessMessageSchema } from '../../contracts/events/assess-message.ts';
import { cleanObjectCreatedSchema, ingestMessageSchema } from '../../contracts/events/ingest-message.ts';
import { screenQueueMessageSchema } from '../../contracts/events/malware-verdict.ts';
import { weighMessageSchema } from '../../contracts/events/weigh-message.ts';
import type { MessageKind } from '../../contracts/http/dead-letter-routes.ts';
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

const contracts = {
  screen: screenQueueMessageSchema,
  weigh: weighMessageSchema,
  ingest: ingestMessageSchema,
  assess: assessMessageSchema,
} as const;

/** Events come from rules, not from a queue: whose they are is told by their contract. */
const workerOfEvent = (content: unknown): WorkingQueue | undefined =>
  (['screen', 'weigh', 'assess'] as const).find((queue) => contracts[queue].safeParse(content).success);

/** Reads a message by the contract of its worker, for its kind and its ids; nothing else of it is repeated. */
export const describeMessage = (queue: DeadLetterQueueName, body: string): MessageDescription => {
  const content = parsed(body);
  const to = queue === 'undelivered' ? workerOfEvent(content) : queue;
  if (to === undefined || !contracts[to].safeParse(content).success) return { kind: 'unreadable' };
  return { to, content, ...kindAndIds(to, content) };
};

const kindAndIds = (to: WorkingQueue, content: unknown): Pick<MessageDescription, 'kind' | 'uploadId' | 'outboxId'> => {
  const ofUpload = (kind: MessageKind, uploadId: string | undefined) => ({ kind, ...(uploadId !== undefined && { uploadId }) });
  if (to === 'screen') {
    const message = screenQueueMessageSchema.parse(content);
    return 'kind' in message
      ? ofUpload(message.kind, message.uploadId)
      : ofUpload('malware-verdict', uploadOfQuarantineKey(message.detail.s3ObjectDetails.objectKey));
  }
  const created = cleanObjectCreatedSchema.safeParse(content);
  if (created.success) return ofUpload('file-is-clean', uploadOfCleanKey(created.data.detail.object.key));
  if (to === 'assess') {
    const message = assessMessageSchema.parse(content);
    if (message.kind === 'foresee') return ofUpload(message.kind, message.uploadId);
    return { kind: message.kind, ...(message.kind === 'outbox' && { outboxId: message.outboxId }) };
  }
  const { kind, uploadId } = to === 'ingest' ? ingestMessageSchema.parse(content) : { kind: 'weigh' as const, ...uploadIn(content) };
  return ofUpload(kind, uploadId);
};

const uploadIn = (content: unknown): { readonly uploadId: string | undefined } => {
  const message = weighMessageSchema.parse(content);
  return { uploadId: 'uploadId' in message ? message.uploadId : undefined };
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};
