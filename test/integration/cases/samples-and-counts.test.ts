import { beforeAll, describe, expect, it } from 'vitest';
import { drawSample } from '#shared/domain/claims/draw-sample.ts';
import type { Claim } from '#shared/domain/claims/claim.ts';
import { newId } from '#shared/platform/ids.ts';
import { caseWorld, childNumber, type CaseWorld } from '#test/support/case-world.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();
const auditor = { role: 'auditor', subject: 'auditor-1' } as const;
let world: CaseWorld;
let claims: readonly Claim[];

/** Claims as they are kept, submitted on a day in autumn 2026 under one of two rule sets. */
const submitted = (index: number): Claim => {
  const at = `2026-10-${String((index % 28) + 1).padStart(2, '0')}T09:00:00.000Z`;
  const [id, version] = index % 2 === 0 ? ['troubled-families-phase-1', '2012-04-01'] : ['supporting-families-six-headings', '2021-04-01'];
  const familyId = newId();
  return {
    claimId: newId(),
    version: 1,
    state: 'submitted',
    familyId,
    lineage: [familyId],
    kind: 'turned-around',
    ruleSet: { id, version, title: id },
    decision: { entryId: newId(), familyId, on: '2026-03-02' },
    claimant: 'officer-1',
    since: at,
    history: [{ act: 'submitted', by: 'officer-1', at }],
    expiresOn: '2051-10-01',
  };
};

beforeAll(async () => {
  world = caseWorld(database(), '2026-11-20');
  claims = Array.from({ length: 62 }, (_, index) => submitted(index));
  for (const claim of claims) await world.ports.transactions.commit([world.ports.claims.claimFragment(claim)]);
});

const draw = (body: object, key?: string) =>
  world.call({ ...auditor, method: 'POST', path: '/v1/claim-samples', body, ...(key !== undefined && { key }) });
const october = { from: '2026-10-01', to: '2026-11-01' };

describe('a random sample', () => {
  it('is one in ten of the claims submitted in the time, recorded with its seed, and anybody can draw it again', async () => {
    const { status, json } = await draw(october);
    expect(status).toBe(201);
    const sample = json as { sampleId: string; seed: number; percent: number; of: number; claimIds: string[]; population: string[] };
    expect(sample).toMatchObject({ percent: 10, of: 62, drawnBy: 'auditor-1' });
    expect(sample.claimIds).toHaveLength(7);
    expect(sample.population).toEqual(claims.map(({ claimId }) => claimId).toSorted());
    expect(drawSample(sample.population, { seed: sample.seed }).claimIds).toEqual(sample.claimIds);
    expect((await world.call({ ...auditor, path: `/v1/claim-samples/${sample.sampleId}` })).json).toEqual(sample);
    const { json: list } = await world.call({ ...auditor, path: '/v1/claim-samples' });
    expect(list).toMatchObject({ items: [{ sampleId: sample.sampleId, of: 62 }] });
    expect((list as { items: object[] }).items[0]).not.toHaveProperty('population');
  });

  it('is the same for the same seed, and of the days and rules asked for', async () => {
    const asked = { from: '2026-10-01', to: '2026-10-15', ruleSetId: 'troubled-families-phase-1', percent: 50, seed: 4711 };
    const [first, second] = [await draw(asked), await draw(asked)];
    const ofThem = claims
      .filter(({ since, ruleSet }) => since < '2026-10-15' && ruleSet.id === asked.ruleSetId)
      .map(({ claimId }) => claimId);
    expect(first.json).toMatchObject({ seed: 4711, population: ofThem.toSorted() });
    expect((second.json as { claimIds: string[] }).claimIds).toEqual((first.json as { claimIds: string[] }).claimIds);
  });

  it('asked for again with the same key is the same sample, and backwards it is refused', async () => {
    const key = '3f9f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11';
    expect((await draw(october, key)).json).toEqual((await draw(october, key)).json);
    expect(await draw({ ...october, percent: 20 }, key)).toMatchObject({ status: 422 });
    expect(await draw({ from: '2026-11-01', to: '2026-10-01' })).toMatchObject({ status: 400 });
    const tooSoon = { status: 400, json: { errors: [{ pointer: '/body/to', code: 'in-the-future' }] } };
    expect(await draw({ from: '2026-10-01', to: '2027-06-01' })).toMatchObject(tooSoon);
  });
});

describe('programme counts', () => {
  it('say how many families have come how far, against the targets; small numbers are not shown beyond the programme team', async () => {
    const children = Array.from({ length: 7 }, (_, index) => ({ ...childNumber(index + 1), headings: ['H1', 'H3'] }));
    await world.nominate('school-1', children);
    const families = await Promise.all(
      children.map(async ({ forename, surname }) => (await world.familyOf(await world.personId(forename, surname))).familyId),
    );
    const [first = '', second = '', third = ''] = families;
    await world.decide(first, 'accept');
    await world.fact(first, { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-11-01' });
    await world.decide(second, 'accept');
    await world.fact(second, { kind: 'closure', on: '2026-11-20', reason: 'Needs met' });
    await world.decide(third, 'decline');

    const read = (role: 'programme-officer' | 'auditor' | 'data-officer') => world.call({ role, path: '/v1/programme/counts' });
    const counts = { eligible: 7, awaiting: 4, accepted: 2, declined: 1, allocated: 1, open: 1, closed: 1, claimed: 62 };
    expect((await read('auditor')).json).toMatchObject({
      asAt: '2026-11-20',
      exact: true,
      counts,
      targets: [
        { ruleSetId: 'troubled-families-phase-1', counts: 'turned-around', families: 620, reached: 31 },
        { ruleSetId: 'troubled-families-expanded', counts: 'worked-with', families: 1900, reached: 0 },
      ],
    });
    const few = 'fewer than 5';
    expect((await read('data-officer')).json).toMatchObject({
      exact: false,
      counts: { eligible: 5, awaiting: few, accepted: few, declined: few, allocated: few, open: few, closed: few, claimed: 60 },
      targets: [{ reached: 30 }, { reached: 0 }],
    });
  });
});
