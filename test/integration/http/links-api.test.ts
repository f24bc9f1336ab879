import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/links-api/routes.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { createdLinkSchema, linkViewSchema, type NewLink } from '#shared/contracts/http/link-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { callApi, staffId, type ApiCall } from '#test/support/api-call.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { aNewLink, portalOrigin, portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
let world: PortalWorld;
let handler: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  handler = httpHandler(routes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
});

const officer = (call: ApiCall) => callApi(handler, { roles: ['data-officer'], ...call });
const aLinkOrder = async (over: Partial<NewLink> = {}) =>
  aNewLink({ ...over, agreementId: over.agreementId ?? (await world.agree()).agreementId });
const create = (body: unknown, key = ulid()) => officer({ method: 'POST', path: '/v1/links', headers: { 'Idempotency-Key': key }, body });

describe('An upload link', () => {
  it('comes with its URL once; the token stands in the fragment and nowhere in the store', async () => {
    const answer = await create(await aLinkOrder());
    const link = createdLinkSchema.parse(answer.json);

    expect([answer.status, link.urlGiven, link.state, link.codeNumber]).toEqual([201, 'now', 'open', 1]);
    expect(answer.headers['location']).toBe(`/v1/links/${link.linkId}`);
    expect(answer.headers['etag']).toBe('"1"');
    const [origin, token = ''] = (link.url ?? '').split('#');
    expect(origin).toBe(`${portalOrigin}/`);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(link.code).toMatch(/^\d{4} \d{4}$/);
    const stored = await database().client.send(new ScanCommand({ TableName: database().tables.Uploads }));
    expect(JSON.stringify(stored.Items)).not.toContain(token);
    expect(audit.entries.at(-1)).toMatchObject({
      actorKind: 'staff',
      actorId: staffId,
      roles: ['data-officer'],
      action: 'createLink',
      subjects: [link.linkId],
      result: 'changed',
    });
  });

  it('asked for again with the same key is the same link, without the URL', async () => {
    const [key, body] = [ulid(), await aLinkOrder()];
    const first = createdLinkSchema.parse((await create(body, key)).json);
    const again = createdLinkSchema.parse((await create(body, key)).json);
    expect(again).toEqual({ ...first, url: undefined, code: undefined, formUrl: undefined, typedCode: undefined, urlGiven: 'before' });

    const other = await create({ ...body, maxUploads: 3 }, key);
    expect([other.status, other.json]).toEqual([422, expect.objectContaining({ code: 'idempotency-key-reused' })]);
  });

  it('asked for ten times at once with one key is one link', async () => {
    const [key, body] = [ulid(), await aLinkOrder()];
    const answers = (await Promise.all(Array.from({ length: 10 }, () => create(body, key)))).map(({ json }) =>
      createdLinkSchema.parse(json),
    );
    expect(new Set(answers.map(({ linkId }) => linkId)).size).toBe(1);
    expect(answers.filter(({ urlGiven }) => urlGiven === 'now')).toHaveLength(1);
  });

  it.each([
    ['a period that ends before it starts', { periodStart: '2026-12-18', periodEnd: '2026-12-17' }, '/body/periodEnd', 'period-backwards'],
    ['a period that ends in another age', { periodEnd: '2099-12-31' }, '/body/periodEnd', 'period-too-late'],
    ['a period that ends a day too late', { periodEnd: '2028-11-24' }, '/body/periodEnd', 'period-too-late'],
    ['a period of which nothing would be kept', { periodStart: '2019-11-22' }, '/body/periodStart', 'period-too-early'],
    ['an expiry in the past', { expiresAt: '2026-11-23T09:00:00Z' }, '/body/expiresAt', 'expiry-past'],
    ['an expiry more than 90 days ahead', { expiresAt: '2027-02-21T09:00:01Z' }, '/body/expiresAt', 'expiry-too-late'],
    ['an agreement that is not held', { agreementId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, '/body/agreementId', 'agreement-not-in-force'],
    ['a feed that does not exist', { feed: 'gossip' }, '/body/feed', 'not-an-option'],
    ['a day that does not exist', { periodEnd: '2026-02-29' }, '/body/periodEnd', undefined],
    ['no upload at all', { maxUploads: 0 }, '/body/maxUploads', 'too-small'],
  ])('is refused with %s', async (_what, fault, pointer, code) => {
    const { status, json } = await create({ ...(await aLinkOrder()), ...fault });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'invalid-request', errors: [{ pointer, ...(code === undefined ? {} : { code }) }] });
  });

  it('may be about seven years back and two ahead, both days included', async () => {
    expect((await create(await aLinkOrder({ periodStart: '2019-11-23', periodEnd: '2028-11-23' }))).status).toBe(201);
  });

  it('may stay open for exactly 90 days', async () => {
    expect((await create(await aLinkOrder({ expiresAt: '2027-02-21T09:00:00Z' }))).status).toBe(201);
  });

  it('is listed newest first, page by page, without loss or repetition', async () => {
    for (let count = 0; count < 5; count += 1) await create(await aLinkOrder());
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await officer({ path: '/v1/links', query: { limit: '2', ...(cursor === undefined ? {} : { cursor }) } });
      const page = pageOf(linkViewSchema).parse(answer.json);
      seen.push(...page.items.map(({ linkId }) => linkId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  it('is read with its ETag and revoked only by somebody who has read it as it is', async () => {
    const { linkId } = createdLinkSchema.parse((await create(await aLinkOrder())).json);
    const read = await officer({ path: `/v1/links/${linkId}` });
    expect([read.status, read.headers['etag']]).toEqual([200, '"1"']);

    const revoke = (etag?: string) =>
      officer({ method: 'POST', path: `/v1/links/${linkId}/revoke`, headers: etag === undefined ? {} : { 'If-Match': etag } });
    expect((await revoke()).status).toBe(428);
    expect((await revoke('"7"')).status).toBe(412);
    const revoked = await revoke('"1"');
    expect([revoked.status, revoked.headers['etag'], linkViewSchema.parse(revoked.json).state]).toEqual([200, '"2"', 'revoked']);
    expect((await revoke('"1"')).status).toBe(412);
    expect((await revoke('"2"')).status).toBe(200);
  });

  it('takes the uploads with it that nobody has begun to read, and no others', async () => {
    const { link, session } = await world.issueLink();
    const upload = async (content: string) =>
      (await createGrant(world.ports, { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' })).grant.uploadId;
    const [waiting, clean, begun] = [await upload('one'), await upload('two'), await upload('three')];
    const at = '2026-11-23T09:01:00.000Z';
    await world.ports.uploads.markClean(clean, 'v', at);
    await world.ports.uploads.markClean(begun, 'v', at);
    await world.ports.weighings.markWeighed(anUpload({ uploadId: begun }), undefined, { at });
    await world.ports.uploads.claimUpload(begun, { owner: 'worker', until: '2026-11-23T10:00:00.000Z', at });

    await officer({ method: 'POST', path: `/v1/links/${link.linkId}/revoke`, headers: { 'If-Match': '"1"' } });
    const states = (await world.ports.uploads.findUploads([waiting, clean, begun])).map(({ state, refusal }) => [state, refusal?.code]);
    expect(states).toEqual([
      ['refused', 'link-withdrawn'],
      ['refused', 'link-withdrawn'],
      ['ingesting', undefined],
    ]);
  });

  it('that does not exist is not found', async () => {
    expect((await officer({ path: `/v1/links/${ulid()}` })).status).toBe(404);
    expect((await officer({ method: 'POST', path: `/v1/links/${ulid()}/revoke`, headers: { 'If-Match': '"1"' } })).status).toBe(404);
    expect((await officer({ path: '/v1/links/not-an-id' })).status).toBe(400);
  });
});
