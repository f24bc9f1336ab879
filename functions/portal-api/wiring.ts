import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient, signingS3Client } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoGrantRepository } from '#shared/store/links/dynamo-grant-repository.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { Environment } from './config.ts';

export type Wiring = Awaited<ReturnType<typeof wire>>;

export const wire = async (environment: Environment) => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.UPLOADS_TABLE);
  const transactions = dynamoTransactions(client);
  return {
    transactions,
    links: dynamoLinkRepository(table),
    grants: dynamoGrantRepository(table),
    references: dynamoUploadReferences(table),
    uploads: dynamoUploadRepository(table, transactions),
    signer: s3UploadSigner(signingS3Client(), { bucket: environment.QUARANTINE_BUCKET, keyArn: environment.QUARANTINE_KEY_ARN }),
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
    feeds: (feed: keyof typeof feeds) => feeds[feed],
    hash: await loadKeyedHash(environment.LINK_SECRET_ARN),
    clock: systemClock,
    newId,
    newReference: newUploadReference,
    councilName: environment.COUNCIL_NAME,
  };
};
