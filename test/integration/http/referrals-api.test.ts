import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/referrals-api/routes.ts';
import { routes as uploadsRoutes } from '#functions/uploads-api/routes.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import type { Role } from '#shared/domain/access/access.ts';
import { feedIds } from '#shared/domain/feeds/feed-ids.ts';
import { uploadSchema } from '#shared/domain/uploads/upload.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { isSignedBy } from '#shared/platform/signing/is-signed-by.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import type { ReferralPorts } from '#shared/services/referrals/create-referral.ts';
import { dynamoAgreementRepository } from '#shared/store/agreements/dynamo-agreement-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import { allColumnsOf, anAgreement } from '../../support/an-agreement.ts';
import { callApi, staffId, type ApiCall, type ApiResult } from '../../support/api-call.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';
import { quarantineBucket, quarantineKeyArn, useObjectStore } from '../../support/object-store.ts';

const database = useDynamoDb();
const objects = useObjectStore();
const audit = memoryAuditTrail();

const agreement = anAgreement({ reference: 'DSA-2026-014', agency: 'northfield-academy' });
const others = {
  elsewhere: anAgreement({ reference: 'DSA-ELSEWHERE', agency: 'southfield-academy' }),
  ended: anAgreement({ reference: 'DSA-ENDED', agency: 'northfield-academy', end: '2026-11-22' }),
  upcoming: anAgreement({ reference: 'DSA-UPCOMING', agency: 'northfield-academy', start: '2026-12-01' }),
  narrow: anAgreement({
    reference: 'DSA-NARROW',
    agency: 'northfield-academy',
    feeds: [allColumnsOf('professional-referral', ['address_line_1']), allColumnsOf('school-roll')],
  }),
  rollOnly: anAgreement({ reference: 'DSA-ROLL', agency: 'northfield-academy', feeds: [allColumnsOf('school-roll')] }),
};

let today = '2026-11-23';
const ports = (): ReferralPorts => {
  const { client, tables } = database();
  const table = new DocumentTable(client, tables.Uploads);
  const transactions = dynamoTransactions(client);
  return {
    feeds,
    agreements: dynamoAgreementRepository(table),
    uploads: dynamoUploadRepository(table, transactions),
    references: dynamoUploadReferences(table),
    idempotency: dynamoIdempotency(table),
    transactions,
    quarantine: s3ObjectWriter(objects().client, { bucket: quarantineBucket, keyArn: quarantineKeyArn }),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
    clock: { now: () => `${today}T10:00:00.000Z`, today: () => today },
    newId,
    newReference: newUploadReference,
  };
};

beforeAll(async () => {
  const { client, tables } = database();
  const [agreements, transactions] = [dynamoAgreementRepository(new DocumentTable(client, tables.Uploads)), dynamoTransactions(client)];
  for (const each of [agreement, ...Object.values(others)])
    expect(await transactions.commit([agreements.createFragment(each)])).toEqual({ ok: true });
});

const row = {
  nomination_ref: 'NOM-26-0007',
  referral_date: '20/11/2026',
  forename: 'Aoife',
  surname: 'Example',
  dob: '09/03/2015',
  postcode: 'L36 9GL',
  address_line_1: '1 High Street, "Flat 2"',
  h2: 'Y',
};
const aReferral = (over: object = {}) => ({
  agency: 'northfield-academy',
  feed: 'professional-referral',
  agreement: 'DSA-2026-014',
  row,
  ...over,
});

const refer = async (
  body: unknown,
  {
    key = ulid(),
    with: over = {},
    subject = staffId,
    role = 'programme-officer',
  }: { key?: string; with?: Partial<ReferralPorts>; subject?: string; role?: Role } = {},
) => {
  let result: ApiResult | undefined;
  const call: ApiCall = {
    method: 'POST',
    path: '/v1/referrals',
    roles: [role],
    subject,
    headers: { 'Idempotency-Key': key },
    body,
  };
  const output = await capturedOutput(async () => {
    result = await callApi(httpHandler(routes({ ...ports(), ...over }), { audit }), call);
  });
  if (!result) throw new Error('no answer');
  return { ...result, output };
};

const uploadIdOf = ({ json }: ApiResult): string => (json as { uploadId: string }).uploadId;
const upload = async (uploadId: string) => uploadSchema.parse(await ports().uploads.findUpload(uploadId));
const file = async (key: string): Promise<string> => {
  const { Body } = await objects().client.send(new GetObjectCommand({ Bucket: quarantineBucket, Key: key }));
  return Body ? Body.transformToString() : '';
};

describe('a referral', () => {
  it('becomes a file of one row in quarantine, as an upload that waits for its verdict', async () => {
    const result = await refer(aReferral());
    expect(result.status).toBe(202);
    const uploadId = uploadIdOf(result);
    const made = await upload(uploadId);
    expect(result.json).toEqual({ uploadId, reference: made.reference });
    expect(result.headers['location']).toBe(`/v1/uploads/${uploadId}`);
    expect(made).toMatchObject({
      source: 'referral',
      state: 'granted',
      agency: 'northfield-academy',
      feed: 'professional-referral',
      feedVersion: 1,
      agreement: 'DSA-2026-014',
      agreementId: agreement.agreementId,
      agreementVersion: 1,
      periodStart: '2025-11-23',
      periodEnd: '2026-11-23',
      objectKey: `q/referral/${uploadId}`,
      expiresOn: '2033-11-23',
    });
    expect(made.linkId).toBeUndefined();
    const text = await file(made.objectKey);
    expect(text).toBe(
      'nomination_ref,partner_person_id,referral_date,surname,forename,dob,address_line_1,postcode,h2\r\n' +
        'NOM-26-0007,,20/11/2026,Example,Aoife,09/03/2015,"1 High Street, ""Flat 2""",L36 9GL,Y\r\n',
    );
    expect(made.sha256).toBe(createHash('sha256').update(text).digest('base64'));
    expect(made.size).toBe(Buffer.byteLength(text));
  });

  it('is recorded with the upload it made and nothing that was in it', async () => {
    const result = await refer(aReferral());
    expect(audit.entries.at(-1)).toMatchObject({
      action: 'createReferral',
      actorId: staffId,
      subjects: [uploadIdOf(result)],
      result: 'changed',
    });
    expect(JSON.stringify(audit.entries) + result.output).not.toMatch(/Aoife|Example|09\/03\/2015|L36 ?9GL/);
  });

  it('says for its own period what it is about', async () => {
    const result = await refer(aReferral({ periodStart: '2026-09-01', periodEnd: '2026-12-18' }));
    expect(await upload(uploadIdOf(result))).toMatchObject({ periodStart: '2026-09-01', periodEnd: '2026-12-18' });
    expect((await refer(aReferral({ periodStart: '2026-12-01', periodEnd: '2026-11-01' }))).json).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/body/periodEnd', code: 'period-backwards' }],
    });
  });

  it('is refused as a row of a file would be, by column, all at once and without what was sent', async () => {
    const { status, json, text, output } = await refer(
      aReferral({ row: { ...row, dob: '31/02/2015', nomination_ref: '', nhs_number: '9434765918', 'Aoife secret': 'x' } }),
    );
    expect(status).toBe(422);
    const { code, errors } = json as { code: string; errors: { column?: string; code: string; message: string; fix: string }[] };
    expect(code).toBe('invalid-row');
    expect(errors.map(({ column }) => column)).toEqual([undefined, 'nomination_ref', 'dob', 'nhs_number']);
    for (const { message, fix } of errors) expect([message, fix]).not.toContain('');
    expect(text + output).not.toMatch(/Aoife|Example|31\/02|9434765918/);
  });

  it('takes the same feeds as a file and no others', async () => {
    expect((await refer(aReferral({ feed: 'gossip' }))).status).toBe(400);
    expect((await refer(aReferral({ agency: 'Northfield Academy' }))).status).toBe(400);
    expect((await refer({ ...aReferral(), priority: 'high' })).json).toMatchObject({ errors: [{ code: 'unknown-field' }] });
  });
});

describe('the agreement of a referral', () => {
  it.each([
    ['that nobody knows', 'DSA-UNKNOWN'],
    ['of another agency', others.elsewhere.reference],
    ['that has ended', others.ended.reference],
    ['that has not begun', others.upcoming.reference],
  ])('%s is refused alike, and nothing is kept', async (_, reference) => {
    const stored = objects().created.length;
    const { status, json, text } = await refer(aReferral({ agreement: reference }));
    expect([status, json]).toMatchObject([
      400,
      { code: 'invalid-request', errors: [{ pointer: '/body/agreement', code: 'agreement-not-in-force' }] },
    ]);
    expect(text).not.toContain(reference);
    expect(objects().created).toHaveLength(stored);
  });

  it('must cover the feed, and the columns that have something in them', async () => {
    expect((await refer(aReferral({ agreement: others.rollOnly.reference }))).json).toMatchObject({
      errors: [{ pointer: '/body/feed', code: 'feed-not-agreed' }],
    });
    expect((await refer(aReferral({ agreement: others.narrow.reference }))).json).toMatchObject({
      code: 'invalid-row',
      errors: [{ pointer: '/body/row/address_line_1', column: 'address_line_1', code: 'column-not-agreed' }],
    });
    expect((await refer(aReferral({ agreement: others.narrow.reference, row: { ...row, address_line_1: '' } }))).status).toBe(202);
  });

  it('may have ended when the same referral is asked for again', async () => {
    const key = ulid();
    const first = await refer(aReferral(), { key });
    today = '2030-09-02';
    const again = await refer(aReferral(), { key });
    const other = await refer(aReferral(), {});
    today = '2026-11-23';
    expect(again.json).toEqual(first.json);
    expect(other.json).toMatchObject({ errors: [{ code: 'agreement-not-in-force' }] });
  });
});

describe('a lead practitioner', () => {
  it('nominates', async () => {
    expect((await refer(aReferral(), { role: 'lead-practitioner' })).status).toBe(202);
  });

  it.each(feedIds.filter((feed) => feed !== 'professional-referral'))('adds no row in the shape of %s', async (feed) => {
    const result = await refer(aReferral({ feed }), { role: 'lead-practitioner' });
    expect(result.status).toBe(403);
    expect(result.json).toMatchObject({ code: 'forbidden', errors: [{ pointer: '/body/feed', code: 'not-for-your-role' }] });
  });
});

describe('what has become of a referral', () => {
  const ask = (uploadId: string, role: Role, subject: string, what = ''): Promise<ApiResult> => {
    const { client, tables } = database();
    const stores = uploadsTables(client, { UPLOADS_TABLE: tables.Uploads, AUDIT_TABLE: tables.Audit }, newId);
    const nowhere = { send: () => Promise.resolve() };
    const quarantine = { has: () => Promise.resolve(false) };
    const ports = { ...stores, ingestQueue: nowhere, screenQueue: nowhere, quarantine, isSignedBy, clock: systemClock };
    const handler = httpHandler(uploadsRoutes(ports), { audit });
    return callApi(handler, { method: 'GET', path: `/v1/uploads/${uploadId}${what}`, roles: [role], subject });
  };

  it('is told to the practitioner who sent it, and to no other', async () => {
    const uploadId = uploadIdOf(await refer(aReferral(), { role: 'lead-practitioner', subject: 'own' }));
    expect((await ask(uploadId, 'lead-practitioner', 'own')).json).toMatchObject({ uploadId, state: 'granted', source: 'referral' });
    expect((await ask(uploadId, 'lead-practitioner', 'own', '/row-errors')).json).toEqual({ items: [] });
    expect((await ask(uploadId, 'programme-officer', 'officer')).status).toBe(200);
    const nothing = await ask(ulid(), 'lead-practitioner', 'own');
    for (const what of ['', '/row-errors']) {
      const other = await ask(uploadId, 'lead-practitioner', 'somebody-else', what);
      expect([other.status, other.json]).toEqual([404, { ...(nothing.json as object), correlationId: expect.any(String) as string }]);
    }
  });

  it('of a file that came through a link is no practitioner’s to follow', async () => {
    const made = uploadSchema.parse(await upload(uploadIdOf(await refer(aReferral()))));
    const { referredBy: _, ...sent } = { ...made, uploadId: newId(), source: 'link' as const };
    const { uploads, transactions } = ports();
    expect(await transactions.commit([uploads.createFragment(sent)])).toEqual({ ok: true });
    expect((await ask(sent.uploadId, 'lead-practitioner', staffId)).status).toBe(404);
    expect((await ask(sent.uploadId, 'data-officer', staffId)).status).toBe(200);
  });

  it('is refused for a period that nobody can mean', async () => {
    for (const [period, pointer, code] of [
      [{ periodEnd: '2099-01-01' }, '/body/periodEnd', 'period-too-late'],
      [{ periodStart: '2001-01-01' }, '/body/periodStart', 'period-too-early'],
      [{ periodStart: '2026-11-24', periodEnd: '2026-11-23' }, '/body/periodEnd', 'period-backwards'],
    ] as const)
      expect((await refer(aReferral(period))).json).toMatchObject({ code: 'invalid-request', errors: [{ pointer, code }] });
  });
});

describe('a referral sent again', () => {
  it('with its key is the same referral, even on the next day, and is stored once', async () => {
    const key = ulid();
    const first = await refer(aReferral(), { key });
    today = '2026-11-24';
    const again = await refer(aReferral(), { key });
    today = '2026-11-23';
    expect(again.json).toEqual(first.json);
    expect(objects().created.filter((object) => object.key.endsWith(uploadIdOf(first)))).toHaveLength(1);
  });

  it('with its key but another row is a mistake', async () => {
    const key = ulid();
    await refer(aReferral(), { key });
    expect(await refer(aReferral({ row: { ...row, surname: 'Other' } }), { key })).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
  });

  it('by somebody else under the same key is a referral of its own', async () => {
    const key = ulid();
    const first = await refer(aReferral(), { key });
    const other = await refer(aReferral(), { key, subject: '00000000-0000-4000-8000-000000000042' });
    expect(uploadIdOf(other)).not.toBe(uploadIdOf(first));
  });

  it('ten times at the same moment is one referral', async () => {
    const key = ulid();
    const handler = httpHandler(routes(ports()), { audit });
    const call: ApiCall = {
      method: 'POST',
      path: '/v1/referrals',
      roles: ['lead-practitioner'],
      headers: { 'Idempotency-Key': key },
      body: aReferral(),
    };
    let results: ApiResult[] = [];
    await capturedOutput(async () => {
      results = await Promise.all(Array.from({ length: 10 }, () => callApi(handler, call)));
    });
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(results.map(uploadIdOf)).size).toBe(1);
  });

  it('after the store failed puts the file where it belongs', async () => {
    const key = ulid();
    const broken = { write: () => Promise.reject(new Error('no store')) };
    expect((await refer(aReferral(), { key, with: { quarantine: broken } })).status).toBe(500);
    const again = await refer(aReferral(), { key });
    expect(again.status).toBe(202);
    expect(await file(`q/referral/${uploadIdOf(again)}`)).toContain('NOM-26-0007');
  });

  it('after the first attempt was given up asks for a new key', async () => {
    const key = ulid();
    const first = await refer(aReferral(), { key });
    await ports().uploads.findUpload(uploadIdOf(first));
    const { client, tables } = database();
    const table = new DocumentTable(client, tables.Uploads);
    await dynamoUploadRepository(table, dynamoTransactions(client)).expireUpload(uploadIdOf(first), '2026-11-23T12:00:00.000Z');
    expect(await refer(aReferral(), { key })).toMatchObject({
      status: 409,
      json: { code: 'state-conflict', errors: [{ pointer: '/header/idempotency-key' }] },
    });
  });
});

describe('the uploads table', () => {
  it('holds nothing of a referral’s row, in keys or anywhere else', async () => {
    await refer(aReferral());
    const { client, tables } = database();
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.Uploads }));
    expect(Items.length).toBeGreaterThan(0);
    expect(JSON.stringify(Items)).not.toMatch(/Aoife|Example|2015-03-09|09\/03\/2015|L36 ?9GL|NOM-26-0007/);
  });
});
