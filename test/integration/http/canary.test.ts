import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#shared/contracts/http/routes.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { newId } from '#shared/platform/ids.ts';
import { dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { aPersonWith, aRecord } from '../../support/a-record.ts';
import { callApi, type ApiCall } from '../../support/api-call.ts';
import { apiWorld } from '../../support/api-world.ts';
import { canary, leaksIn } from '../../support/canaries.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';

const database = useDynamoDb();
const personId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const everyValue = Object.values(canary);

/** As the portal world hashes. */
const hash = keyedHash(new Uint8Array(32).fill(7), 1);

const referralRow = {
  nomination_ref: 'NOM-26-0007',
  referral_date: '20/11/2026',
  forename: canary.forename,
  surname: canary.surname,
  dob: canary.birthDateAsTyped,
  nhs_number: canary.nhsNumberAsTyped,
  address_line_1: canary.addressLine,
  postcode: canary.postcode,
  h2: 'Y',
};

/** Everything a caller can do with the canary: ask about it rightly and wrongly, send it, put it where it does not belong. */
const calls = (): readonly ApiCall[] => {
  const purpose = { 'X-Purpose': 'safeguarding' };
  const post = (path: string, roles: readonly string[] | undefined, body: unknown, headers: Record<string, string> = {}): ApiCall => ({
    method: 'POST',
    path,
    ...(roles ? { roles } : {}),
    headers: { 'Idempotency-Key': ulid(), ...purpose, ...headers },
    body,
  });
  const officer = ['programme-officer'];
  const search = (body: unknown): ApiCall => post('/v1/people/search', officer, body);
  const referral = (row: object, over: object = {}): ApiCall =>
    post('/v1/referrals', officer, { agency: 'northfield-academy', feed: 'professional-referral', agreement: 'DSA-1', row, ...over });
  return [
    search({ identifier: { type: 'nhs-number', value: canary.nhsNumberAsTyped } }),
    search({ identifier: { type: 'nino', value: canary.nino } }),
    search({ forename: canary.forename, surname: canary.surname, birthDate: canary.birthDate }),
    ...everyValue.flatMap((value) => [
      search({ identifier: { type: 'nhs-number', value } }),
      search({ identifier: { type: value, value } }),
      search({ forename: value, surname: value, birthDate: value }),
      search({ [value]: value }),
      search(value),
      referral({ ...referralRow, [value]: value }),
      referral({ ...referralRow, dob: value, nhs_number: value, upn: value, postcode: value, h1: value }),
      referral(referralRow, { agency: value, feed: value, agreement: value, periodStart: value, [value]: value }),
      post('/v1/links', ['data-officer'], {
        agreementId: value,
        feed: value,
        maxUploads: value,
        expiresAt: value,
        [value]: value,
      }),
      post('/v1/agreements', ['data-officer'], {
        reference: value,
        agency: value,
        agencyName: 7,
        contactRole: value,
        purposes: [value],
        feeds: [{ feed: value, columns: [value] }],
        [value]: value,
      }),
      post('/v1/portal/link', undefined, { token: value, code: value }),
      post('/v1/portal/grants', undefined, { session: value, sha256: value, size: value, contentType: value }),
      post('/v1/portal/uploads', undefined, { session: value, cursor: value, rowErrorsOf: { uploadId: value } }),
      post('/v1/portal/receipts', undefined, { session: value, uploadId: value }),
      post('/v1/receipts/verify', officer, { receipt: { reference: value, sender: value }, signature: { keyId: value, value } }),
      post('/v1/portal/withdrawals', undefined, { session: value, uploadId: value }),
      post('/v1/portal/nil-returns', undefined, { session: value, [value]: value }),
      post('/v1/reviews', officer, { first: value, second: value, reason: value }),
      post('/v1/people/search', officer, `{"forename":"${value}`),
      post(
        '/v1/people/search',
        officer,
        { forename: value },
        { 'Content-Type': value, 'X-Purpose': value, 'X-Request-Id': value, 'Idempotency-Key': value, 'If-Match': value },
      ),
      { path: `/v1/families/${encodeURIComponent(value)}`, roles: officer, headers: { ...purpose, 'X-Request-Id': value } },
      { path: `/v1/people/${encodeURIComponent(value)}`, roles: officer },
      post('/v1/portal/withdrawals', undefined, { session: value, uploadId: value }),
      post('/v1/portal/nil-returns', undefined, { session: value, [value]: value }),
      post('/v1/reviews', officer, { first: value, second: value, [value]: value }),
      post(`/v1/reviews/${ulid()}/decisions`, officer, { answer: 'same', reason: value, [value]: value }, { 'If-Match': value }),
      post(`/v1/reviews/${ulid()}/decisions`, officer, { answer: 'same', reason: `It is ${value}.` }, { 'If-Match': '"1"' }),
      post(`/v1/judgements/${ulid()}/undo`, officer, { reason: `It is ${value}.` }, { 'If-Match': '"1"' }),
      post(`/v1/people/${personId}/splits`, officer, { rows: [{ rowId: value, subject: value }], reason: value }, { 'If-Match': '"1"' }),
      { path: `/v1/people/${personId}/history`, roles: officer, headers: purpose, query: { on: value } },
      { path: '/v1/reviews', roles: officer, query: { state: value, reason: value, cursor: value } },
      post('/v1/rule-sets', officer, { plan: { [value]: value }, base: { id: value, version: value }, [value]: value }),
      post('/v1/what-ifs', officer, { kind: 'plan', plan: { [value]: value }, [value]: value }),
      post(`/v1/rule-sets/${ulid().toLowerCase()}/versions/1/retire`, officer, { because: value, [value]: value }, { 'If-Match': '"1"' }),
      post('/v1/claims', officer, { familyId: value, reason: value, [value]: value }),
      post('/v1/claim-samples', officer, { programme: value, seed: value, [value]: value }),
      { path: '/v1/rule-sets', roles: officer, query: { cursor: value, [value]: value } },
      { path: '/v1/families', roles: officer, query: { cursor: value, heading: value, eligibility: value, limit: value, [value]: value } },
      {
        path: '/v1/uploads',
        roles: ['auditor'],
        query: { cursor: Buffer.from(JSON.stringify([value, value, value])).toString('base64url') },
      },
      { path: '/v1/links', roles: [value], headers: { [value.replaceAll(/\W/g, '-')]: value } },
    ]),
    referral(referralRow),
  ];
};

let output = '';
const answers: { readonly call: ApiCall; readonly status: number; readonly text: string; readonly headers: string }[] = [];

beforeAll(async () => {
  const { client, tables } = database();
  const store = dynamoRecordStore(new DocumentTable(client, tables.Records), () => '2026-01-05');
  const known = aPersonWith(hash, [
    aRecord({
      personId,
      details: {
        forename: canary.forename,
        middleNames: canary.middleNames,
        surname: canary.surname,
        birthDate: canary.birthDate,
        nhsNumber: canary.nhsNumber,
        nino: canary.nino,
        address: { lines: [canary.addressLine], postcode: canary.postcode },
      },
    }),
  ]);
  await dynamoTransactions(client).commit([store.changesFragment(known)]);
  const audit = dynamoAuditTrail(new DocumentTable(client, tables.Audit), newId);
  const { handlers, written, agree } = apiWorld(database(), audit);
  await agree({ agency: 'northfield-academy', reference: 'DSA-1' });
  const handler = httpHandler(Object.values(handlers).flat(), { audit });
  output = await capturedOutput(async () => {
    for (const call of calls()) {
      const { status, text, headers } = await callApi(handler, call);
      answers.push({ call, status, text, headers: JSON.stringify(headers) });
    }
  });
  expect(written.length).toBeGreaterThan(0);
  expect(leaksIn(written.join('\n'))).toEqual([]);
}, 180_000);

const itemsOf = async (table: string): Promise<Record<string, unknown>[]> => {
  const { client } = database();
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

describe('personal data that goes through the API', () => {
  it('was really there: some asked rightly and were shown it, all others were refused', () => {
    expect(answers.length).toBe(calls().length);
    expect(answers.filter(({ text }) => text.includes(canary.surname)).map(({ call }) => call.path)).toEqual([
      '/v1/people/search',
      '/v1/people/search',
      '/v1/people/search',
      '/v1/people/search',
      '/v1/people/search',
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 202, 400, 403, 404, 415, 422]));
  });

  it('is in no log line and no metric', () => {
    expect(output.split('\n').length).toBeGreaterThan(answers.length);
    expect(leaksIn(output)).toEqual([]);
  });

  it('is in no error’s body or headers', () => {
    for (const { status, text, headers } of answers) {
      expect(leaksIn(headers)).toEqual([]);
      if (status >= 400) expect(leaksIn(text)).toEqual([]);
    }
  });

  it('is in no audit entry', async () => {
    const entries = await itemsOf(database().tables.Audit);
    expect(entries.length).toBeGreaterThan(100);
    expect(leaksIn(JSON.stringify(entries))).toEqual([]);
  });

  it('is in nothing stored about uploads', async () => {
    const items = await itemsOf(database().tables.Uploads);
    expect(items.length).toBeGreaterThan(0);
    expect(leaksIn(JSON.stringify(items))).toEqual([]);
  });

  it('is in no key of the records, where it is held', async () => {
    const items = await itemsOf(database().tables.Records);
    expect(leaksIn(JSON.stringify(items))).not.toEqual([]);
    expect(leaksIn(JSON.stringify(items.map(({ pk, sk, listPk, listSk }) => [pk, sk, listPk, listSk])))).toEqual([]);
  });
});

describe('the routes of the canary', () => {
  it('are those of the whole table, but for what only reads', () => {
    const called = new Set(answers.map(({ call }) => `${call.method ?? 'GET'} ${call.path.split('/').slice(0, 4).join('/')}`));
    for (const { method, path } of routes) {
      if (method !== 'POST' || path.includes('{')) continue;
      expect(called).toContain(`POST ${path}`);
    }
  });
});
