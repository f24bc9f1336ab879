import { documentClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  return {
    families: dynamoFamilyRepository(table),
    people: dynamoHeldPeople(table),
    ...dynamoRules(table),
    clock: systemClock,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
