import { documentClient } from '#shared/platform/aws-clients.ts';
import { newId } from '#shared/platform/ids.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    links: dynamoLinkRepository(table),
    uploads: dynamoUploadRepository(table, transactions),
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
