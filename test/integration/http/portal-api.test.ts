import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes as portalRoutes } from '#functions/portal-api/routes.ts';
import { routes as uploadRoutes } from '#functions/uploads-api/routes.ts';
import { grantSchema, openedLinkSchema, portalUploadsSchema } from '#shared/contracts/http/portal-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { rowErrorsSchema, uploadViewSchema } from '#shared/contracts/http/upload-routes.ts';
import { visibilityOf, type Role } from '#shared/domain/access/access.ts';
import { startCheckpoint } from '#shared/domain/uploads/upload.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import { endAgreement } from '#shared/services/agreements/edit-agreement.ts';
import { newLinkCode } from '#shared/services/links/new-link-code.ts';
import { readLink } from '#shared/services/links/read-links.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { openLink } from '#shared/services/uploads/open-link.ts';
import { takeBackReplaced } from '#shared/services/withdrawals/take-back-replaced.ts';
import { allColumnsOf } from '#test/support/an-agreement.ts';
import { callApi, type ApiCall } from '#test/support/api-call.ts';
import { capturedOutput } from '#test/support/captured-output.ts';
import { anUpload } from '#test/support/an-upload.ts';
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
const open = ({ token, code }: { readonly token: string; readonly code: string }) => post('/v1/portal/link', { token, code });
const grant = (session: string, content: string) =>
  post('/v1/portal/grants', { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' });
const officer = (call: ApiCall) => callApi(staff, { roles: ['data-officer'], ...call });
const staffWithdraw = (uploadId: string, version: number, reason: string) =>
  officer({
    method: 'POST',
    path: `/v1/uploads/${uploadId}/withdraw`,
    headers: { 'if-match': `"${String(version)}"` },
    body: { reason },
  });

/** Puts the upload through a reader that finds fault with these rows. */
const read = async (uploadId: string, rows: readonly number[]): Promise<void> => {
  const { uploads, weighings, transactions } = world.ports;
  const at = '2026-11-23T09:02:00.000Z';
  await uploads.markClean(uploadId, 'v1', at);
  await weighings.markWeighed(anUpload({ uploadId }), undefined, { at });
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
    const { link, session, ...opening } = await world.issueLink({ maxUploads: 3 });
    await grant(session, 'a');
    const answer = await open(opening);

    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(openedLinkSchema.parse(answer.json)).toMatchObject({
      council: 'Exampleshire Council',
      agency: 'Northfield Academy',
      contactRole: 'Data manager',
      feed: { id: 'school-roll', version: 1, kind: 'snapshot' },
      periodStart: '2026-09-01',
      periodEnd: '2026-12-18',
      agreement: {
        reference: link.agreement,
        purposes: ['Find families who may need support'],
        lawfulBasis: 'Public task',
        cohort: 'Pupils on roll, reception to year 11',
        frequency: 'termly',
        end: '2030-08-31',
        columns: allColumnsOf('school-roll').columns,
      },
      sessionExpiresAt: '2026-11-23T19:00:00.000Z',
      expiresAt: '2026-12-31T17:00:00.000Z',
      largestFile: 104_857_600,
      uploadsLeft: 2,
      uploads: { items: [{ state: 'granted', size: 1 }] },
    });
    expect(answer.text).not.toContain(opening.token);
    expect(audit.entries.at(-1)).toMatchObject({ actorKind: 'link', actorId: link.linkId, action: 'openLink', result: 'shown' });
  });

  it('may open it any number of times: a mail scanner uses nothing up', async () => {
    const { link, ...opening } = await world.issueLink({ maxUploads: 1 });
    for (let count = 0; count < 5; count += 1) expect((await open(opening)).status).toBe(200);
    expect((await world.ports.links.findLink(link.linkId))?.uploads).toBe(0);
  });

  it('is told alike, to the byte, that a wrong link, a wrong code and a locked link do not work', async () => {
    const [issued, locked] = [await world.issueLink(), await world.issueLink()];
    const { token, code } = issued;
    const wrong = code === '1111 1111' ? '2222 2222' : '1111 1111';
    for (let count = 0; count < 5; count += 1) await open({ ...locked, code: wrong === locked.code ? '3333 3333' : wrong });
    const answers = [
      await open({ token: 'x'.repeat(43), code }),
      await open({ token: 'x', code }),
      await open({ token: `${token.slice(0, -1)}~`, code }),
      await open({ token: `${token} `, code }),
      await open({ token, code: wrong }),
      await open({ token, code: '' }),
      await open(locked),
    ];
    for (const answer of answers) {
      const { correlationId, ...problem } = answer.json as Record<string, unknown>;
      expect([answer.status, problem['code'], typeof correlationId]).toEqual([404, 'link-not-found', 'string']);
    }
    expect(new Set(answers.map(({ text }) => text.length)).size).toBe(1);
    // The fifth wrong code, and no other, tells staff.
    expect(world.locked).toEqual([locked.link.linkId]);
    expect((await open(issued)).status).toBe(200);
    expect(audit.entries.at(-2)).toMatchObject({
      actorKind: 'link',
      actorId: locked.link.linkId,
      result: 'refused',
      code: 'link-not-found',
    });
  });

  it('may write the code as it was said, and mistype it four times in a row, again and again', async () => {
    const { token, code } = await world.issueLink();
    for (const typed of [code, code.replace(' ', ''), code.replace(' ', '-'), ` ${code} `]) {
      for (let count = 0; count < 4; count += 1) expect((await open({ token, code: `${code}0` })).status).toBe(404);
      expect((await open({ token, code: typed })).status).toBe(200);
    }
  });

  it('has five tries, however many come at once, until staff give another code', async () => {
    const { link, token, code, session } = await world.issueLink();
    let looked = 0;
    const { hash } = world.ports;
    const counting = {
      hash: (domain: string, ...parts: string[]) => {
        if (domain === 'link-code') looked += 1;
        return hash.hash(domain, ...parts);
      },
    };
    const guesses = Array.from({ length: 40 }, (_, guess) => ({ token, code: `0000 ${String(1000 + guess)}` }));
    await Promise.all(guesses.map((guess) => openLink({ ...world.ports, hash: counting }, guess).catch(() => undefined)));
    expect(looked).toBeGreaterThanOrEqual(5);
    expect((await world.ports.links.findLink(link.linkId))?.codeTries).toBe(5);
    expect((await open({ token, code })).json).toMatchObject({ code: 'link-not-found' });
    // What the right code began goes on: whoever guesses cannot stop it.
    expect((await grant(session, 'meanwhile')).status).toBe(201);

    expect((await readLink(world.ports, link.linkId)).state).toBe('locked');
    const renewed = await newLinkCode(world.ports, { linkId: link.linkId, version: 1 });
    expect([renewed.state, renewed.codeNumber, renewed.version]).toEqual(['open', 2, 2]);
    expect((await open({ token, code })).status).toBe(404);
    expect((await open({ token, code: renewed.code })).status).toBe(200);
    expect((await grant(session, 'afterwards')).json).toMatchObject({ status: 401, code: 'session-ended' });
  });

  it('has to open the link again after ten hours, and with a session that nobody was given', async () => {
    const { session } = await world.issueLink();
    const ended = { status: 401, code: 'session-ended' };
    for (const made of ['', session.slice(1), `${session}x`, session.replace('~1~', '~2~'), session.replace(/~\d{13}~/, '~1999999999999~')])
      if (made !== '') expect((await grant(made, 'x')).json).toMatchObject(ended);
    world.setNow('2026-11-23T18:59:59.999Z');
    expect((await grant(session, 'y')).status).toBe(201);
    world.setNow('2026-11-23T19:00:00.000Z');
    expect((await grant(session, 'z')).json).toMatchObject(ended);
    world.setNow('2026-11-23T09:00:00.000Z');
  });

  it('finds the link closed from the moment its agreement ends', async () => {
    const { link, session, ...opening } = await world.issueLink();
    const edit = { agreementId: link.agreementId, version: 1, staffId: 'b4d5a1e0-0000-4000-8000-000000000001' };
    await endAgreement(world.ports, edit, 'The school has withdrawn.');
    for (const answer of [await open(opening), await grant(session, 'late')]) {
      expect(answer.json).toMatchObject({ status: 410, code: 'agreement-ended' });
    }
    expect((await readLink(world.ports, link.linkId)).state).toBe('agreement-ended');
  });

  it('is told in plain words that a link has expired or was withdrawn, and it is on record', async () => {
    const { link, ...opening } = await world.issueLink();
    world.setNow('2027-01-01T00:00:00.000Z');
    const expired = await open(opening);
    world.setNow('2026-11-23T09:00:00.000Z');
    expect([expired.status, expired.json]).toEqual([410, expect.objectContaining({ code: 'link-expired' })]);
    await revokeLink(world.ports, { linkId: link.linkId, version: 1 });
    expect((await open(opening)).json).toMatchObject({ status: 410, code: 'link-revoked' });
    expect(audit.entries.at(-1)).toMatchObject({ actorKind: 'link', actorId: link.linkId, result: 'refused', code: 'link-revoked' });
  });

  it('gets a place for a file, recorded with the link and the upload', async () => {
    const { link, session } = await world.issueLink();
    const answer = await grant(session, 'some,csv\n');
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
    const { session } = await world.issueLink();
    const answer = await post('/v1/portal/grants', { session, sha256: sha256('x'), size: 1, contentType: 'text/csv', ...fault });
    expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })]);
    expect(answer.text).not.toContain('Smith');
  });

  it('sees states, counts and, page by page, the rows to put right', async () => {
    const { session } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grant(session, 'rows')).json);
    await read(uploadId, [2, 4, 5]);

    const first = portalUploadsSchema.parse((await post('/v1/portal/uploads', { session, rowErrorsOf: { uploadId, limit: 2 } })).json);
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
      (await post('/v1/portal/uploads', { session, rowErrorsOf: { uploadId, limit: 2, cursor } })).json,
    );
    expect([second.rowErrors?.items.map(({ row }) => row), second.rowErrors?.cursor]).toEqual([[5], undefined]);
  });

  it('sees its own link’s uploads only', async () => {
    const [mine, other] = [await world.issueLink(), await world.issueLink()];
    const { uploadId } = grantSchema.parse((await grant(other.session, 'theirs')).json);
    const listed = portalUploadsSchema.parse((await post('/v1/portal/uploads', { session: mine.session })).json);
    expect(listed.items).toEqual([]);
    for (const asked of [uploadId, ulid()]) {
      const answer = await post('/v1/portal/uploads', { session: mine.session, rowErrorsOf: { uploadId: asked } });
      expect([answer.status, answer.json]).toEqual([404, expect.objectContaining({ code: 'upload-not-found' })]);
    }
  });

  it('cannot use a cursor that the service did not make', async () => {
    const { session } = await world.issueLink();
    for (const cursor of ['!', 'W10', Buffer.from('["LINK"]').toString('base64url')]) {
      expect((await post('/v1/portal/uploads', { session, cursor })).json).toMatchObject({ code: 'invalid-cursor' });
    }
  });

  it('takes back what it sent: at once where nothing of it was read, else a worker undoes it, and never twice', async () => {
    const [{ session }, other] = [await world.issueLink(), await world.issueLink()];
    const sent = async (content: string) => grantSchema.parse((await grant(session, content)).json).uploadId;
    const withdraw = (by: string, uploadId: string) => post('/v1/portal/withdrawals', { session: by, uploadId });
    const [waiting, done] = [await sent('waiting'), await sent('done')];
    await read(done, []);

    expect((await withdraw(other.session, waiting)).json).toMatchObject({ status: 404, code: 'upload-not-found' });
    expect((await withdraw(session, waiting)).json).toMatchObject({ uploadId: waiting, state: 'withdrawn' });
    const before = world.queued.length;
    for (let count = 0; count < 2; count += 1) {
      const answer = await withdraw(session, done);
      expect([answer.status, answer.json]).toMatchObject([202, { uploadId: done, state: 'withdrawing' }]);
    }
    expect(world.queued.slice(before)).toEqual([{ kind: 'withdraw', uploadId: done }]);
    const shown = await officer({ path: `/v1/uploads/${done}` });
    expect(shown.json).toMatchObject({ state: 'withdrawing', withdrawal: { by: 'link' } });
    const again = await staffWithdraw(waiting, 1, 'Again.');
    expect(again.json).toMatchObject({ state: 'withdrawn', withdrawal: { by: 'link' } });
    // What was taken back may be sent again.
    expect((await grant(session, 'waiting')).status).toBe(201);
  });

  it('is taken back by staff as they read it: not where it has changed since, nor without saying what they read', async () => {
    const { session } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grant(session, 'by staff')).json);
    const shown = await officer({ path: `/v1/uploads/${uploadId}` });
    expect([shown.headers['etag'], shown.json]).toMatchObject(['"1"', { version: 1 }]);
    await read(uploadId, []);
    expect((await staffWithdraw(uploadId, 1, 'Too late.')).json).toMatchObject({ status: 412, code: 'version-mismatch' });
    const none = await officer({ method: 'POST', path: `/v1/uploads/${uploadId}/withdraw`, body: { reason: 'Not read.' } });
    expect(none.json).toMatchObject({ status: 428, code: 'precondition-required' });
    const { version } = uploadViewSchema.parse((await officer({ path: `/v1/uploads/${uploadId}` })).json);
    const taken = await staffWithdraw(uploadId, version, 'The wrong school.');
    expect(taken.json).toMatchObject({ state: 'withdrawing', withdrawal: { by: 'staff', reason: 'The wrong school.' } });
    // Asked for again, whatever was read: it is being done.
    expect((await staffWithdraw(uploadId, version, 'Again.')).json).toMatchObject({ state: 'withdrawing' });
  });

  it('cannot take back a file whose rows are being read, nor one that was refused', async () => {
    const { session } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grant(session, 'being read')).json);
    await world.ports.uploads.markClean(uploadId, 'v1', '2026-11-23T09:02:00.000Z');
    await world.ports.weighings.markWeighed(anUpload({ uploadId }), undefined, { at: '2026-11-23T09:02:00.000Z' });
    await world.ports.uploads.claimUpload(uploadId, { owner: 'w', until: '2026-11-23T10:00:00.000Z', at: '2026-11-23T09:02:00.000Z' });
    for (let count = 0; count < 2; count += 1) {
      expect((await post('/v1/portal/withdrawals', { session, uploadId })).json).toMatchObject({ status: 409, code: 'state-conflict' });
      await world.ports.uploads.refuseUpload(uploadId, { code: 'c', message: 'm', fix: 'f' }, '2026-11-23T09:03:00.000Z');
    }
  });

  it('says once that it has nothing to report, and again after taking that back', async () => {
    const { session } = await world.issueLink({ feed: 'police-incidents' });
    const nil = () => post('/v1/portal/nil-returns', { session });
    const answers = await Promise.all([nil(), nil(), nil()]);
    const ids = new Set(answers.map(({ json }) => portalUploadsSchema.shape.items.unwrap().element.parse(json).uploadId));
    expect([answers.map(({ status }) => status), ids.size]).toEqual([[201, 201, 201], 1]);
    const [uploadId = ''] = ids;
    const upload = await world.ports.uploads.findUpload(uploadId);
    const bytes = world.written.get(upload?.objectKey ?? '') ?? new Uint8Array();
    expect(new TextDecoder().decode(bytes)).toBe(`${allColumnsOf('police-incidents').columns.join(',')}\r\n`);
    expect(upload).toMatchObject({ nil: true, sha256: world.ports.sha256(bytes), size: bytes.length, state: 'granted' });
    await post('/v1/portal/withdrawals', { session, uploadId });
    expect((await nil()).json).toMatchObject({ state: 'granted', nil: true });
    const roll = await world.issueLink({ feed: 'school-roll' });
    expect((await post('/v1/portal/nil-returns', { session: roll.session })).json).toMatchObject({
      status: 422,
      errors: [{ code: 'nil-return-of-snapshot' }],
    });
  });

  it('may replace only what came through the same link', async () => {
    const [mine, other] = [await world.issueLink(), await world.issueLink()];
    const { uploadId } = grantSchema.parse((await grant(other.session, 'theirs')).json);
    const ask = (replaces: string, content: string) =>
      post('/v1/portal/grants', {
        session: mine.session,
        sha256: sha256(content),
        size: content.length,
        contentType: 'text/csv',
        replaces,
      });
    expect((await ask(uploadId, 'new')).json).toMatchObject({ status: 404, code: 'upload-not-found' });
    const first = grantSchema.parse((await grant(mine.session, 'first')).json).uploadId;
    const second = grantSchema.parse((await ask(first, 'second')).json).uploadId;
    await read(second, []);
    await takeBackReplaced(world.ports, second);
    await takeBackReplaced(world.ports, second);
    expect((await world.ports.uploads.findUpload(first))?.state).toBe('withdrawn');
  });

  it('leaves no token in any log line', async () => {
    const { session, ...opening } = await world.issueLink();
    const output = await capturedOutput(async () => {
      await open(opening);
      await grant(session, 'a');
      await open({ ...opening, token: `${opening.token}x` });
      await post('/v1/portal/grants', { session, sha256: opening.token });
    });
    expect(output).toContain('openLink');
    for (const secret of [opening.token, opening.code, session]) expect(output).not.toContain(secret);
  });

  it('gets no answer that could not be recorded', async () => {
    const broken: AuditTrail = { record: () => Promise.reject(new Error('down')) };
    const handler = httpHandler(portalRoutes({ ...world.ports, audit: broken }), { audit: broken });
    const { ...opening } = await world.issueLink();
    const answer = await callApi(handler, { method: 'POST', path: '/v1/portal/link', body: { token: opening.token, code: opening.code } });
    expect([answer.status, answer.json]).toEqual([503, expect.objectContaining({ code: 'audit-unavailable' })]);
  });
});

describe('Staff', () => {
  it('list uploads, of one link too, read one, and page through its row errors', async () => {
    const { link, session } = await world.issueLink();
    const one = grantSchema.parse((await grant(session, 'one')).json);
    const two = grantSchema.parse((await grant(session, 'two')).json);
    await read(one.uploadId, [1, 3]);

    const ofLink = await officer({ path: '/v1/uploads', query: { linkId: link.linkId } });
    const page = pageOf(uploadViewSchema).parse(ofLink.json);
    expect(page.items.map(({ uploadId }) => uploadId)).toEqual([two.uploadId, one.uploadId]);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'listUploads', subjects: [two.uploadId, one.uploadId], result: 'shown' });

    const all = pageOf(uploadViewSchema).parse((await officer({ path: '/v1/uploads', query: { limit: '1' } })).json);
    expect(all.items).toHaveLength(1);
    expect(all.cursor).toBeTypeOf('string');

    const upload = uploadViewSchema.parse((await officer({ path: `/v1/uploads/${one.uploadId}` })).json);
    expect(upload).toMatchObject({ reference: one.reference, linkId: link.linkId, state: 'completed', agreement: link.agreement });

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

describe('Notes on odd rows', () => {
  const digest = (letter: string): string => letter.repeat(32);
  const noteOn = (note: string, ...rows: readonly (readonly [number, string])[]) => ({
    code: 'query-digits-in-name',
    column: 'forename',
    note,
    rows: rows.map(([row, letter]) => ({ row, digest: digest(letter) })),
  });
  const grantWith = (session: string, content: string, notes: unknown) =>
    post('/v1/portal/grants', { session, sha256: sha256(content), size: content.length, contentType: 'text/csv', notes });
  const remembered = async (session: string) =>
    portalUploadsSchema.parse((await post('/v1/portal/uploads', { session, notes: true })).json).notes;
  const shownTo = async (role: Role, uploadId: string) =>
    (await callApi(staff, { roles: [role], path: `/v1/uploads/${uploadId}/row-errors` })).json;

  it('stand with the upload for staff, and are remembered by row and rule, the newest first, under the same agreement alone', async () => {
    const link = await world.issueLink();
    const other = await world.issueLink();
    const first = grantSchema.parse((await grantWith(link.session, 'first', [noteOn('It is her name.', [2, 'a'], [3, 'b'])])).json);
    expect(await remembered(link.session)).toEqual([]);
    await read(first.uploadId, []);
    expect(await shownTo('data-officer', first.uploadId)).toMatchObject({
      notes: [{ code: 'query-digits-in-name', column: 'forename', note: 'It is her name.', rows: [2, 3] }],
    });
    const second = grantSchema.parse((await grantWith(link.session, 'second', [noteOn('Seen on the passport.', [7, 'b'])])).json);
    await read(second.uploadId, []);
    expect(await remembered(link.session)).toEqual([noteOn('Seen on the passport.', [7, 'b']), noteOn('It is her name.', [2, 'a'])]);
    expect(await remembered(other.session)).toEqual([]);
    // Not asked for, not answered.
    expect(portalUploadsSchema.parse((await post('/v1/portal/uploads', { session: link.session })).json).notes).toBeUndefined();
  });

  it('given anew with the same file take the place of those before', async () => {
    const { session } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grantWith(session, 'again', [noteOn('First words.', [2, 'a'])])).json);
    expect(grantSchema.parse((await grantWith(session, 'again', [noteOn('Better words.', [2, 'a'])])).json).uploadId).toBe(uploadId);
    await read(uploadId, []);
    expect(await remembered(session)).toEqual([noteOn('Better words.', [2, 'a'])]);
  });

  it.each([
    ['before it was read', false],
    ['after it was read', true],
  ])('go with the file that is taken back %s', async (_, isRead) => {
    const { session } = await world.issueLink();
    const { uploadId } = grantSchema.parse((await grantWith(session, 'gone', [noteOn('It is her name.', [2, 'a'])])).json);
    if (isRead) await read(uploadId, []);
    expect(await world.ports.notes.findNotes([uploadId])).toHaveLength(1);
    expect((await post('/v1/portal/withdrawals', { session, uploadId })).status).toBe(202);
    expect(await world.ports.notes.findNotes([uploadId])).toEqual([]);
    expect(await remembered(session)).toEqual([]);
  });

  it('about rows of domestic abuse conferences are shown to nobody who is not shown the rows', async () => {
    const { session } = await world.issueLink({ feed: 'domestic-abuse-marac' });
    const { uploadId } = grantSchema.parse((await grantWith(session, 'protected', [noteOn('She is safe now.', [2, 'a'])])).json);
    expect(JSON.stringify(await shownTo('programme-officer', uploadId))).toContain('She is safe now.');
    expect(JSON.stringify(await shownTo('data-officer', uploadId))).toEqual(
      visibilityOf(['data-officer']) === 'whole' ? expect.stringContaining('She is safe now.') : expect.not.stringContaining('safe'),
    );
  });

  it.each([
    ['with characters that are no text', [noteOn('Bell \u0007', [2, 'a'])]],
    ['too long', [noteOn('x'.repeat(501), [2, 'a'])]],
    ['without a word', [noteOn('\u200B – ', [2, 'a'])]],
    ['about a rule that is none', [{ ...noteOn('Right.', [2, 'a']), code: 'Aoife' }]],
    ['with a digest that is none', [noteOn('Right.', [2, 'Z'])]],
    ['too many', Array.from({ length: 25 }, () => noteOn('Right.', [2, 'a']))],
    ['about too many rows', [noteOn('Right.', ...Array.from({ length: 201 }, (_, row) => [row + 2, 'a'] as const))]],
  ])('%s are refused, and nothing of them is repeated', async (_, notes) => {
    const { session } = await world.issueLink();
    const { value, output } = await (async () => {
      let answer: Awaited<ReturnType<typeof post>> | undefined;
      const captured = await capturedOutput(async () => {
        answer = await grantWith(session, 'refused', notes);
      });
      return { value: answer, output: JSON.stringify(captured) };
    })();
    expect(value).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    expect(JSON.stringify(value?.json)).not.toMatch(/Aoife|Bell|xxxxx/);
    expect(output).not.toMatch(/Aoife|Bell|xxxxx/);
  });
});
