import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId, newToken } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export type Wiring = Awaited<ReturnType<typeof wire>>;

export const wire = async (environment: Environment) => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    transactions,
    idempotency: dynamoIdempotency(table),
    links: dynamoLinkRepository(table),
    uploads: dynamoUploadRepository(table, transactions),
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
    feeds: (feed: keyof typeof feeds) => feeds[feed],
    hash: await loadKeyedHash(environment.LINK_SECRET_ARN),
    clock: systemClock,
    newId,
    newToken,
    portalOrigin: environment.PORTAL_ORIGIN,
  };
};
