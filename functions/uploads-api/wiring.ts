import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import type { ScreenRequest } from '#shared/contracts/events/malware-verdict.ts';
import { documentClient, s3Client, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import { isSignedBy } from '#shared/platform/signing/is-signed-by.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => ({
  ...uploadsTables(documentClient(), environment, newId),
  ingestQueue: sqsMessageQueue<IngestRequest>(sqsClient(), environment.INGEST_QUEUE_URL),
  screenQueue: sqsMessageQueue<ScreenRequest>(sqsClient(), environment.SCREEN_QUEUE_URL),
  quarantine: s3ObjectListing(s3Client(), environment.QUARANTINE_BUCKET),
  isSignedBy,
  clock: systemClock,
});
