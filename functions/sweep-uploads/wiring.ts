import { documentClient, s3Client, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import type { ScreenRequest } from '#shared/contracts/events/malware-verdict.ts';
import type { WeighRequest } from '#shared/contracts/events/weigh-message.ts';
import type { OutboxSweepPorts } from '#shared/services/outbox/sweep-outbox.ts';
import type { UploadSweepPorts } from '#shared/services/screening/sweep-uploads.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export const wire = (environment: Environment): UploadSweepPorts & OutboxSweepPorts => {
  const client = documentClient();
  return {
    uploads: dynamoUploadRepository(new DocumentTable(client, environment.UPLOADS_TABLE), dynamoTransactions(client)),
    quarantine: s3ObjectListing(s3Client(), environment.QUARANTINE_BUCKET),
    clean: s3ObjectListing(s3Client(), environment.CLEAN_BUCKET),
    outbox: dynamoOutbox(new DocumentTable(client, environment.RECORDS_TABLE)),
    screenQueue: sqsMessageQueue<ScreenRequest>(sqsClient(), environment.SCREEN_QUEUE_URL),
    weighQueue: sqsMessageQueue<WeighRequest>(sqsClient(), environment.WEIGH_QUEUE_URL),
    ingestQueue: sqsMessageQueue<IngestRequest>(sqsClient(), environment.INGEST_QUEUE_URL),
    assessQueue: sqsMessageQueue<AssessMessage>(sqsClient(), environment.ASSESS_QUEUE_URL),
    clock: systemClock,
  };
};
