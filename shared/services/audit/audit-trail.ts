import * as z from 'zod';
import { purposeSchema, roleSchema } from '../../domain/access/access.ts';

/** Who asked for what, about whom, why, and what came of it. Ids only: no names, no values, no criteria of a search. */
export const auditEntrySchema = z.object({
  at: z.iso.datetime(),
  /** `link`: a partner through an upload link. `system`: a worker on its own account. */
  actorKind: z.enum(['staff', 'link', 'system']),
  /** The issuer's subject, or the link's id. */
  actorId: z.string(),
  roles: z.array(roleSchema),
  /** The route's operationId. */
  action: z.string(),
  /** Every person, family, upload or link that was shown or changed; bounded by the page size. */
  subjects: z.array(z.string()).max(500),
  purpose: purposeSchema.optional(),
  /** `failed`: we answered with 5xx; nothing was shown, something may have been changed. */
  result: z.enum(['shown', 'changed', 'refused', 'failed']),
  /** The problem's code, unless all went well. */
  code: z.string().optional(),
  correlationId: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export interface AuditTrail {
  /** Resolves once the entry is stored. Rejects where it could not be: the caller must then withhold the answer. */
  readonly record: (entry: AuditEntry) => Promise<void>;
}
