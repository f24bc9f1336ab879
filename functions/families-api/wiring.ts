import { documentClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import type { CaseRepository } from '#shared/services/cases/case-repository.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { dynamoCaseRepository } from '#shared/store/cases/dynamo-case-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => {
  const client = documentClient();
  const table = new DocumentTable(client, environment.RECORDS_TABLE);
  const cases: Pick<CaseRepository, 'findHeads'> = dynamoCaseRepository(table);
  return {
    families: dynamoFamilyRepository(table),
    cases,
    people: dynamoHeldPeople(table),
    ...dynamoRules(table),
    clock: systemClock,
    audit: dynamoAuditTrail(new DocumentTable(client, environment.AUDIT_TABLE), newId),
  };
};
