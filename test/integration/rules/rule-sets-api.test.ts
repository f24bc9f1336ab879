import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ruleSetVersionViewSchema } from '#shared/contracts/http/rule-set-routes.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { fourSuspensions, problemOf, rulesWorld, type RulesWorld } from '../../support/rules-world.ts';

const shipped = { id: 'knowsley-six-headings', version: '2021-04-01' };
const changesSchema = z.object({ changes: z.array(z.object({ says: z.string() })) });

describe('Versions of the rules', () => {
  const database = useDynamoDb();
  let world: RulesWorld;
  let today = '2026-11-23';
  beforeAll(() => {
    world = rulesWorld(database(), () => today);
  });
  const list = async () => {
    const { json } = await world.call({ path: '/v1/rule-sets', query: { limit: '100' } });
    return z.object({ items: z.array(ruleSetVersionViewSchema) }).parse(json).items;
  };
  const standings = async () => Object.fromEntries((await list()).map(({ name, standing }) => [`${name.id} ${name.version}`, standing]));
  const inForce = async (day: string) => (await world.ports.rules.on(day)).ruleSet.plan?.version ?? 'national';
  const april = fourSuspensions('2027-04-01');

  it('begin with those of the code: the council’s own programme in force, the national ones to lay a plan over', async () => {
    expect(await standings()).toEqual({
      'troubled-families-phase-1 2012-04-01': 'retired',
      'troubled-families-expanded 2015-04-01': 'retired',
      'knowsley-six-headings 2021-04-01': 'in-force',
      'supporting-families-six-headings 2021-04-01': 'not-adopted',
      'supporting-families-ten-headings 2022-10-03': 'not-adopted',
      'families-first 2025-04-01': 'not-adopted',
    });
    const page = await world.call({ path: '/v1/rule-sets', query: { limit: '4' }, roles: ['lead-practitioner'] });
    const { items, cursor } = z.object({ items: z.array(z.unknown()), cursor: z.string() }).parse(page.json);
    const rest = await world.call({ path: '/v1/rule-sets', query: { limit: '4', cursor } });
    expect([
      items.length,
      z
        .object({ items: z.array(z.unknown()) })
        .strict()
        .parse(rest.json).items.length,
    ]).toEqual([4, 2]);
    expect((await world.call({ path: '/v1/rule-sets', query: { cursor: 'x' } })).status).toBe(400);
    expect((await world.call({ path: '/v1/rule-sets', roles: ['administrator'] })).status).toBe(403);
    expect((await world.call({ path: `/v1/rule-sets/knowsley-six-headings/versions/1999` })).status).toBe(404);
  });

  it('are proposed as a plan, compared change by change, and approved by somebody else on the very text that was read', async () => {
    const proposed = await world.propose({ kind: 'plan', plan: april });
    expect([proposed.status, proposed.headers['location'], proposed.headers['etag']]).toEqual([
      201,
      '/v1/rule-sets/knowsley-six-headings/versions/2027-04-01',
      '"1"',
    ]);
    const draft = await world.read(april);
    expect(draft).toMatchObject({ standing: 'draft', council: 'Knowsley', effectiveFrom: '2027-04-01', drafted: { by: 'author' } });

    const compared = await world.call({
      path: '/v1/rule-sets/knowsley-six-headings/versions/2027-04-01/changes',
      query: { fromId: shipped.id, fromVersion: shipped.version },
    });
    const says = changesSchema.parse(compared.json).changes.map((change) => change.says);
    expect(says).toContain('P2.H2.2, ways.0.measure.atLeast: 3 becomes 4.');
    expect(says.filter((each) => each.startsWith('P2.') && !each.startsWith('P2.H2.2'))).toEqual([]);

    expect(problemOf(await world.step(april, 'approve', { sha256: draft.sha256 }, 'author')).code).toBe('second-person-needed');
    expect(problemOf(await world.step(april, 'approve', { sha256: 'a'.repeat(64) }, 'manager')).code).toBe('version-mismatch');
    const path = '/v1/rule-sets/knowsley-six-headings/versions/2027-04-01/approve';
    const body = { sha256: draft.sha256 };
    expect((await world.call({ method: 'POST', path, subject: 'manager', body })).status).toBe(428);
    expect((await world.call({ method: 'POST', path, subject: 'manager', headers: { 'If-Match': '"7"' }, body })).status).toBe(412);
    expect((await world.call({ method: 'POST', path, roles: ['auditor'], headers: { 'If-Match': '"1"' }, body })).status).toBe(403);
    expect((await world.step(april, 'approve', body, 'manager')).status).toBe(200);
    expect(problemOf(await world.step(april, 'approve', body, 'manager')).code).toBe('state-conflict');
    expect(world.audit.entries).toContainEqual(
      expect.objectContaining({ result: 'changed', actorId: 'manager', subjects: [draft.sha256] }),
    );
  });

  it('take effect on their day and end what was in force, without a day between', async () => {
    expect(await world.read(shipped)).toMatchObject({
      standing: 'in-force',
      effectiveTo: '2027-04-01',
      retired: { followedBy: { version: '2027-04-01' } },
    });
    expect(await Promise.all(['2027-03-31', '2027-04-01', '2030-01-01'].map(inForce))).toEqual(['2021-04-01', '2027-04-01', '2027-04-01']);
    expect(world.sent).toEqual([]);
  });

  it('find room before those that are approved already, and not across them', async () => {
    const january = { ...fourSuspensions('2027-01-01'), id: 'a-trial' };
    expect((await world.propose({ kind: 'plan', plan: january })).status).toBe(201);
    const { sha256 } = await world.read(january);
    expect(problemOf(await world.step(january, 'approve', { sha256 }, 'manager')).code).toBe('rules-overlap');

    const until = { ...january, version: '2027-01-01-b', period: { ...fourSuspensions('2027-01-01').period, effectiveTo: '2027-04-01' } };
    await world.propose({ kind: 'plan', plan: until });
    const read = await world.read(until);
    expect((await world.step(until, 'approve', { sha256: read.sha256 }, 'manager')).status).toBe(200);
    expect(await Promise.all(['2026-12-31', '2027-01-01', '2027-04-01'].map(inForce))).toEqual([
      '2021-04-01',
      '2027-01-01-b',
      '2027-04-01',
    ]);

    const short = { ...january, version: 'short', period: { ...fourSuspensions('2027-05-01').period, effectiveTo: '2027-06-01' } };
    await world.propose({ kind: 'plan', plan: short });
    const third = await world.read(short);
    expect(problemOf(await world.step(short, 'approve', { sha256: third.sha256 }, 'manager')).code).toBe('days-without-rules');
  });

  it('can be taken back until they begin; what they would have followed goes on', async () => {
    const because = { because: 'The panel has decided against it.' };
    expect((await world.step({ id: 'a-trial', version: '2027-01-01-b' }, 'retire', because, 'manager')).status).toBe(200);
    expect(await Promise.all(['2027-01-01', '2027-04-01'].map(inForce))).toEqual(['2021-04-01', '2027-04-01']);
    expect((await world.step(april, 'retire', because, 'manager')).status).toBe(200);
    expect(await inForce('2030-01-01')).toBe('2021-04-01');
    expect((await world.read(shipped)).effectiveTo).toBeUndefined();
    expect((await world.step({ id: 'a-trial', version: '2027-01-01' }, 'retire', because, 'author')).status).toBe(200);
    expect(problemOf(await world.step(shipped, 'retire', because, 'manager')).code).toBe('days-without-rules');
    expect(problemOf(await world.step(april, 'retire', because, 'manager')).code).toBe('state-conflict');
  });

  it('that take effect today send every family to be looked at again, once', async () => {
    const now = fourSuspensions(today);
    await world.bringIn(now);
    expect(world.sent).toHaveLength(1);
    expect(await world.ports.ruleSets.readRolledOut()).toEqual({ id: now.id, version: now.version });
    today = '2026-11-24';
    expect(await inForce(today)).toBe('2026-11-23');
  });

  it('refuse what cannot be held against families, field by field, and repeat a request only as it was', async () => {
    const wrong = async (body: unknown): Promise<string> => {
      const { status, errors = [] } = problemOf(await world.propose(body));
      return `${String(status)} ${errors.map(({ pointer, code }) => `${pointer ?? ''} ${code}`).join(', ')}`;
    };
    const plan = fourSuspensions('2028-04-01');
    expect(await wrong({ kind: 'plan', plan: { ...plan, entri: {} } })).toBe('400 /body/plan unknown-field');
    expect(await wrong({ kind: 'plan', plan: { ...plan, id: 'a plan#1' } })).toBe('400 /body/plan/id not-valid');
    expect(await wrong({ kind: 'plan', plan: { ...plan, changes: { 'P9.H9.9': {} } } })).toBe('422 /body/plan plan-does-not-fit');
    expect(await wrong({ kind: 'plan', plan: { ...plan, over: { id: 'no-such', version: '1' } } })).toBe(
      '422 /body/plan/over no-such-base',
    );
    const { citation } = supportingFamiliesTenHeadings.entry;
    expect(await wrong({ kind: 'plan', plan: { ...plan, entry: { count: 'headings', atLeast: 9, citation } } })).toBe(
      '422 /body/plan plan-does-not-fit',
    );
    const signedOffBy = { name: 'A', office: 'B', on: '2026-11-23' };
    expect(await wrong({ kind: 'plan', plan: { ...plan, changes: { 'P2.H5.4': { signedOffBy } } } })).toBe(
      '422 /body/plan sign-off-in-draft',
    );
    const whole = { ...supportingFamiliesTenHeadings, version: '2029-04-01' };
    expect(await wrong({ kind: 'rule-set', ruleSet: { ...whole, criteria: [] } })).toMatch(/^400 \/body\/ruleSet\/criteria too-small/);

    const key = { 'Idempotency-Key': 'a-key-of-my-own-1' };
    const ask = (ruleSet: unknown) =>
      world.call({ method: 'POST', path: '/v1/rule-sets', headers: key, body: { kind: 'rule-set', ruleSet } });
    expect([(await ask(whole)).status, (await ask(whole)).status, (await ask({ ...whole, title: 'Another' })).status]).toEqual([
      201, 201, 422,
    ]);
    expect(problemOf(await world.propose({ kind: 'rule-set', ruleSet: whole })).code).toBe('rule-set-exists');
  });

  it('let a named person answer for an unconfirmed criterion of a draft, who then is not the one to approve it', async () => {
    const ten = { id: 'supporting-families-ten-headings', version: '2029-04-01' };
    expect((await world.read(ten)).openSignOffs).toHaveLength(35);
    const body = { criterionId: 'SF.1.1', name: 'A. Manager', office: 'Head of Early Help' };
    const before = await world.read(ten);
    expect((await world.step(ten, 'sign-offs', body, 'manager')).status).toBe(200);
    const after = await world.read(ten);
    expect(after.openSignOffs).not.toContain('SF.1.1');
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.signOffs).toEqual([{ ...body, by: 'manager', at: '2026-11-24T12:00:00.000Z' }]);
    expect(problemOf(await world.step(ten, 'sign-offs', body, 'manager')).code).toBe('nothing-to-sign-off');
    expect(problemOf(await world.step(shipped, 'sign-offs', body, 'manager')).code).toBe('state-conflict');
    expect(problemOf(await world.step(ten, 'approve', { sha256: after.sha256 }, 'manager')).code).toBe('second-person-needed');

    // A plan over it keeps the sign-off of a rule that it leaves as it is, and of no other.
    const { citation, ways } = supportingFamiliesTenHeadings.criteria.find(({ id }) => id === 'SF.1.1') ?? {};
    const over = (version: string, changes: object) => ({ ...fourSuspensions('2029-05-01'), id: 'ten', version, over: ten, changes });
    await world.propose({ kind: 'plan', plan: over('1', {}) });
    await world.propose({ kind: 'plan', plan: over('2', { 'SF.1.1': { citation, ways: ways?.slice(0, 1) } }) });
    expect((await world.read({ id: 'ten', version: '1' })).openSignOffs).not.toContain('SF.1.1');
    expect((await world.read({ id: 'ten', version: '2' })).openSignOffs).toContain('SF.1.1');
  });
});
