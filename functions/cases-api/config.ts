import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  RECORDS_TABLE: environment.RECORDS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  ASSESS_QUEUE_URL: environment.ASSESS_QUEUE_URL,
});
export type Environment = z.infer<typeof envSchema>;
