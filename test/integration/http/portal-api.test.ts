import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes as portalRoutes } from '#functions/portal-api/routes.ts';
import { routes as uploadRoutes } from '#functions/uploads-api/routes.ts';
import { grantSchema, openedLinkSchema, portalUploadsSchema } from '#shared/contracts/http/portal-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { rowErrorsSchema, uploadViewSchema } from '#shared/contracts/http/upload-routes.ts';
import { startCheckpoint } from '#shared/domain/uploads/upload.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { callApi, type ApiCall } from '#test/support/api-call.ts';
import { capturedOutput } from '#test/support/captured-output.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
let world: PortalWorld;
let portal: ApiHandler;
let staff: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  portal = httpHandler(portalRoutes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
  staff = httpHandler(uploadRoutes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
});

const post = (path: `/v1/portal/${string}`, body: unknown) => callApi(portal, { method: 'POST', path, body });
const open = (token: unknown) => post('/v1/portal/link', { token });
const grant = (token: string, content: string) =>
  post('/v1/portal/grants', { token, sha256: sha256(content), size: content.length, contentType: 'text/csv' });
const officer = (call: ApiCall) => callApi(staff, { roles: ['data-officer'], ...call });

/** Puts the upload through a reader that finds fault with these rows. */
const read = async (uploadId: string, rows: readonly number[]): Promise<void> => {
  const { uploads, transactions } = world.ports;
  const at = '2026-11-23T09:02:00.000Z';
  await uploads.markClean(uploadId, 'v1', at);
  const claimed = await uploads.claimUpload(uploadId, { owner: 'worker', until: '2026-11-23T10:00:00.000Z', at });
  if (!claimed.ok) throw new Error('not claimed');
  const next = {
    ...startCheckpoint,
    chunk: 1,
    row: 5,
    columnsMissing: ['former_upn'],
    columnsIgnored: [7],
    counts: { rows: 5, added: 5 - rows.length, changed: 0, unchanged: 0, refused: rows.length, ended: 0 },
  };
  const problems = rows.map((row) => ({
    row,
    problems: [
      { column: 'upn', code: 'upn-check-letter', message: 'The check letter does not fit.', fix: 'Copy the UPN from your system again.' },
    ],
  }));
  const step = { owner: 'worker', from: startCheckpoint, next, problems, at, leaseUntil: '2026-11-23T10:00:00.000Z' };
  await transactions.commit([uploads.advanceFragment(claimed.upload, step)]);
  const advanced = await uploads.findUpload(uploadId);
  if (!advanced) throw new Error('gone');
  await transactions.commit([uploads.completeFragment(advanced, { owner: 'worker', final: next, at })]);
};

describe('A partner', () => {
  it('opens a link and sees who asks for what, why and until when', async () => {
    const { link, token } = await world.issueLink({ maxUploads: 3 });
    await grant(token, 'a');
    const answer = await open(token);

    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(openedLinkSchema.parse(answer.json)).toMatchObject({
      council: 'Exampleshire Council',
      agency: 'Northfield Academy',
      contactRole: 'Data manager',
      feed: { id: 'school-roll', version: 1, kind: 'snapshot' },
      periodStart: '2026-09-01',
      periodEnd: '2026-12-18',
      agreement: { reference: 'DSA-2026-014', purpose: 'Find families who may need support', lawfulBasis: 'Public task' },
      expiresAt: '2026-12-31T17:00:00.000Z',
      largestFile: 104_857_600,
      uploadsLeft: 2,
      uploads: { items: [{ state: 'granted', size: 1 }] },
    });
    expect(answer.text).not.toContain(token);
    expect(audit.entries.at(-1)).toMatchObject({ actorKind: 'link', actorId: link.linkId, action: 'openLink', result: 'shown' });
  });

  it('may open it any number of times: a mail scanner uses nothing up', async () => {
    const { link, token } = await world.issueLink({ maxUploads: 1 });
    for (let count = 0; count < 5; count += 1) expect((await open(token)).status).toBe(200);
    expect((await world.ports.links.findLink(link.linkId))?.uploads).toBe(0);
  });

  it('is told alike, to the byte, that a wrong and a mistyped token do not work', async () => {
    const { token } = await world.issueLink();
    const answers = [await open('x'.repeat(43)), await open('x'), await open(`${token.slice(0, -1)}~`), await open(`${token} `)];
    for (const answer of answers) {
      const { correlationId, ...problem } = answer.json as Record<string, unknown>;
      expect([answer.status, problem['code'], typeof correlationId]).toEqual([404, 'link-not-found', 'string']);
    }
    expect(new Set(answers.map(({ text }) => text.length)).size).toBe(1);
  });

  it('is told in plain words that a link has expired or was withdrawn, and it is on record', async () => {
    const { link, token } = await world.issueLink();
    world.setNow('2027-01-01T00:00:00.000Z');
    const expired = await open(token);
    world.setNow('2026-11-23T09:00:00.000Z');
    expect([expired.status, expired.json]).toEqual([410, expect.objectContaining({ code: 'link-expired' })]);
    await revokeLink(world.ports, { linkId: link.linkId, version: 1 });
    expect((await open(token)).json).toMatchObject({ status: 410, code: 'link-revoked' });
    expect(audit.entries.at(-1)).toMatchObject({ actorKind: 'link', actorId: link.linkId, result: 'refused', code: 'link-revoked' });
  });

  it('gets a place for a file, recorded with the link and the upload', async () => {
    const { link, token } = await world.issueLink();
    const answer = await grant(token, 'some,csv\n');
    const made = grantSchema.parse(answer.json);
    expect([answer.status, made.method]).toEqual([201, 'PUT']);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'createGrant', subjects: [link.linkId, made.uploadId], result: 'changed' });
  });

  it.each([
    ['a digest that is none', { sha256: 'abc' }],
    ['a negative size', { size: -1 }],
    ['half a byte', { size: 1.5 }],
    ['another type', { contentType: 'text/html' }],
    ['a file name', { fileName: 'Smith family.csv' }],
    ['a key of its own', { key: '../../etc/passwd' }],
  ])('gets none with %s', async (_what, fault) => {
    const { token } = await world.issueLink();
    const answer = await post('/v1/portal/grants', { token, sha256: sha256('x'), size: 1, contentType: 'text/csv', ...fault });
    expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })]);
    expect(answer.text).not.toContain('Smith');
  });

  it('sees states, counts and, page by page, the rows to put right', async () => {
    const { token } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grant(token, 'rows')).json);
    await read(uploadId, [2, 4, 5]);

    const first = portalUploadsSchema.parse((await post('/v1/portal/uploads', { token, rowErrorsOf: { uploadId, limit: 2 } })).json);
    const asShown = {
      uploadId,
      state: 'completed',
      counts: { rows: 5, added: 2, refused: 3 },
      columnsMissing: ['former_upn'],
      columnsIgnored: [7],
    };
    expect(first.items).toMatchObject([asShown]);
    expect((await officer({ method: 'GET', path: `/v1/uploads/${uploadId}` })).json).toMatchObject(asShown);
    expect(first.rowErrors?.items.map(({ row }) => row)).toEqual([2, 4]);
    expect(first.rowErrors?.items[0]?.problems).toEqual([
      { column: 'upn', code: 'upn-check-letter', message: 'The check letter does not fit.', fix: 'Copy the UPN from your system again.' },
    ]);
    const { cursor } = first.rowErrors ?? {};
    const second = portalUploadsSchema.parse(
      (await post('/v1/portal/uploads', { token, rowErrorsOf: { uploadId, limit: 2, cursor } })).json,
    );
    expect([second.rowErrors?.items.map(({ row }) => row), second.rowErrors?.cursor]).toEqual([[5], undefined]);
  });

  it('sees its own link’s uploads only', async () => {
    const [mine, other] = [await world.issueLink(), await world.issueLink()];
    const { uploadId } = grantSchema.parse((await grant(other.token, 'theirs')).json);
    const listed = portalUploadsSchema.parse((await post('/v1/portal/uploads', { token: mine.token })).json);
    expect(listed.items).toEqual([]);
    for (const asked of [uploadId, ulid()]) {
      const answer = await post('/v1/portal/uploads', { token: mine.token, rowErrorsOf: { uploadId: asked } });
      expect([answer.status, answer.json]).toEqual([404, expect.objectContaining({ code: 'upload-not-found' })]);
    }
  });

  it('cannot use a cursor that the service did not make', async () => {
    const { token } = await world.issueLink();
    for (const cursor of ['!', 'W10', Buffer.from('["LINK"]').toString('base64url')]) {
      expect((await post('/v1/portal/uploads', { token, cursor })).json).toMatchObject({ code: 'invalid-cursor' });
    }
  });

  it('leaves no token in any log line', async () => {
    const { token } = await world.issueLink();
    const output = await capturedOutput(async () => {
      await open(token);
      await grant(token, 'a');
      await open(`${token}x`);
      await post('/v1/portal/grants', { token, sha256: token });
    });
    expect(output).toContain('openLink');
    expect(output).not.toContain(token);
  });

  it('gets no answer that could not be recorded', async () => {
    const broken: AuditTrail = { record: () => Promise.reject(new Error('down')) };
    const handler = httpHandler(portalRoutes({ ...world.ports, audit: broken }), { audit: broken });
    const { token } = await world.issueLink();
    const answer = await callApi(handler, { method: 'POST', path: '/v1/portal/link', body: { token } });
    expect([answer.status, answer.json]).toEqual([503, expect.objectContaining({ code: 'audit-unavailable' })]);
  });
});

describe('Staff', () => {
  it('list uploads, of one link too, read one, and page through its row errors', async () => {
    const { link, token } = await world.issueLink();
    const one = grantSchema.parse((await grant(token, 'one')).json);
    const two = grantSchema.parse((await grant(token, 'two')).json);
    await read(one.uploadId, [1, 3]);

    const ofLink = await officer({ path: '/v1/uploads', query: { linkId: link.linkId } });
    const page = pageOf(uploadViewSchema).parse(ofLink.json);
    expect(page.items.map(({ uploadId }) => uploadId)).toEqual([two.uploadId, one.uploadId]);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'listUploads', subjects: [two.uploadId, one.uploadId], result: 'shown' });

    const all = pageOf(uploadViewSchema).parse((await officer({ path: '/v1/uploads', query: { limit: '1' } })).json);
    expect(all.items).toHaveLength(1);
    expect(all.cursor).toBeTypeOf('string');

    const upload = uploadViewSchema.parse((await officer({ path: `/v1/uploads/${one.uploadId}` })).json);
    expect(upload).toMatchObject({ reference: one.reference, linkId: link.linkId, state: 'completed', agreement: 'DSA-2026-014' });

    const errors = await officer({ path: `/v1/uploads/${one.uploadId}/row-errors`, query: { limit: '1' } });
    const firstPage = pageOf(rowErrorsSchema).parse(errors.json);
    expect(firstPage.items.map(({ row }) => row)).toEqual([1]);
    const next = await officer({ path: `/v1/uploads/${one.uploadId}/row-errors`, query: { limit: '1', cursor: firstPage.cursor ?? '' } });
    expect(
      pageOf(rowErrorsSchema)
        .parse(next.json)
        .items.map(({ row }) => row),
    ).toEqual([3]);
  });

  it('are told of an upload that does not exist, or a role that may not see it', async () => {
    expect((await officer({ path: `/v1/uploads/${ulid()}` })).json).toMatchObject({ status: 404, code: 'upload-not-found' });
    expect((await officer({ path: `/v1/uploads/${ulid()}/row-errors` })).json).toMatchObject({ status: 404, code: 'upload-not-found' });
    expect((await officer({ path: '/v1/uploads', roles: ['lead-practitioner'] })).status).toBe(403);
    expect((await callApi(staff, { path: '/v1/uploads' })).status).toBe(401);
  });
});
