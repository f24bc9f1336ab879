import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { DecidePorts } from '#shared/services/judgements/decide-ports.ts';
import type { EffectPorts } from '#shared/services/review/effect-on-families.ts';
import type { ReadReviewPorts } from '#shared/services/review/read-review.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoJudgementRepository } from '#shared/store/judgements/dynamo-judgement-repository.ts';
import { dynamoReviewRepository } from '#shared/store/judgements/dynamo-review-repository.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import type { Environment } from './config.ts';

export type ReviewPorts = DecidePorts & ReadReviewPorts & EffectPorts;

interface Wiring extends ReviewPorts {
  readonly audit: AuditTrail;
}

export const wire = (environment: Environment): Wiring => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  const today = (): string => systemClock.today();
  return {
    judgements: dynamoJudgementRepository(table),
    reviews: dynamoReviewRepository(table, today),
    records: dynamoRecordStore(table, today),
    families: dynamoFamilyRepository(table),
    outbox: dynamoOutbox(table),
    queue: sqsMessageQueue(sqsClient(), environment.ASSESS_QUEUE_URL),
    transactions: dynamoTransactions(client),
    clock: systemClock,
    newId,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
