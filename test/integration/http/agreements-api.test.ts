import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/links-api/routes.ts';
import { agreementViewSchema, type NewAgreement } from '#shared/contracts/http/agreement-routes.ts';
import { createdLinkSchema } from '#shared/contracts/http/link-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { allColumnsOf, aNewAgreement } from '#test/support/an-agreement.ts';
import { callApi, type ApiCall } from '#test/support/api-call.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { aNewLink, portalWorld, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
let world: PortalWorld;
let handler: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  handler = httpHandler(routes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
});

const officer = (call: ApiCall) => callApi(handler, { roles: ['data-officer'], ...call });
const create = (body: unknown, key = ulid()) =>
  officer({ method: 'POST', path: '/v1/agreements', headers: { 'Idempotency-Key': key }, body });
const made = async (over: Partial<NewAgreement> = {}) => agreementViewSchema.parse((await create(aNewAgreement(over))).json);
const order = async (body: unknown) => officer({ method: 'POST', path: '/v1/links', headers: { 'Idempotency-Key': ulid() }, body });
const edit = (agreementId: string, body: unknown, etag: string) =>
  officer({ method: 'PUT', path: `/v1/agreements/${agreementId}`, headers: { 'If-Match': etag }, body });
const end = (agreementId: string, etag: string, reason = 'The school has withdrawn.') =>
  officer({ method: 'POST', path: `/v1/agreements/${agreementId}/end`, headers: { 'If-Match': etag }, body: { reason } });
const terms = ({ reference: _reference, agency: _agency, ...rest }: NewAgreement) => rest;

describe('A data-sharing agreement', () => {
  it('is recorded once for a key, listed newest first and read with its ETag', async () => {
    const [key, body] = [ulid(), aNewAgreement()];
    const [first, again] = [await create(body, key), await create(body, key)];
    const agreement = agreementViewSchema.parse(first.json);
    expect([first.status, agreement.state, agreement.version]).toEqual([201, 'in-force', 1]);
    expect(again.json).toEqual(first.json);
    expect((await create({ ...body, cohort: 'Everybody' }, key)).json).toMatchObject({ code: 'idempotency-key-reused' });
    expect(audit.entries.find(({ action }) => action === 'createAgreement')).toMatchObject({
      subjects: [agreement.agreementId],
      result: 'changed',
    });

    const read = await officer({ path: `/v1/agreements/${agreement.agreementId}` });
    expect([read.json, read.headers['etag']]).toEqual([first.json, '"1"']);
    const newer = await made();
    const listed = pageOf(agreementViewSchema).parse((await officer({ path: '/v1/agreements', query: { limit: '2' } })).json);
    expect(listed.items.map(({ agreementId }) => agreementId)).toEqual([newer.agreementId, agreement.agreementId]);
    expect((await officer({ path: `/v1/agreements/${ulid()}` })).status).toBe(404);
  });

  it.each([
    ['an end before its start', { start: '2026-09-02', end: '2026-09-01' }, '/body/end', 'period-backwards'],
    ['an end of no plausible year', { end: '9999-12-31' }, '/body/end', 'day-implausible'],
    ['a start of no plausible year', { start: '0001-01-01' }, '/body/start', 'day-implausible'],
    [
      'a column that the feed does not have',
      { feeds: [{ feed: 'school-roll', columns: [...allColumnsOf('school-roll').columns, 'shoe_size'] }] },
      undefined,
      'column-unknown',
    ],
    [
      'a feed without a column that it needs',
      { feeds: [allColumnsOf('school-roll', ['partner_person_id'])] },
      '/body/feeds/0/columns',
      'column-needed',
    ],
    [
      'a column twice',
      { feeds: [{ ...allColumnsOf('school-roll'), columns: [...allColumnsOf('school-roll').columns, 'upn'] }] },
      `/body/feeds/0/columns/${String(allColumnsOf('school-roll').columns.length)}`,
      'column-twice',
    ],
    ['a name that a spreadsheet would run', { agencyName: '=HYPERLINK(1)' }, '/body/agencyName', 'label'],
    ['a feed twice', { feeds: [allColumnsOf('school-roll'), allColumnsOf('school-roll')] }, '/body/feeds/1', 'feed-twice'],
    ['no purpose', { purposes: [] }, '/body/purposes', 'too-small'],
    ['an agency that is no short name', { agency: 'Northfield Academy' }, '/body/agency', 'agency-id'],
    ['an e-mail address for a role', { contactRole: 'jo@example.org' }, '/body/contactRole', 'label'],
  ])('is refused with %s', async (_what, fault, pointer, code) => {
    const { status, json } = await create({ ...aNewAgreement(), ...fault });
    expect([status, json]).toMatchObject([400, { errors: [{ ...(pointer === undefined ? {} : { pointer }), code }] }]);
  });

  it('has a reference of its own, also when two are recorded at once', async () => {
    const reference = `DSA-${ulid()}`;
    const answers = await Promise.all([1, 2, 3].map(() => create(aNewAgreement({ reference }))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, json } of answers)
      if (status !== 201) expect(json).toMatchObject({ status: 400, errors: [{ pointer: '/body/reference', code: 'reference-taken' }] });
  });

  it('is edited only by somebody who has read it as it is; what it said before stays readable', async () => {
    const agreement = await made();
    const { agreementId } = agreement;
    const changed = { ...terms(aNewAgreement()), cohort: 'Pupils in year 6' };
    expect((await edit(agreementId, changed, '"2"')).status).toBe(412);
    const answer = await edit(agreementId, changed, '"1"');
    expect([answer.status, answer.json, answer.headers['etag']]).toMatchObject([
      200,
      { cohort: 'Pupils in year 6', reference: agreement.reference, agency: agreement.agency, version: 2 },
      '"2"',
    ]);
    const both = await Promise.all(['one', 'two'].map((cohort) => edit(agreementId, { ...changed, cohort }, '"2"')));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const versions = await officer({ path: `/v1/agreements/${agreementId}/versions` });
    const { items } = pageOf(agreementViewSchema).parse(versions.json);
    expect(items.map(({ version, cohort }) => [version, cohort]).slice(1)).toEqual([
      [2, 'Pupils in year 6'],
      [1, agreement.cohort],
    ]);
  });

  it('ends once, with a reason, and changes no more', async () => {
    const { agreementId } = await made();
    expect((await end(agreementId, '"1"', '')).status).toBe(400);
    expect((await end(agreementId, '"1"')).json).toMatchObject({
      state: 'ended',
      ended: { reason: 'The school has withdrawn.' },
      version: 2,
    });
    expect((await end(agreementId, '"2"')).json).toMatchObject({ code: 'state-conflict' });
    expect((await edit(agreementId, terms(aNewAgreement()), '"2"')).json).toMatchObject({ code: 'state-conflict' });
  });
});

describe('A link', () => {
  it('is made under an agreement in force that covers its feed, and not for longer', async () => {
    const { agreementId, reference, agency } = await made({ feeds: [allColumnsOf('school-roll')], end: '2026-12-31' });
    const faults = async (over: Record<string, unknown>) => (await order({ ...aNewLink({ agreementId }), ...over })).json;
    expect(await faults({ feed: 'suspensions' })).toMatchObject({ errors: [{ pointer: '/body/feed', code: 'feed-not-agreed' }] });
    expect(await faults({ expiresAt: '2027-01-01T00:00:00Z' })).toMatchObject({
      errors: [{ pointer: '/body/expiresAt', code: 'expiry-after-agreement' }],
    });
    const link = createdLinkSchema.parse(await faults({}));
    expect([link.agreement, link.agency]).toEqual([reference, agency]);

    const notBegun = await made({ start: '2026-11-24' });
    const over = await made({ start: '2025-11-24', end: '2026-11-22' });
    await end(agreementId, '"1"');
    for (const id of [notBegun.agreementId, over.agreementId, agreementId]) {
      expect(await faults({ agreementId: id })).toMatchObject({ errors: [{ code: 'agreement-not-in-force' }] });
    }
  });
});
