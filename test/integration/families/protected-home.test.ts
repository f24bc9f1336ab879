import { describe, expect, it } from 'vitest';
import { routes as familiesRoutes } from '#functions/families-api/routes.ts';
import { routes as peopleRoutes } from '#functions/people-api/routes.ts';
import { familyViewSchema } from '#shared/contracts/http/family-routes.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { callApi } from '#test/support/api-call.ts';
import { assessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { schoolRollCsv } from '#test/support/school-roll-csv.ts';

const today = '2026-01-10';
const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };
const refuge = { line: '9 Quay Street', postcode: 'L1 1AA' };

const csv = (row: Readonly<Record<string, string>>): string => `${Object.keys(row).join(',')}\r\n${Object.values(row).join(',')}\r\n`;

/** The victim at the refuge; no child is listed. */
const marac = (over: Readonly<Record<string, string>> = {}): string =>
  csv({
    marac_ref: 'MARAC-25-001',
    marac_date: '22/10/2025',
    repeat_within_12m: 'N',
    relationship: 'Ex-partner',
    victim_surname: 'Quiet',
    victim_forename: 'Una',
    victim_dob: '04/05/1989',
    victim_address_line_1: refuge.line,
    victim_postcode: refuge.postcode,
    sensitive_address_flag: 'Y',
    ...over,
  });

const socialCare = csv({
  episode_id: 'EP-1',
  partner_person_id: 'LCS1',
  upn: 'H801200001001',
  surname: 'Sample',
  forename: 'Kit',
  dob: '01/02/2016',
  address_line_1: '5 Old Road',
  postcode: 'L36 9GL',
  episode_type: 'CIN',
  start_date: '09/09/2025',
});

/** The father, who goes on living at the old home. */
const arrears = csv({
  tenancy_ref: 'T-1',
  partner_person_id: 'P-1',
  arrears_status: 'None',
  surname: 'Sample',
  forename: 'Tom',
  dob: '01/03/1985',
  address_line_1: '5 Old Road',
  postcode: 'L36 9GL',
});

/** The child goes to school from the refuge, and the school has no idea. */
const roll = schoolRollCsv([
  { number: 'A1', surname: 'Sample', forename: 'Kit', dob: '01/02/2016', upn: 'H801200001001', ...refuge, parent: 'Tom Sample' },
]);

describe('A child at a refuge', () => {
  const database = useDynamoDb();

  it('is not found by their own school row, until no record says that the home must not be known', async () => {
    const ingest = ingestHarness(database());
    const assess = assessHarness(database(), today);
    const table = new DocumentTable(database().client, database().tables.Records);
    const store = dynamoRecordStore(table, () => today);
    const audit = memoryAuditTrail();
    const { families, cases, people, ruleSets, contents, rules, clock, hash } = assess.ports;
    const handler = httpHandler(
      [
        ...familiesRoutes({ families, cases, people, ruleSets, contents, rules, clock, audit }),
        ...peopleRoutes({ records: store, families, hash, clock }),
      ],
      { audit },
    );
    const take = async (
      feed: 'domestic-abuse-marac' | 'childrens-social-care' | 'school-roll' | 'housing-arrears',
      text: string,
      agency: string,
    ) => {
      const { uploadId } = await ingest.receive(feed, text, { ...autumn, agency });
      const outcome = await ingest.ingest(uploadId);
      if (outcome.kind !== 'completed') throw new Error(`${feed}: ${outcome.kind}`);
      expect(outcome.counts.refused, feed).toBe(0);
    };
    const everybody = async () => (await heldRecords(database())).profiles.map(({ personId }) => personId);
    const assessAll = async () => {
      const messages = ingest.assessQueue.sent.splice(0);
      await assess.assess(messages);
    };
    const childId = async () =>
      (await heldRecords(database())).profiles.find(({ names }) => names.some(({ forename }) => forename === 'Kit'))?.personId ?? '';
    const headers = { 'X-Purpose': 'support-a-family' };
    const ask = async (role: string, path: string) => callApi(handler, { path, roles: [role], headers });
    const search = async (role: string) =>
      callApi(handler, {
        method: 'POST',
        path: '/v1/people/search',
        roles: [role],
        headers,
        body: { identifier: { type: 'upn', value: 'H801200001001' } },
      });

    await take('childrens-social-care', socialCare, 'childrens-services');
    await take('housing-arrears', arrears, 'homes');
    await take('school-roll', roll, 'quay-primary');
    await assessAll();
    const [familyId = ''] = await families.listFamilyIdsOfPerson(await childId());
    const open = await ask('lead-practitioner', `/v1/families/${familyId}`);
    expect(open.text).toContain('Quay Street');
    expect((await search('lead-practitioner')).text).toContain('quay-primary');

    // The conference protects the home; nothing ties its victim to the child.
    await take('domestic-abuse-marac', marac(), 'marac');
    const nowhere = /Quay|L1 1AA|quay-primary|childrens-services|"homes"|uploadId|"row"/;
    const check = async () => {
      const ids = await families.listFamilyIdsOfPerson(await childId());
      for (const each of new Set([familyId, ...ids])) {
        for (const path of [`/v1/families/${each}`, `/v1/families/${each}/eligibility`]) {
          const answer = await ask('lead-practitioner', path);
          if (answer.status !== 404) expect(answer.text).not.toMatch(nowhere);
          expect((await ask('programme-officer', path)).text).not.toMatch(/Quay|L1 1AA"|"5 Old Road/);
        }
      }
      expect((await search('lead-practitioner')).text).not.toMatch(nowhere);
    };
    // At once, before anybody has been assessed, and afterwards.
    await check();
    const family = familyViewSchema.parse((await ask('lead-practitioner', `/v1/families/${familyId}`)).json);
    expect(family.placesWithheld).toMatch(/has an address that must not be known/);
    await assessAll();
    await check();
    expect(await everybody()).toHaveLength(3);

    // The same case, corrected: the address need not be kept from anybody.
    await take('domestic-abuse-marac', marac({ sensitive_address_flag: 'N' }), 'marac');
    await assessAll();
    expect((await ask('lead-practitioner', `/v1/families/${familyId}`)).text).toContain('Quay Street');
    expect((await search('lead-practitioner')).text).toContain('quay-primary');
  }, 60_000);
});
