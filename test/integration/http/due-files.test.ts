import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/links-api/routes.ts';
import { dueRoutes } from '#shared/contracts/http/due-routes.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { createNilReturn } from '#shared/services/uploads/create-nil-return.ts';
import { openLink } from '#shared/services/uploads/open-link.ts';
import { allColumnsOf } from '#test/support/an-agreement.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { callApi, type ApiCall } from '#test/support/api-call.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { portalWorld, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
const pageSchema = dueRoutes[0].response.body;
const chaseSchema = dueRoutes[1].response.body;
let world: PortalWorld;
let handler: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  // A Monday three weeks after the autumn half term's end.
  world.setNow('2026-11-23T09:00:00.000Z');
  handler = httpHandler(routes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
});

const staff = (call: ApiCall) => callApi(handler, { roles: ['programme-officer'], ...call });
const list = async (query: Record<string, string> = {}) =>
  pageSchema.parse((await staff({ method: 'GET', path: '/v1/due-files', query })).json);
const agree = (feeds = [allColumnsOf('suspensions')]) =>
  world.agree({ feeds, frequency: 'half-termly', start: '2026-09-01', end: '2027-08-31' });
const chase = (agreementId: string, body: object, key = ulid()) =>
  staff({ method: 'POST', path: `/v1/agreements/${agreementId}/chases`, headers: { 'Idempotency-Key': key }, body });

describe('What is due', () => {
  it('is listed for each feed of an agreement, with what came and whom to ask; the partner sees the same of its link', async () => {
    const { agreementId, agency } = await agree([allColumnsOf('suspensions'), allColumnsOf('school-roll')]);
    const { link, session, ...opening } = await world.issueLink({ agreementId, feed: 'suspensions', periodEnd: '2026-10-23' });
    const before = (await list({ limit: '1' })).items[0];
    expect(before).toMatchObject({ agreementId, agency, agencyName: 'Northfield Academy', contactRole: 'Data manager', state: 'in-force' });
    expect(before?.feeds.map(({ feed, periods }) => [feed, periods.map(({ end, state }) => [end, state])])).toEqual([
      [
        'suspensions',
        [
          ['2026-10-31', 'late'],
          ['2026-12-31', 'awaited'],
        ],
      ],
      [
        'school-roll',
        [
          ['2026-10-31', 'late'],
          ['2026-12-31', 'awaited'],
        ],
      ],
    ]);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'listDueFiles', subjects: [agreementId], result: 'shown' });

    await createNilReturn(world.ports, session);
    expect((await list({ limit: '1' })).items[0]?.feeds[0]?.periods[0]).toMatchObject({ state: 'under-way', files: 0 });
    const sent = anUpload({
      linkId: link.linkId,
      agency,
      agreementId,
      feed: 'suspensions',
      state: 'completed',
      periodStart: '2026-09-01',
      periodEnd: '2026-10-23',
      createdAt: '2026-11-16T09:00:00.000Z',
      checkpoint: {
        chunk: 1,
        byteOffset: 1,
        row: 4,
        columnsMissing: [],
        counts: { rows: 4, added: 1, changed: 0, unchanged: 2, refused: 1, ended: 0 },
      },
    });
    await world.ports.uploads.createUpload(sent);
    // Of the same school and feed, under an agreement before this one.
    await world.ports.uploads.createUpload({ ...sent, uploadId: ulid(), agreementId: ulid(), createdAt: '2026-10-01T09:00:00.000Z' });
    const { opened } = await openLink(world.ports, opening);
    const period = (await list({ limit: '1' })).items[0]?.feeds[0]?.periods[0];
    expect(period).toEqual({
      start: '2026-09-01',
      end: '2026-10-31',
      dueOn: '2026-11-14',
      state: 'came-late',
      cameOn: '2026-11-16',
      daysLate: 2,
      files: 1,
      quality: { complete: 1, valid: 0.75, heldBefore: 2 / 3 },
    });
    expect(opened.due[0]).toEqual(period);
  });

  it('is listed a page at a time, and those alone that something is late under', async () => {
    const late = await agree();
    const onRequest = await world.agree({ frequency: 'on-request' });
    const first = await list({ limit: '1', state: 'late' });
    expect([first.items, first.cursor === undefined]).toEqual([[], false]);
    const second = await list({ limit: '1', state: 'late', cursor: first.cursor ?? '' });
    expect(second.items.map(({ agreementId }) => agreementId)).toEqual([late.agreementId]);
    const all = await list();
    expect(all.items.find(({ agreementId }) => agreementId === onRequest.agreementId)?.feeds[0]?.periods).toEqual([]);
    expect((await staff({ method: 'GET', path: '/v1/due-files', query: { limit: '11' } })).status).toBe(400);
    expect((await callApi(handler, { roles: ['lead-practitioner'], method: 'GET', path: '/v1/due-files' })).status).toBe(403);
  });
});

describe('A partner who is late', () => {
  it('is reminded: recorded once for a key, with the words to send, and seen in the list', async () => {
    const { agreementId, reference } = await agree();
    const [key, body] = [ulid(), { feed: 'suspensions', periodEnd: '2026-10-31', note: 'Rang the office.' }];
    const [first, again] = [await chase(agreementId, body, key), await chase(agreementId, body, key)];
    expect([first.status, again.json]).toEqual([201, first.json]);
    const { reminder, ...made } = chaseSchema.parse(first.json);
    expect(made).toMatchObject({ agreementId, periodStart: '2026-09-01', dueOn: '2026-11-14', at: '2026-11-23T09:00:00.000Z' });
    expect(reminder).toContain(`To the data manager at Northfield Academy\n\nUnder the data-sharing agreement ${reference} you send us`);
    expect(reminder).toContain('for 1 September 2026 to 31 October 2026. It was due on 14 November 2026 and we have not received it.');
    expect(audit.entries.at(-1)).toMatchObject({ action: 'createChase', subjects: [agreementId], result: 'changed' });
    const item = (await list()).items.find((due) => due.agreementId === agreementId);
    expect(item?.feeds[0]?.periods.map(({ chasedAt }) => chasedAt)).toEqual(['2026-11-23T09:00:00.000Z', undefined]);
    expect((await chase(agreementId, { ...body, note: 'Wrote.' }, key)).json).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('by the same request five times at once is reminded once', async () => {
    const { agreementId } = await agree();
    const [key, body] = [ulid(), { feed: 'suspensions', periodEnd: '2026-10-31' }];
    const answers = await Promise.all(Array.from({ length: 5 }, () => chase(agreementId, body, key)));
    expect(new Set(answers.map(({ json }) => chaseSchema.parse(json).chaseId)).size).toBe(1);
    expect(await world.ports.chases.listLastChases(agreementId)).toHaveLength(1);
  });

  it.each([
    ['a period that there is time for', { feed: 'suspensions', periodEnd: '2026-12-31' }, 409],
    ['no period of the agreement', { feed: 'suspensions', periodEnd: '2026-10-30' }, 409],
    ['a feed that was not agreed', { feed: 'school-roll', periodEnd: '2026-10-31' }, 409],
    ['a feed that there is not', { feed: 'x', periodEnd: '2026-10-31' }, 400],
  ])('is not reminded of %s', async (_, body, status) => {
    const { agreementId } = await agree();
    expect((await chase(agreementId, body)).status).toBe(status);
    expect(await world.ports.chases.listLastChases(agreementId)).toEqual([]);
  });

  it('is nobody where there is no such agreement', async () => {
    expect((await chase(ulid(), { feed: 'suspensions', periodEnd: '2026-10-31' })).status).toBe(404);
  });
});
