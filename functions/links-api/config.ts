import * as z from 'zod';
import { environment } from '#shared/platform/environment-schemas.ts';

export const envSchema = z.object({
  STAGE: environment.STAGE,
  PORTAL_ORIGIN: environment.PORTAL_ORIGIN,
  UPLOADS_TABLE: environment.UPLOADS_TABLE,
  AUDIT_TABLE: environment.AUDIT_TABLE,
  LINK_SECRET_ARN: environment.LINK_SECRET_ARN,
});
export type Environment = z.infer<typeof envSchema>;
