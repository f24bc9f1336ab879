import { documentClient, s3Client } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import type { ScreeningPorts } from '#shared/services/screening/screen-upload.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export const wire = (environment: Environment): ScreeningPorts => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    uploads: dynamoUploadRepository(table, transactions),
    links: dynamoLinkRepository(table),
    quarantine: s3ObjectReader(s3Client(), environment.QUARANTINE_BUCKET),
    promotion: s3ObjectPromotion(s3Client(), {
      from: environment.QUARANTINE_BUCKET,
      to: environment.CLEAN_BUCKET,
      keyArn: environment.CLEAN_KEY_ARN,
    }),
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
    clock: systemClock,
    quarantineBucket: environment.QUARANTINE_BUCKET,
  };
};
