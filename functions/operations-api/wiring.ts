import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import { sqsParkedMessages } from '#shared/platform/queues/sqs-parked-messages.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { ReplayPorts } from '#shared/services/dead-letters/replay-dead-letters.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { dynamoFailureReader } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { dynamoReplayRepository } from '#shared/store/dead-letters/dynamo-replay-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import type { Environment } from './config.ts';

export const wire = (environment: Environment): ReplayPorts & { readonly audit: AuditTrail } => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const parked = (url: string) => sqsParkedMessages(sqsClient(), url);
  const work = (url: string) => sqsMessageQueue<unknown>(sqsClient(), url);
  return {
    parked: {
      screen: parked(environment.SCREEN_DEAD_LETTERS_URL),
      weigh: parked(environment.WEIGH_DEAD_LETTERS_URL),
      ingest: parked(environment.INGEST_DEAD_LETTERS_URL),
      assess: parked(environment.ASSESS_DEAD_LETTERS_URL),
      undelivered: parked(environment.UNDELIVERED_QUEUE_URL),
    },
    work: {
      screen: work(environment.SCREEN_QUEUE_URL),
      weigh: work(environment.WEIGH_QUEUE_URL),
      ingest: work(environment.INGEST_QUEUE_URL),
      assess: work(environment.ASSESS_QUEUE_URL),
    },
    failures: dynamoFailureReader(table),
    replays: dynamoReplayRepository(table),
    idempotency: dynamoIdempotency(table),
    transactions: dynamoTransactions(client),
    clock: systemClock,
    newId,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
