import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { WhatIfPorts } from '#shared/services/what-if/ask-what-if.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoWhatIfRepository } from '#shared/store/what-if/dynamo-what-if-repository.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import type { Environment } from './config.ts';

export type RulesPorts = WhatIfPorts;

interface Wiring extends RulesPorts {
  readonly audit: AuditTrail;
}

export const wire = (environment: Environment): Wiring => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  return {
    ...dynamoRules(table),
    whatIfs: dynamoWhatIfRepository(table),
    outbox: dynamoOutbox(table),
    queue: sqsMessageQueue(sqsClient(), environment.ASSESS_QUEUE_URL),
    idempotency: dynamoIdempotency(table),
    transactions: dynamoTransactions(client),
    clock: systemClock,
    newId,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
