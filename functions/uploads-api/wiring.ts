import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => ({
  ...uploadsTables(documentClient(), environment, newId),
  ingestQueue: sqsMessageQueue<IngestRequest>(sqsClient(), environment.INGEST_QUEUE_URL),
  clock: systemClock,
});
