import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  QUARANTINE_BUCKET: environment.QUARANTINE_BUCKET,
  CLEAN_BUCKET: environment.CLEAN_BUCKET,
  CLEAN_KEY_ARN: environment.CLEAN_KEY_ARN,
  RECEIPT_KEY_ARN: environment.RECEIPT_KEY_ARN,
  COUNCIL_NAME: environment.COUNCIL_NAME,
});
export type Environment = z.infer<typeof envSchema>;
