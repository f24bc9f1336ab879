import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  SCREEN_QUEUE_URL: environment.SCREEN_QUEUE_URL,
  WEIGH_QUEUE_URL: environment.WEIGH_QUEUE_URL,
  INGEST_QUEUE_URL: environment.INGEST_QUEUE_URL,
  ASSESS_QUEUE_URL: environment.ASSESS_QUEUE_URL,
  SCREEN_DEAD_LETTERS_URL: environment.SCREEN_DEAD_LETTERS_URL,
  WEIGH_DEAD_LETTERS_URL: environment.WEIGH_DEAD_LETTERS_URL,
  INGEST_DEAD_LETTERS_URL: environment.INGEST_DEAD_LETTERS_URL,
  ASSESS_DEAD_LETTERS_URL: environment.ASSESS_DEAD_LETTERS_URL,
  UNDELIVERED_QUEUE_URL: environment.UNDELIVERED_QUEUE_URL,
});
export type Environment = z.infer<typeof envSchema>;
