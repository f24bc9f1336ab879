import { createHash } from 'node:crypto';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient, s3Client } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { ReferralPorts } from '#shared/services/referrals/create-referral.ts';
import type { ObjectWriter } from '#shared/services/uploads/object-store.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export interface Wiring extends ReferralPorts {
  readonly audit: AuditTrail;
}

export const wire = (environment: Environment): Wiring => ({
  ...uploadsTables(documentClient(), environment, newId),
  feeds,
  quarantine: objectWriter(environment),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
  clock: systemClock,
  newId,
  newReference: newUploadReference,
});

const objectWriter = (environment: Environment): ObjectWriter =>
  s3ObjectWriter(s3Client(), { bucket: environment.QUARANTINE_BUCKET, keyArn: environment.QUARANTINE_KEY_ARN });
