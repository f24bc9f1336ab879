import { createHash } from 'node:crypto';
import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import type { ScreenRequest } from '#shared/contracts/events/malware-verdict.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient, s3Client, signingS3Client, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { tellLinkLocked } from '#shared/platform/link-locked.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import type { ObjectWriter } from '#shared/services/uploads/object-store.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export type Wiring = Awaited<ReturnType<typeof wire>>;

export const wire = async (environment: Environment) => ({
  ...uploadsTables(documentClient(), environment, newId),
  signer: s3UploadSigner(signingS3Client(), { bucket: environment.QUARANTINE_BUCKET, keyArn: environment.QUARANTINE_KEY_ARN }),
  quarantine: objectWriter(environment),
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64'),
  ingestQueue: sqsMessageQueue<IngestRequest>(sqsClient(), environment.INGEST_QUEUE_URL),
  screenQueue: sqsMessageQueue<ScreenRequest>(sqsClient(), environment.SCREEN_QUEUE_URL),
  feeds: (feed: keyof typeof feeds) => feeds[feed],
  hash: await loadKeyedHash(environment.LINK_SECRET_ARN),
  clock: systemClock,
  newId,
  newReference: newUploadReference,
  councilName: environment.COUNCIL_NAME,
  onLocked: tellLinkLocked,
});

const objectWriter = (environment: Environment): ObjectWriter =>
  s3ObjectWriter(s3Client(), { bucket: environment.QUARANTINE_BUCKET, keyArn: environment.QUARANTINE_KEY_ARN });
