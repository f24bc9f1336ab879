import { createHash } from 'node:crypto';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient, s3Client } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { ReferralPorts } from '#shared/services/referrals/create-referral.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export interface Wiring extends ReferralPorts {
  readonly audit: AuditTrail;
}

export const wire = (environment: Environment): Wiring => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    feeds,
    uploads: dynamoUploadRepository(table, transactions),
    references: dynamoUploadReferences(table),
    idempotency: dynamoIdempotency(table),
    transactions,
    quarantine: s3ObjectWriter(s3Client(), { bucket: environment.QUARANTINE_BUCKET, keyArn: environment.QUARANTINE_KEY_ARN }),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
    clock: systemClock,
    newId,
    newReference: newUploadReference,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
