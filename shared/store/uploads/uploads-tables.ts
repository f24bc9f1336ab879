import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAgreementRepository } from '../agreements/dynamo-agreement-repository.ts';
import { dynamoChaseRepository } from '../agreements/dynamo-chase-repository.ts';
import { dynamoAuditTrail } from '../audit/dynamo-audit-trail.ts';
import { dynamoReceipts } from '../receipts/dynamo-receipts.ts';
import { DocumentTable } from '../document-table.ts';
import { dynamoGrantRepository } from '../links/dynamo-grant-repository.ts';
import { dynamoLinkRepository } from '../links/dynamo-link-repository.ts';
import { dynamoTransactions } from '../transactions.ts';
import { dynamoHeldUploads } from './dynamo-held-uploads.ts';
import { dynamoIdempotency } from './dynamo-idempotency.ts';
import { dynamoQueryNotes } from './dynamo-query-notes.ts';
import { dynamoUploadReferences } from './dynamo-upload-references.ts';
import { dynamoUploadRepository } from './dynamo-upload-repository.ts';
import { dynamoWeighingStore } from './dynamo-weighing-store.ts';

/** Everything kept about links and uploads, and the audit trail beside it. A function takes what its role allows. */
export const uploadsTables = (
  client: DynamoDBDocumentClient,
  { UPLOADS_TABLE, AUDIT_TABLE }: { readonly UPLOADS_TABLE: string; readonly AUDIT_TABLE: string },
  newId: () => string,
) => {
  const table = new DocumentTable(client, UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  const uploads = dynamoUploadRepository(table, transactions);
  return {
    transactions,
    agreements: dynamoAgreementRepository(table),
    chases: dynamoChaseRepository(table),
    links: dynamoLinkRepository(table),
    grants: dynamoGrantRepository(table),
    uploads,
    weighings: dynamoWeighingStore(table, transactions, uploads),
    held: dynamoHeldUploads(table, transactions, uploads),
    notes: dynamoQueryNotes(table),
    references: dynamoUploadReferences(table),
    receipts: dynamoReceipts(table),
    idempotency: dynamoIdempotency(table),
    audit: dynamoAuditTrail(new DocumentTable(client, AUDIT_TABLE), newId),
  };
};
