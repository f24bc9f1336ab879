import { randomBytes } from 'node:crypto';
import { documentClient, sqsClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { ClaimPorts } from '#shared/services/claims/claim-ports.ts';
import { sha256 } from '#shared/services/rules/hash-of.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { dynamoCaseRepository } from '#shared/store/cases/dynamo-case-repository.ts';
import { dynamoClaimRepository } from '#shared/store/cases/dynamo-claim-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import type { Environment } from './config.ts';

interface Wiring extends ClaimPorts {
  readonly audit: AuditTrail;
}

export const wire = (environment: Environment): Wiring => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  return {
    cases: dynamoCaseRepository(table),
    claims: dynamoClaimRepository(table),
    families: dynamoFamilyRepository(table),
    people: dynamoHeldPeople(table),
    coverage: dynamoCoverageStore(table),
    rules: dynamoRules(table).rules,
    idempotency: dynamoIdempotency(table),
    outbox: dynamoOutbox(table),
    queue: sqsMessageQueue(sqsClient(), environment.ASSESS_QUEUE_URL),
    transactions: dynamoTransactions(client),
    sha256,
    newNonce: () => randomBytes(16).toString('hex'),
    newSeed: () => randomBytes(4).readUInt32BE(),
    newId,
    clock: systemClock,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
