import { randomBytes } from 'node:crypto';
import { newId } from '#shared/platform/ids.ts';
import type { ClaimPorts } from '#shared/services/claims/claim-ports.ts';
import type { Clock } from '#shared/services/clock.ts';
import { sha256 } from '#shared/services/rules/hash-of.ts';
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
import type { TestDatabase } from './dynamodb-local.ts';

/** What cases and claims work with, on the real stores; the queue alone goes nowhere, its work stands in the outbox. */
export const casePorts = ({ client, tables }: TestDatabase, clock: Clock): ClaimPorts => {
  const records = new DocumentTable(client, tables.Records);
  return {
    cases: dynamoCaseRepository(records),
    claims: dynamoClaimRepository(records),
    families: dynamoFamilyRepository(records),
    people: dynamoHeldPeople(records),
    coverage: dynamoCoverageStore(records),
    rules: dynamoRules(records).rules,
    idempotency: dynamoIdempotency(records),
    outbox: dynamoOutbox(records),
    queue: { send: () => Promise.resolve() },
    transactions: dynamoTransactions(client),
    sha256,
    newNonce: () => randomBytes(16).toString('hex'),
    newSeed: () => randomBytes(4).readUInt32BE(),
    newId,
    clock,
  };
};
