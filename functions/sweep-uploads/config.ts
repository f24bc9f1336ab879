import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  RECORDS_TABLE: environment.RECORDS_TABLE,
  QUARANTINE_BUCKET: environment.QUARANTINE_BUCKET,
  CLEAN_BUCKET: environment.CLEAN_BUCKET,
  SCREEN_QUEUE_URL: environment.SCREEN_QUEUE_URL,
  WEIGH_QUEUE_URL: environment.WEIGH_QUEUE_URL,
  INGEST_QUEUE_URL: environment.INGEST_QUEUE_URL,
  ASSESS_QUEUE_URL: environment.ASSESS_QUEUE_URL,
});
export type Environment = z.infer<typeof envSchema>;
