import { documentClient, s3Client, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { IngestPorts } from '#shared/services/ingest/ingest-ports.ts';
import type { RequestWithdrawalPorts } from '#shared/services/withdrawals/request-withdrawal.ts';
import type { WithdrawalPorts } from '#shared/services/withdrawals/withdrawal-ports.ts';
import { backOff } from '#shared/store/backoff.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';
import { ingestLog } from './report-ingest.ts';

export const wire = async (environment: Environment): Promise<IngestPorts & WithdrawalPorts & RequestWithdrawalPorts> => {
  const client = documentClient();
  const records = new DocumentTable(client, environment.RECORDS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    uploads: dynamoUploadRepository(new DocumentTable(client, environment.UPLOADS_TABLE), transactions),
    records: dynamoRecordStore(records, systemClock.today),
    coverage: dynamoCoverageStore(records),
    outbox: dynamoOutbox(records),
    transactions,
    cleanFiles: s3ObjectReader(s3Client(), environment.CLEAN_BUCKET),
    ingestQueue: sqsMessageQueue(sqsClient(), environment.INGEST_QUEUE_URL),
    assessQueue: sqsMessageQueue(sqsClient(), environment.ASSESS_QUEUE_URL),
    hash: await loadKeyedHash(environment.MATCH_SECRET_ARN),
    clock: systemClock,
    newId,
    pause: backOff,
    observer: ingestLog,
  };
};
