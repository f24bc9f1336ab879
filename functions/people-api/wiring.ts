import { documentClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { SearchPorts } from '#shared/services/people/search-people.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import type { Environment } from './config.ts';

export interface Wiring extends SearchPorts {
  readonly audit: AuditTrail;
}

export const wire = async (environment: Environment): Promise<Wiring> => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  return {
    records: dynamoRecordStore(table, () => systemClock.today()),
    families: dynamoFamilyRepository(table),
    hash: await loadKeyedHash(environment.MATCH_SECRET_ARN),
    clock: systemClock,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
