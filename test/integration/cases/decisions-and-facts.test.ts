import { beforeAll, describe, expect, it } from 'vitest';
import { caseWorld, childNumber, type CaseWorld } from '#test/support/case-world.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();
let world: CaseWorld;
beforeAll(() => {
  world = caseWorld(database(), '2026-03-02');
});

/** A child whom somebody nominates: by two headings the family is eligible. */
let families = 0;
const aNominatedFamily = async (headings: readonly string[] = ['H1', 'H3']): Promise<Nominated> => {
  const child = childNumber((families += 1));
  await world.nominate(`school-${String(families)}`, [{ ...child, headings }]);
  const personId = await world.personId(child.forename, child.surname);
  return { familyId: (await world.familyOf(personId)).familyId, personId, child };
};
interface Nominated {
  readonly familyId: string;
  readonly personId: string;
  readonly child: ReturnType<typeof childNumber>;
}
const again = ({ child }: Nominated, headings: readonly string[]) => world.nominate(`clinic-${String(families)}`, [{ ...child, headings }]);

const awaiting = async (): Promise<readonly string[]> => {
  const { json } = await world.call({ path: '/v1/cases', query: { stage: 'awaiting', limit: '100' } });
  return (json as { items: { familyId: string }[] }).items.map(({ familyId }) => familyId);
};

describe('an eligible family', () => {
  it('waits for a decision from the moment it is eligible, and one that is not does not', async () => {
    const [eligible, other] = [await aNominatedFamily(), await aNominatedFamily(['H1'])];
    expect(await awaiting()).toContain(eligible.familyId);
    expect(await awaiting()).not.toContain(other.familyId);
    expect((await world.readCase(eligible.familyId)).view).toMatchObject({
      stage: 'awaiting',
      decisions: [],
      determination: { outcome: 'eligible', met: ['P2.H1.5', 'P2.H3.5'] },
    });
    expect((await world.readCase(other.familyId)).view.stage).toBe('none');
    const refused = await world.decide(other.familyId, 'accept');
    expect(refused.json).toMatchObject({ code: 'state-conflict', errors: [{ code: 'not-eligible' }] });
  });

  it('is accepted by a person, on the determination that they name, and is no longer waiting', async () => {
    const { familyId } = await aNominatedFamily();
    const { status, json, headers } = await world.decide(familyId, 'accept');
    expect(status).toBe(201);
    expect(json).toMatchObject({
      stage: 'open',
      decisions: [{ answer: 'accept', recordedBy: 'officer-1', on: '2026-03-02', holds: true, determination: { version: 1 } }],
    });
    expect(headers['etag']).toBe('"2"');
    expect(await awaiting()).not.toContain(familyId);
    const twice = await world.decide(familyId, 'accept');
    expect(twice.json).toMatchObject({ code: 'state-conflict', errors: [{ code: 'decided-already' }] });
  });

  it('cannot be decided on a determination that no longer holds', async () => {
    const family = await aNominatedFamily();
    const { familyId } = family;
    const before = await world.readCase(familyId);
    await again(family, ['H4']);
    const body = { answer: 'accept', reason: 'They were asked.', determinationVersion: before.view.determination?.version };
    const stale = await world.call({ method: 'POST', path: `/v1/families/${familyId}/decisions`, ifMatch: before.etag, body });
    expect(stale).toMatchObject({ status: 412, json: { code: 'version-mismatch' } });
    const { etag } = await world.readCase(familyId);
    const other = await world.call({ method: 'POST', path: `/v1/families/${familyId}/decisions`, ifMatch: etag, body });
    expect(other).toMatchObject({ status: 409, json: { code: 'determination-changed' } });
    expect((await world.readCase(familyId)).view.stage).toBe('awaiting');
  });

  it('is decided once by many who decide at once', async () => {
    const { familyId } = await aNominatedFamily();
    const { etag } = await world.readCase(familyId);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        world.call({
          method: 'POST',
          path: `/v1/families/${familyId}/decisions`,
          subject: `officer-${String(index)}`,
          ifMatch: etag,
          body: { answer: index % 2 === 0 ? 'accept' : 'decline', reason: 'They were asked.', determinationVersion: 1 },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    // Too late by the version, or already decided by the time it was read.
    expect(statuses.filter((status) => status === 412 || status === 409)).toHaveLength(5);
    expect((await world.readCase(familyId)).view.decisions).toHaveLength(1);
  });

  it('once declined is asked about again only when it shows a need that it did not', async () => {
    const family = await aNominatedFamily();
    const { familyId } = family;
    await world.decide(familyId, 'decline');
    expect(await awaiting()).not.toContain(familyId);
    // Another row of the same need changes the determination, and nothing that matters.
    await again(family, ['H3']);
    expect((await world.readCase(familyId)).view).toMatchObject({ stage: 'declined', determination: { version: 2 } });
    expect(await awaiting()).not.toContain(familyId);
    await again(family, ['H4']);
    expect((await world.readCase(familyId)).view).toMatchObject({ stage: 'awaiting', askedAgain: true });
    expect(await awaiting()).toContain(familyId);
    await world.decide(familyId, 'accept');
    const { view } = await world.readCase(familyId);
    expect(view.stage).toBe('open');
    expect(view.decisions.map(({ answer, holds }) => [answer, holds])).toEqual([
      ['decline', false],
      ['accept', true],
    ]);
  });

  it('says in its list and by itself that it waits for a decision until somebody has made one, to every reader', async () => {
    const { familyId } = await aNominatedFamily();
    const waitingFor = async (role: 'programme-officer' | 'lead-practitioner'): Promise<unknown[]> => {
      const list = await world.call({ role, path: '/v1/families', query: { eligibility: 'eligible', limit: '100' } });
      const one = await world.call({ role, path: `/v1/families/${familyId}` });
      const listed = (list.json as { items: { familyId: string; waitingFor: unknown }[] }).items.find((each) => each.familyId === familyId);
      return [listed?.waitingFor, (one.json as { waitingFor: unknown }).waitingFor];
    };
    expect(await waitingFor('programme-officer')).toEqual([['decision'], ['decision']]);
    expect(await waitingFor('lead-practitioner')).toEqual([['decision'], ['decision']]);
    await world.decide(familyId, 'decline');
    expect(await waitingFor('programme-officer')).toEqual([[], []]);
    expect(await waitingFor('lead-practitioner')).toEqual([[], []]);
  });

  it('can be decided anew by whoever says so', async () => {
    const { familyId } = await aNominatedFamily();
    await world.decide(familyId, 'decline');
    expect(await world.decide(familyId, 'accept', { reconsiders: true })).toMatchObject({ status: 201, json: { stage: 'open' } });
  });
});

const anAcceptedFamily = async (): Promise<Nominated> => {
  const family = await aNominatedFamily();
  await world.decide(family.familyId, 'accept');
  return family;
};

describe('facts of the work', () => {
  /** One for all that is refused: nothing comes of it. */
  let acceptedOnce: string | undefined;

  it('are recorded about an accepted family, with who and when, and an assessment about any', async () => {
    const { familyId, personId } = await aNominatedFamily();
    const early = await world.fact(familyId, { kind: 'plan', on: '2026-03-01', criterionIds: ['P2.H1.5'] });
    expect(early.json).toMatchObject({ code: 'state-conflict', errors: [{ code: 'not-accepted' }] });
    expect((await world.fact(familyId, { kind: 'assessment', on: '2026-03-01', personIds: [personId] })).status).toBe(201);
    await world.decide(familyId, 'accept');
    const plan = await world.fact(familyId, { kind: 'plan', on: '2026-03-01', criterionIds: ['P2.H1.5'] });
    expect(plan.status).toBe(201);
    expect((await world.readCase(familyId)).view.facts).toMatchObject([
      { fact: { kind: 'assessment' }, holds: true, recordedBy: 'officer-1' },
      { fact: { kind: 'plan' }, holds: true, shared: false },
    ]);
    expect(world.audit.entries.at(-2)).toMatchObject({ action: 'recordFact', result: 'changed', subjects: [familyId, personId] });
  });

  it.each([
    ['a day to come', { kind: 'review', on: '2026-03-03' }, 'in-the-future'],
    ['an end of the work before it began', { kind: 'closure', on: '2026-03-01', reason: 'Needs met' }, 'before-acceptance'],
    [
      'an outcome before the family was accepted',
      { kind: 'outcome', criterionId: 'P2.H1.5', reachedOn: '2026-03-01', evidence: ['review'] },
      'before-acceptance',
    ],
    ['a year with digits that are not its own', { kind: 'review', on: '0026-03-01' }, 'too-long-ago'],
    ['a name that nobody can read', { kind: 'agency', name: '\u200B\u200B', from: '2026-02-01' }, 'no-words'],
    ['an end before its beginning', { kind: 'agency', name: 'School', from: '2026-02-01', to: '2026-01-01' }, 'backwards'],
    [
      'somebody of another family',
      { kind: 'assessment', on: '2026-03-01', personIds: ['01BX5ZZKBKACTAV9WEVGEMMVRZ'] },
      'not-in-the-family',
    ],
    ['a criterion that the rules do not have', { kind: 'plan', on: '2026-03-01', criterionIds: ['SF.1.1'] }, 'no-such-criterion'],
  ])('with %s are refused', async (_, fact, code) => {
    const familyId = (acceptedOnce ??= (await anAcceptedFamily()).familyId);
    expect(await world.fact(familyId, fact)).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ code }] } });
    expect((await world.readCase(familyId)).view.facts).toEqual([]);
  });

  it('are never overwritten: one is corrected by another, or withdrawn, and both stay readable', async () => {
    const { familyId } = await aNominatedFamily();
    await world.decide(familyId, 'accept');
    await world.fact(familyId, { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-02-01' });
    const [first] = (await world.readCase(familyId)).view.facts;
    const corrects = { entryId: first?.entryId, because: 'It was another day.' };
    const lead = { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-02-11' };
    expect((await world.write(familyId, 'facts', () => ({ fact: lead, corrects }))).status).toBe(201);
    const { json } = await world.write(familyId, 'facts', () => ({ fact: lead, corrects }));
    expect(json).toMatchObject({ code: 'invalid-request', errors: [{ code: 'no-such-fact' }] });
    const { view } = await world.readCase(familyId);
    expect(view.facts.map(({ holds }) => holds)).toEqual([false, true]);
    const withdrawn = await world.write(familyId, 'facts', ({ facts }) => ({
      corrects: { entryId: facts[1]?.entryId, because: 'Nobody was named after all.' },
    }));
    expect(withdrawn.status).toBe(201);
    expect((await world.readCase(familyId)).view.facts.map(({ holds, fact }) => [fact?.kind, holds])).toEqual([
      ['lead-practitioner', false],
      ['lead-practitioner', false],
      [undefined, false],
    ]);
  });

  it('move the list on: a family with a lead practitioner is allocated, one whose work has ended is closed', async () => {
    const { familyId } = await aNominatedFamily();
    await world.decide(familyId, 'accept');
    const of = async (stage: string): Promise<unknown> => {
      const { json } = await world.call({ path: '/v1/cases', query: { stage, limit: '100' } });
      return (json as { items: { familyId: string }[] }).items.find((each) => each.familyId === familyId);
    };
    expect(await of('open')).toMatchObject({ stage: 'open', allocated: false });
    await world.fact(familyId, { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-02-01' });
    expect(await of('open')).toMatchObject({ stage: 'open', allocated: true });
    await world.fact(familyId, { kind: 'closure', on: '2026-03-02', reason: 'Needs met' });
    expect(await of('open')).toBeUndefined();
    expect(await of('closed')).toMatchObject({ stage: 'closed', allocated: false });
  });

  it('reach the evaluation: after a whole-family assessment the family is looked at again', async () => {
    const { familyId, personId } = await aNominatedFamily();
    await world.fact(familyId, { kind: 'assessment', on: '2026-03-01', personIds: [personId] });
    expect(await world.waiting()).toMatchObject([{ work: { kind: 'people', personIds: [personId] } }]);
    await world.settle();
    const [head] = await world.ports.cases.findHeads([familyId]);
    expect(head?.standing.assessedOn).toEqual({ whole: '2026-03-01' });
  });
});

describe('a lead practitioner', () => {
  const practitioner = { role: 'lead-practitioner', subject: 'practitioner-1' } as const;

  it('is shown no decision, and of facts what practitioners record and the programme team shares', async () => {
    const { familyId, personId } = await aNominatedFamily();
    await world.decide(familyId, 'accept');
    const seen = await world.readCase(familyId, 'lead-practitioner');
    expect(seen).toMatchObject({ etag: '"0"', view: { decisions: [], facts: [] } });
    expect(seen.view).not.toHaveProperty('stage');
    await world.fact(familyId, { kind: 'agency', name: 'Refuge', from: '2026-02-01' });
    expect(await world.readCase(familyId, 'lead-practitioner')).toEqual(seen);
    expect((await world.fact(familyId, { kind: 'assessment', on: '2026-03-01', personIds: [personId] }, practitioner)).status).toBe(201);
    await world.write(familyId, 'facts', () => ({
      fact: { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: '2026-02-01' },
      shared: true,
    }));
    const { view } = await world.readCase(familyId, 'lead-practitioner');
    expect(view.facts.map(({ fact }) => fact?.kind)).toEqual(['assessment', 'lead-practitioner']);
    expect((await world.readCase(familyId)).view.facts).toHaveLength(3);
  });

  it('is never shared a need that a file of another class can answer', async () => {
    const { familyId } = await aNominatedFamily();
    await world.decide(familyId, 'accept');
    const plan = { kind: 'plan', on: '2026-03-01', criterionIds: ['P2.H5.1'] };
    const refused = await world.write(familyId, 'facts', () => ({ fact: plan, shared: true }));
    expect(refused).toMatchObject({ status: 400, json: { errors: [{ code: 'not-to-be-shared' }] } });
    expect((await world.write(familyId, 'facts', () => ({ fact: plan }))).status).toBe(201);
    expect((await world.readCase(familyId, 'lead-practitioner')).view.facts).toEqual([]);
  });
});
