import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/people-api/routes.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { aPersonWith, aRecord } from '../../support/a-record.ts';
import { callApi, type ApiResult } from '../../support/api-call.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const database = useDynamoDb();
const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const audit = memoryAuditTrail();

const aoife = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const hidden = '01ARZ3NDEKTSV4RRFFQ69G5FB0';
const restricted = '01ARZ3NDEKTSV4RRFFQ69G5FB1';
const known = '01ARZ3NDEKTSV4RRFFQ69G5FB3';
const upn = 'H801200001001';
const namesake = '01ARZ3NDEKTSV4RRFFQ69G5FB2';
const family = '01BX5ZZKBKACTAV9WEVGEMMVS5';

const ports = () => {
  const { client, tables } = database();
  const table = new DocumentTable(client, tables.Records);
  return {
    records: dynamoRecordStore(table, () => '2026-01-05'),
    families: dynamoFamilyRepository(table),
    hash,
    clock: { now: () => '2026-03-08T12:00:00.000Z', today: () => '2026-03-08' },
  };
};

const search = async (
  body: unknown,
  roles: readonly string[] = ['programme-officer'],
  purpose: string | undefined = 'support-a-family',
) => {
  let result: ApiResult | undefined;
  const output = await capturedOutput(async () => {
    result = await callApi(httpHandler(routes(ports()), { audit }), {
      method: 'POST',
      path: '/v1/people/search',
      roles,
      headers: { 'X-Purpose': purpose },
      body,
    });
  });
  if (!result) throw new Error('no answer');
  return { ...result, output };
};
const byNumber = (type: string, value: string) => ({ identifier: { type, value } });

beforeAll(async () => {
  const { client, tables } = database();
  const table = new DocumentTable(client, tables.Records);
  const store = dynamoRecordStore(table, () => '2026-01-05');
  const people = [
    aPersonWith(hash, [
      aRecord({ personId: aoife }),
      aRecord({ personId: aoife, feed: 'school-attendance', details: { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' } }),
      aRecord({
        personId: aoife,
        agency: 'dwp',
        feed: 'dwp-benefits',
        accessClass: 'benefits',
        details: { forename: 'Aoife', surname: 'Otherwise', birthDate: '2015-03-09', nino: 'AB123456C' },
      }),
      aRecord({
        personId: aoife,
        agency: 'merseyside-police',
        feed: 'domestic-abuse-marac',
        accessClass: 'protected',
        details: {
          forename: 'Aoife',
          surname: 'Example',
          birthDate: '2015-03-09',
          address: { lines: ['1 Refuge Lane'], postcode: 'L36 9GL' },
          addressProtected: true,
        },
      }),
    ]),
    aPersonWith(hash, [
      aRecord({
        personId: hidden,
        agency: 'merseyside-police',
        feed: 'domestic-abuse-marac',
        accessClass: 'protected',
        details: { forename: 'Hidden', surname: 'Person', birthDate: '1990-05-05' },
      }),
    ]),
    aPersonWith(hash, [
      aRecord({ personId: known, details: { forename: 'Ellis', surname: 'Known', birthDate: '2014-04-04', upn } }),
      aRecord({
        personId: known,
        agency: 'dwp',
        feed: 'dwp-benefits',
        accessClass: 'benefits',
        details: { forename: 'Ellis', surname: 'Known', birthDate: '2014-04-04' },
      }),
    ]),
    aPersonWith(
      hash,
      [
        aRecord({
          personId: restricted,
          details: { forename: 'Rhys', surname: 'Example', birthDate: '2012-02-29', nhsNumber: '9876543210' },
        }),
      ],
      {
        restriction: { kind: 'objection', since: '2026-01-01' },
      },
    ),
  ];
  for (const changes of people) await dynamoTransactions(client).commit([store.changesFragment(changes)]);
  await table.putIfAbsent({ pk: `PERSON#${aoife}`, sk: `FAMILY#${family}`, familyId: family, expiresOn: '2040-01-05' });
  const belongs = { personId: aoife, role: 'child', lives: 'in-the-household', basis: ['only-member'], from: '2025-09-01' };
  const at = '2026-01-05T09:00:00.000Z';
  const standing = { familyId: family, version: 1, state: 'current', members: [belongs], formerMembers: [], checks: [] };
  await table.putIfAbsent({ pk: `FAMILY#${family}`, sk: 'FAMILY', ...standing, createdAt: at, updatedAt: at });
});

const theAnswer = {
  access: 'shown',
  personId: aoife,
  forename: 'Aoife',
  surname: 'Example',
  birthDate: '2015-03-09',
  // A day before the eleventh birthday.
  age: 10,
  familyIds: [family],
};

describe('searching for a person', () => {
  it.each(['9434765919', '943 476 5919', ' 943-476-5919 '])(
    'finds them by the NHS number %j, with who knows them and their family now',
    async (value) => {
      const { status, json } = await search(byNumber('nhs-number', value));
      expect(status).toBe(200);
      expect(json).toEqual({
        items: [
          {
            ...theAnswer,
            knownTo: [
              { agency: 'dwp', feed: 'dwp-benefits' },
              { agency: 'merseyside-police', feed: 'domestic-abuse-marac' },
              { agency: 'northfield-academy', feed: 'school-attendance' },
              { agency: 'northfield-academy', feed: 'school-roll' },
            ],
          },
        ],
      });
    },
  );

  it.each([
    ['Aoife', 'Example'],
    ['AOIFE', 'EXAMPLE'],
    ['Aoífe', "Exam'ple"],
  ])('finds them by name and birth date, however %s %s is written', async (forename, surname) => {
    const { json } = await search({ forename, surname, birthDate: '2015-03-09' });
    expect(json).toMatchObject({ items: [theAnswer] });
  });

  it('tells a lead practitioner only of the agencies whose records they may see', async () => {
    const { json } = await search(byNumber('upn', upn), ['lead-practitioner']);
    expect(json).toMatchObject({ items: [{ personId: known, knownTo: [{ agency: 'northfield-academy', feed: 'school-roll' }] }] });
    expect((await search(byNumber('upn', upn))).json).toMatchObject({
      items: [
        {
          knownTo: [
            { agency: 'dwp', feed: 'dwp-benefits' },
            { agency: 'northfield-academy', feed: 'school-roll' },
          ],
        },
      ],
    });
  });

  it('does not tell a lead practitioner which school knows somebody whose address must not be known, and says so', async () => {
    const { json, text } = await search(byNumber('nhs-number', '9434765919'), ['lead-practitioner']);
    expect(json).toMatchObject({
      items: [{ ...theAnswer, knownTo: [], knownToWithheld: expect.stringMatching(/which school, landlord or other agency/) as unknown }],
    });
    expect(text).not.toContain('northfield-academy');
  });

  it('does not confirm to a lead practitioner what only hidden records say: a number from DWP, a surname from DWP, a MARAC case', async () => {
    const questions = [
      byNumber('nino', 'AB 12 34 56 C'),
      { forename: 'Aoife', surname: 'Otherwise', birthDate: '2015-03-09' },
      { forename: 'Hidden', surname: 'Person', birthDate: '1990-05-05' },
    ];
    for (const question of questions) {
      expect((await search(question, ['programme-officer'])).json).toMatchObject({ items: [{ access: 'shown' }] });
      expect((await search(question, ['lead-practitioner'])).json).toEqual({ items: [] });
    }
  });

  it('shows no address to anybody', async () => {
    const { text } = await search(byNumber('nhs-number', '9434765919'));
    expect(text).not.toMatch(/Refuge|L36 ?9GL|9434765919/);
  });

  it('says that somebody is there and restricted, and nothing about them', async () => {
    const { json } = await search(byNumber('nhs-number', '9876543210'));
    expect(json).toEqual({
      items: [{ access: 'restricted', detail: 'There is a restriction on this person’s data. Ask your data protection officer.' }],
    });
    expect(audit.entries.at(-1)).toMatchObject({ action: 'searchPeople', subjects: [restricted], result: 'shown' });
  });

  it.each([
    byNumber('nhs-number', '401 023 2137'),
    byNumber('nino', 'CE123456D'),
    { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-10' },
    { forename: 'Aoife', surname: 'Exemplar', birthDate: '2015-03-09' },
    { forename: 'Unknown', surname: 'Unknown', birthDate: '1900-01-01' },
  ])('answers with an empty list where nobody is known (%#)', async (body) => {
    const { status, json } = await search(body);
    expect(status).toBe(200);
    expect(json).toEqual({ items: [] });
    expect(audit.entries.at(-1)).toMatchObject({ subjects: [], result: 'shown', purpose: 'support-a-family' });
  });

  it('does not find people by a key that is out of date', async () => {
    const { client, tables } = database();
    const table = new DocumentTable(client, tables.Records);
    const store = dynamoRecordStore(table, () => '2026-01-05');
    const was = aPersonWith(hash, [
      aRecord({ personId: namesake, details: { forename: 'Nia', surname: 'Formerly', birthDate: '2011-11-11' } }),
    ]);
    const now = aPersonWith(hash, [
      aRecord({ personId: namesake, details: { forename: 'Nia', surname: 'Today', birthDate: '2011-11-11' } }),
    ]);
    const keys = [...new Map([...now.keys, ...was.keys].map((entry) => [entry.key, entry])).values()];
    await dynamoTransactions(client).commit([store.changesFragment({ ...now, keys })]);
    expect((await search({ forename: 'Nia', surname: 'Formerly', birthDate: '2011-11-11' })).json).toEqual({ items: [] });
    expect((await search({ forename: 'Nia', surname: 'Today', birthDate: '2011-11-11' })).json).toMatchObject({
      items: [{ surname: 'Today' }],
    });
  });

  it.each([
    [byNumber('nhs-number', '9434765918'), 'nhs-number-not-valid'],
    [byNumber('upn', 'A123'), 'upn-not-valid'],
    [byNumber('nino', 'QQ123456C'), 'nino-not-valid'],
  ])('says that an identifier is none, without repeating it (%#)', async (body, code) => {
    const { status, json, text, output } = await search(body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/body/identifier/value', code }] });
    expect(text + output).not.toContain(body.identifier.value);
  });

  it.each([
    [{ forename: 'Aoife', surname: 'Example' }],
    [{ ...byNumber('nhs-number', '9434765919'), forename: 'Aoife' }],
    [{ forename: 'Aoife', surname: 'Example', birthDate: '2015-02-29' }],
    [{}],
  ])('refuses half a question (%#)', async (body) => {
    expect((await search(body)).status).toBe(400);
  });

  it('needs a purpose, and nothing of the question is in the logs or the audit', async () => {
    expect((await search(byNumber('nhs-number', '9434765919'), ['programme-officer'], 'curiosity')).status).toBe(400);
    const { output } = await search({ forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' });
    expect(output + JSON.stringify(audit.entries)).not.toMatch(/Aoife|Example|2015-03-09|9434765919|AB123456C/);
  });
});
