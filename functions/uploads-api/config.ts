import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  INGEST_QUEUE_URL: environment.INGEST_QUEUE_URL,
  SCREEN_QUEUE_URL: environment.SCREEN_QUEUE_URL,
  QUARANTINE_BUCKET: environment.QUARANTINE_BUCKET,
});
export type Environment = z.infer<typeof envSchema>;
