import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { auditExpiresOn } from '../../services/audit/audit-retention.ts';
import { auditEntrySchema, type AuditTrail } from '../../services/audit/audit-trail.ts';

interface Ports {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** ULIDs. */
  readonly newId: () => string;
}

const schemaVersion = 1;
/** Spreads a busy day over partitions; a reader asks all of them. */
export const auditShards = 8;

/**
 * Entries under `AUDIT#<date>#<shard>`, sorted by ULID: a day can be read in order of time. An entry is written once:
 * nothing here changes or deletes one, and the function's role allows nothing but the put.
 */
export const dynamoAuditTrail = ({ client, table, newId }: Ports): AuditTrail => ({
  record: async (entry) => {
    const checked = auditEntrySchema.parse(entry);
    const auditId = newId();
    const expiresOn = auditExpiresOn(checked.at);
    await client.send(
      new PutCommand({
        TableName: table,
        Item: {
          pk: `AUDIT#${checked.at.slice(0, 10)}#${String(shardOf(auditId))}`,
          sk: auditId,
          schemaVersion,
          ...checked,
          expiresOn,
          expiresAtSeconds: Date.parse(`${expiresOn}T00:00:00Z`) / 1000,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  },
});

/** The last character of a ULID is chance (or rises by one within a millisecond): either way it spreads evenly. */
const shardOf = (ulid: string): number => ulid.charCodeAt(ulid.length - 1) % auditShards;
