import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import { documentClient, s3Client, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { WeighPorts } from '#shared/services/weighing/weigh-ports.ts';
import { dynamoAgreementRepository } from '#shared/store/agreements/dynamo-agreement-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoForeseenStore } from '#shared/store/records/dynamo-foreseen-store.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import { dynamoWeighingStore } from '#shared/store/uploads/dynamo-weighing-store.ts';
import type { Environment } from './config.ts';

export const wire = async (environment: Environment): Promise<WeighPorts> => {
  const client = documentClient();
  const transactions = dynamoTransactions(client);
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const records = new DocumentTable(client, environment.RECORDS_TABLE);
  const uploads = dynamoUploadRepository(table, transactions);
  return {
    uploads,
    weighings: dynamoWeighingStore(table, transactions, uploads),
    agreements: dynamoAgreementRepository(table),
    records: dynamoRecordStore(records, systemClock.today),
    coverage: dynamoCoverageStore(records),
    cleanFiles: s3ObjectReader(s3Client(), environment.CLEAN_BUCKET),
    foreseen: dynamoForeseenStore(records, transactions),
    ingestQueue: sqsMessageQueue<IngestRequest>(sqsClient(), environment.INGEST_QUEUE_URL),
    assessQueue: sqsMessageQueue<AssessMessage>(sqsClient(), environment.ASSESS_QUEUE_URL),
    hash: await loadKeyedHash(environment.MATCH_SECRET_ARN),
    clock: systemClock,
    newId,
  };
};
