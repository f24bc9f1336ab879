import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  RECORDS_TABLE: environment.RECORDS_TABLE,
  CLEAN_BUCKET: environment.CLEAN_BUCKET,
  INGEST_QUEUE_URL: environment.INGEST_QUEUE_URL,
  ASSESS_QUEUE_URL: environment.ASSESS_QUEUE_URL,
  MATCH_SECRET_ARN: environment.MATCH_SECRET_ARN,
});
export type Environment = z.infer<typeof envSchema>;
