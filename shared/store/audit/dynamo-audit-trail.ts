import { auditExpiresOn } from '../../services/audit/audit-retention.ts';
import { auditEntrySchema, type AuditTrail } from '../../services/audit/audit-trail.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';

const schemaVersion = 1;
/** Spreads a busy day over partitions; a reader asks all of them. */
export const auditShards = 8;

/**
 * Entries under `AUDIT#<date>#<shard>`, sorted by ULID: a day can be read in order of time. An entry is written once:
 * nothing here changes or deletes one, and the functions' roles allow nothing but the put.
 */
export const dynamoAuditTrail = (table: DocumentTable, newId: () => string): AuditTrail => ({
  record: async (entry) => {
    const checked = auditEntrySchema.parse(entry);
    const auditId = newId();
    const written = await table.putIfAbsent({
      pk: `AUDIT#${checked.at.slice(0, 10)}#${String(shardOf(auditId))}`,
      sk: auditId,
      schemaVersion,
      ...checked,
      ...expiry(auditExpiresOn(checked.at)),
    });
    if (!written.ok) throw new Error('the audit id is taken');
  },
});

/** The last character of a ULID is chance (or rises by one within a millisecond): either way it spreads evenly. */
const shardOf = (ulid: string): number => ulid.charCodeAt(ulid.length - 1) % auditShards;
