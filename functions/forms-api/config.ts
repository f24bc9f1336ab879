import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  COUNCIL_NAME: environment.COUNCIL_NAME,
  PORTAL_ORIGIN: environment.PORTAL_ORIGIN,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  QUARANTINE_BUCKET: environment.QUARANTINE_BUCKET,
  QUARANTINE_KEY_ARN: environment.QUARANTINE_KEY_ARN,
  LINK_SECRET_ARN: environment.LINK_SECRET_ARN,
  INGEST_QUEUE_URL: environment.INGEST_QUEUE_URL,
  SCREEN_QUEUE_URL: environment.SCREEN_QUEUE_URL,
});
export type Environment = z.infer<typeof envSchema>;
