import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimViewSchema, type ClaimView } from '#shared/contracts/http/claim-routes.ts';
import { claimPackSchema } from '#shared/domain/claims/claim-pack-schema.ts';
import { verifyClaimPack } from '#shared/domain/claims/claim-pack.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { caseWorld, childNumber, type CaseWorld } from '#test/support/case-world.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();
const kind = 'significant-and-sustained-progress';
const auditor = { role: 'auditor', subject: 'auditor-1' } as const;
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

let world: CaseWorld;
beforeAll(() => {
  world = caseWorld(database(), '2026-03-02');
});

let families = 0;
interface Accepted {
  readonly familyId: string;
  readonly personId: string;
  readonly child: ReturnType<typeof childNumber>;
}

/** A child whom somebody nominates by two headings, accepted on 2 March 2026. */
const anAcceptedFamily = async (): Promise<Accepted> => {
  world.on('2026-03-02');
  const child = childNumber((families += 1));
  await world.nominate(`school-${String(families)}`, [{ ...child, headings: ['H1', 'H3'] }]);
  const personId = await world.personId(child.forename, child.surname);
  const { familyId } = await world.familyOf(personId);
  expect((await world.decide(familyId, 'accept')).status).toBe(201);
  return { familyId, personId, child };
};

/** All of the work with it, and its outcomes reached on 1 May; a claim can be made from 1 November. */
const work = async ({ familyId, personId }: Accepted): Promise<void> => {
  world.on('2026-05-20');
  const facts = [
    { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-03-01' },
    { kind: 'assessment', on: '2026-03-10', personIds: [personId] },
    { kind: 'plan', on: '2026-03-20', criterionIds: ['P2.H1.5', 'P2.H3.5'] },
    { kind: 'agency', name: 'School nursing', from: '2026-03-20' },
    { kind: 'agency', name: 'Youth service', from: '2026-03-20' },
    { kind: 'outcome', criterionId: 'P2.H1.5', reachedOn: '2026-05-01', evidence: ['review of 1 May'] },
    { kind: 'outcome', criterionId: 'P2.H3.5', reachedOn: '2026-05-01', evidence: ['review of 1 May'], tool: 'Family Star' },
    { kind: 'closure', on: '2026-05-15', reason: 'Needs met' },
  ];
  for (const fact of facts) expect((await world.fact(familyId, fact)).status).toBe(201);
  world.on('2026-11-20');
};

const propose = async (familyId: string, over: object = {}) =>
  world.call({ method: 'POST', path: '/v1/claims', body: { familyId, kind }, ...over });
const proposed = async (familyId: string): Promise<ClaimView> => {
  const { status, json } = await propose(familyId);
  expect(status, JSON.stringify(json)).toBe(201);
  return claimViewSchema.parse(json);
};
const step = (claim: ClaimView, what: string, body: unknown, over: object = {}) =>
  world.call({ method: 'POST', path: `/v1/claims/${claim.claimId}/${what}`, ifMatch: `"${String(claim.version)}"`, body, ...over });
const audit = async (claim: ClaimView, answer = 'approve', over: object = {}) =>
  step(claim, 'audits', { answer, reason: 'Looked at everything.' }, { ...auditor, ...over });
const read = async (claimId: string): Promise<ClaimView> =>
  claimViewSchema.parse((await world.call({ path: `/v1/claims/${claimId}` })).json);
const resultsOf = ({ checks }: ClaimView): Record<string, string> => Object.fromEntries(checks.map(({ name, result }) => [name, result]));

describe('a claim', () => {
  it('goes from proposal through audit to submission, and its pack can be verified without the system', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    const claim = await proposed(family.familyId);
    expect(claim).toMatchObject({ state: 'proposed', standing: 'ready-for-audit', claimant: 'officer-1', joinedOn: '2026-03-02' });
    expect(resultsOf(claim)).toMatchObject({
      'outcomes-sustained': 'pass',
      'internal-audit-by-another': 'unknown',
      'not-claimed-before': 'pass',
    });
    expect((await world.call({ path: `/v1/claims/${claim.claimId}/pack` })).json).toMatchObject({
      code: 'state-conflict',
      errors: [{ code: 'not-packed' }],
    });

    const own = await audit(claim, 'approve', { subject: 'officer-1' });
    expect(own).toMatchObject({ status: 403, json: { code: 'second-person-needed' } });
    const approved = await audit(claim);
    expect(approved).toMatchObject({ status: 200, json: { state: 'approved', standing: 'valid' } });
    const { packSha256 } = claimViewSchema.parse(approved.json);

    const { json } = await world.call({ ...auditor, path: `/v1/claims/${claim.claimId}/pack` });
    const pack = claimPackSchema.parse(JSON.parse(JSON.stringify(json)));
    expect(verifyClaimPack(pack, sha256)).toEqual([]);
    expect(sha256(canonicalJson(pack))).toBe(packSha256);
    expect(pack.entry.determination.asAt).toBe('2026-03-02');

    const submitted = await step(claimViewSchema.parse(approved.json), 'submissions', undefined);
    expect(submitted).toMatchObject({ status: 200, json: { state: 'submitted', familyChanged: false, regressions: [] } });
    expect((await read(claim.claimId)).history.map(({ act, by }) => [act, by])).toEqual([
      ['proposed', 'officer-1'],
      ['approved', 'auditor-1'],
      ['submitted', 'officer-1'],
    ]);
  });

  it('of which nothing is recorded has unknown checks, and is returned and not approved', async () => {
    const { familyId } = await anAcceptedFamily();
    const claim = await proposed(familyId);
    const unknown = [
      'lead-practitioner-throughout',
      'whole-family-assessment',
      'plan-covers-every-need',
      'more-than-one-agency',
      'outcome-for-every-need',
    ];
    expect(resultsOf(claim)).toMatchObject(Object.fromEntries(unknown.map((check) => [check, 'unknown'])));
    expect(claim.standing).toBe('open');
    const refused = await audit(claim);
    expect(refused).toMatchObject({ status: 409, json: { code: 'claim-not-ready' } });
    expect((refused.json as { errors: { code: string }[] }).errors.map(({ code }) => code)).toEqual(expect.arrayContaining(unknown));
    expect(await audit(claim, 'return')).toMatchObject({ status: 200, json: { state: 'returned' } });
  });

  it('too early, before the outcomes have lasted six months, is not approved; later it is', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    world.on('2026-10-31');
    const claim = await proposed(family.familyId);
    expect(resultsOf(claim)).toMatchObject({ 'outcomes-sustained': 'fail' });
    expect((await audit(claim)).status).toBe(409);
    world.on('2026-11-01');
    expect((await audit(claim)).status).toBe(200);
  });

  it('fails where the need shows again in the time that the outcome must last', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    world.on('2026-08-03');
    await world.nominate('clinic', [{ ...family.child, headings: ['H1'] }]);
    world.on('2026-11-20');
    const claim = await proposed(family.familyId);
    expect(resultsOf(claim)).toMatchObject({ 'nothing-contrary-since': 'fail' });
    expect((await audit(claim)).status).toBe(409);
  });

  it('is one for a family, however many are proposed at once, and can be made again once it is withdrawn', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => propose(family.familyId, { subject: `officer-${String(index)}` })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const claim = claimViewSchema.parse(answers.find(({ status }) => status === 201)?.json);
    expect(await propose(family.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
    expect(await step(claim, 'withdrawals', { reason: 'It was too early.' })).toMatchObject({ status: 200, json: { state: 'withdrawn' } });
    expect((await proposed(family.familyId)).claimId).not.toBe(claim.claimId);
  });

  it('asked for again with the same key is the same claim', async () => {
    const family = await anAcceptedFamily();
    const key = '0b0f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11';
    const [first, second] = [await propose(family.familyId, { key }), await propose(family.familyId, { key })];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    const other = await world.call({
      method: 'POST',
      path: '/v1/claims',
      key,
      body: { familyId: family.familyId, kind: 'continuous-employment' },
    });
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
  });

  it('is only for accepted families, and of results that their rules know', async () => {
    const family = await anAcceptedFamily();
    const wrong = await world.call({ method: 'POST', path: '/v1/claims', body: { familyId: family.familyId, kind: 'turned-around' } });
    expect(wrong).toMatchObject({ status: 400, json: { errors: [{ code: 'no-such-result' }] } });
    await world.decide(family.familyId, 'decline', { reconsiders: true });
    expect(await propose(family.familyId)).toMatchObject({
      status: 409,
      json: { code: 'state-conflict', errors: [{ code: 'not-accepted' }] },
    });
  });

  it('cannot be submitted before it is approved, nor with an old version', async () => {
    const family = await anAcceptedFamily();
    const claim = await proposed(family.familyId);
    expect((await step(claim, 'submissions', undefined)).status).toBe(409);
    expect((await step({ ...claim, version: 7 }, 'withdrawals', { reason: 'It was too early.' })).status).toBe(412);
  });
});

describe('outcomes', () => {
  it('say of each need what was recorded, how long it has lasted, and what speaks against it', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    world.on('2026-08-03');
    const { json } = await world.call({ path: `/v1/families/${family.familyId}/outcomes` });
    expect(json).toMatchObject({
      joinedOn: '2026-03-02',
      asAt: '2026-08-03',
      needs: [
        {
          criterionId: 'P2.H1.5',
          identifiedOn: '2026-03-02',
          payable: true,
          recorded: { reachedOn: '2026-05-01' },
          sustain: { is: 'running', from: '2026-05-01', to: '2026-11-01' },
          contrary: [],
        },
        { criterionId: 'P2.H3.5', recorded: { tool: 'Family Star' } },
      ],
      regressions: [],
      results: [{ kind, standing: 'not-valid' }, { kind: 'continuous-employment' }],
    });
    await world.nominate('clinic', [{ ...family.child, headings: ['H4', 'H1'] }]);
    const later = (await world.call({ path: `/v1/families/${family.familyId}/outcomes` })).json;
    // A need found later joins; one that shows again after the work has ended is a regression.
    expect(later).toMatchObject({
      needs: [
        { criterionId: 'P2.H1.5', contrary: [expect.any(String)] },
        { criterionId: 'P2.H3.5' },
        { criterionId: 'P2.H4.4', identifiedOn: '2026-08-03' },
      ],
      regressions: [{ criterionId: 'P2.H1.5' }, { criterionId: 'P2.H4.4' }],
    });
  });

  it('are of accepted families only', async () => {
    const family = await anAcceptedFamily();
    await world.decide(family.familyId, 'decline', { reconsiders: true });
    expect(await world.call({ path: `/v1/families/${family.familyId}/outcomes` })).toMatchObject({ status: 409 });
  });

  it('asked for four times at once with one key is one claim, and the same answer to each', async () => {
    const family = await anAcceptedFamily();
    await work(family);
    const key = '7b0c1de2-95aa-4c1e-8b7e-0f6c9a1d2e33';
    const answers = await Promise.all(Array.from({ length: 4 }, () => propose(family.familyId, { key })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ json }) => claimViewSchema.parse(json).claimId)).size).toBe(1);
  });

  it('is not approved on rows that have been withdrawn since; the need can be recorded with other evidence', async () => {
    world.on('2026-03-02');
    const child = childNumber((families += 1));
    const uploadId = await world.nominate(`school-${String(families)}`, [{ ...child, headings: ['H1', 'H3'] }]);
    await world.nominate(`clinic-${String(families)}`, [{ ...child, headings: ['H6'] }]);
    const personId = await world.personId(child.forename, child.surname);
    const { familyId } = await world.familyOf(personId);
    await world.decide(familyId, 'accept');
    await work({ familyId, personId, child });
    world.on('2026-05-21');
    await world.fact(familyId, { kind: 'plan', on: '2026-03-20', criterionIds: ['P2.H6.4'] });
    await world.fact(familyId, { kind: 'outcome', criterionId: 'P2.H6.4', reachedOn: '2026-05-01', evidence: ['clinic letter'] });
    world.on('2026-11-20');
    const claim = await proposed(familyId);
    expect(claim.standing).toBe('ready-for-audit');
    await world.withdraw(uploadId);
    const before = await read(claim.claimId);
    expect(before.checks.find(({ name }) => name === 'needs-evidenced-at-entry')).toMatchObject({
      result: 'unknown',
      evidence: ['P2.H1.5', 'P2.H3.5'],
    });
    expect(await audit(claim)).toMatchObject({ status: 409, json: { code: 'claim-not-ready' } });
    for (const criterionId of ['P2.H1.5', 'P2.H3.5'])
      await world.fact(familyId, { kind: 'need', criterionId, identifiedOn: '2026-03-02', evidence: ['letter of the school'] });
    expect((await read(claim.claimId)).standing).toBe('ready-for-audit');
  });
});
