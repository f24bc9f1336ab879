import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId, newNonce } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { AssessMessagesPorts } from '#shared/services/families/assess-messages.ts';
import { backOff } from '#shared/store/backoff.ts';
import { dynamoCaseRepository } from '#shared/store/cases/dynamo-case-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoJudgementRepository } from '#shared/store/judgements/dynamo-judgement-repository.ts';
import { dynamoReviewRepository } from '#shared/store/judgements/dynamo-review-repository.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoForeseenStore } from '#shared/store/records/dynamo-foreseen-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoAssessedUploads } from '#shared/store/uploads/dynamo-assessed-uploads.ts';
import { dynamoFamiliesEffects } from '#shared/store/uploads/dynamo-families-effects.ts';
import { dynamoWhatIfRepository } from '#shared/store/what-if/dynamo-what-if-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import type { Environment } from './config.ts';

export const wire = async (environment: Environment): Promise<AssessMessagesPorts> => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  const uploadsTable = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  const rules = dynamoRules(table);
  const ports = {
    people: dynamoHeldPeople(table),
    families: dynamoFamilyRepository(table),
    cases: dynamoCaseRepository(table),
    coverage: dynamoCoverageStore(table),
    ...rules,
    whatIfs: dynamoWhatIfRepository(table),
    sealing: { contents: rules.contents, nonce: newNonce },
    outbox: dynamoOutbox(table),
    queue: sqsMessageQueue(sqsClient(), environment.ASSESS_QUEUE_URL),
    transactions,
    foreseen: dynamoForeseenStore(table, transactions),
    weighings: dynamoFamiliesEffects(uploadsTable),
    uploads: dynamoAssessedUploads(uploadsTable),
    judgements: dynamoJudgementRepository(table),
    reviews: dynamoReviewRepository(table, () => systemClock.today()),
    records: dynamoRecordStore(table, () => systemClock.today()),
    hash: await loadKeyedHash(environment.MATCH_SECRET_ARN),
    clock: systemClock,
    newId,
    pause: backOff,
  };
  return { ...ports, judging: ports };
};
