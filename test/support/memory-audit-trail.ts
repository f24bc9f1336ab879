import { auditEntrySchema, type AuditEntry, type AuditTrail } from '#shared/services/audit/audit-trail.ts';

/** Keeps the entries for a look; refuses what the real trail would refuse. */
export const memoryAuditTrail = (): AuditTrail & { readonly entries: AuditEntry[] } => {
  const entries: AuditEntry[] = [];
  return {
    entries,
    record: (entry) => {
      entries.push(auditEntrySchema.parse(entry));
      return Promise.resolve();
    },
  };
};
