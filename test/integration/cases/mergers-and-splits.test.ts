import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimViewSchema, type ClaimView } from '#shared/contracts/http/claim-routes.ts';
import type { Judgement } from '#shared/domain/people/judgement.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { approveJudgement } from '#shared/services/judgements/approve-judgement.ts';
import { splitPerson } from '#shared/services/judgements/split-person.ts';
import { undoJudgement } from '#shared/services/judgements/undo-judgement.ts';
import { decideReview } from '#shared/services/review/decide-review.ts';
import { proposeReview } from '#shared/services/review/propose-review.ts';
import { caseWorld, childNumber, type CaseWorld } from '#test/support/case-world.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { recordHolder } from '#test/support/hold-records.ts';

const database = useDynamoDb();
const said = { by: { id: 'officer-1', roles: ['programme-officer'] as const }, reason: 'The school says so.' };
const agreed = { by: { id: 'officer-2', roles: ['programme-officer'] as const }, reason: 'Looked at both.' };
const kind = 'significant-and-sustained-progress';

let world: CaseWorld;
beforeAll(() => {
  world = caseWorld(database(), '2026-03-02');
});

interface Home {
  readonly familyId: string;
  readonly child: string;
  readonly sibling: string;
}

let homes = 0;
/** Two children of one surname at one home, the elder nominated by two headings. */
const aHome = async (): Promise<Home> => {
  const elder = childNumber((homes += 1));
  const younger = { ...elder, forename: `${elder.forename}ina`, dob: '17/11/2021' };
  await world.nominate(`school-${String(homes)}`, [
    { ...elder, headings: ['H1', 'H3'] },
    { ...younger, headings: ['H3'] },
  ]);
  const child = await world.personId(elder.forename, elder.surname);
  return { familyId: (await world.familyOf(child)).familyId, child, sibling: await world.personId(younger.forename, younger.surname) };
};
/** The older one first: its id stays when they become one. */
const twoHomes = async (): Promise<readonly [Home, Home]> => [await aHome(), await aHome()];

const judged = async ({ judgementId }: Judgement): Promise<Judgement> => {
  const judgement = await world.assess().ports.judgements.findJudgement(judgementId);
  if (judgement === undefined) throw new Error('gone');
  return judgement;
};
const carryOut = async (judgement: Judgement): Promise<Judgement> => {
  if (judgement.status === 'proposed') {
    const { judgementId, version: ifMatch } = judgement;
    await approveJudgement(world.assess().ports, { judgementId, ifMatch, answer: 'approve', word: agreed });
  }
  await world.settle();
  return judged(judgement);
};
const merge = async (a: string, b: string): Promise<Judgement> => {
  const { ports } = world.assess();
  const review = await proposeReview(ports, [a, b]);
  const { judgement } = await decideReview(ports, { reviewId: review.reviewId, ifMatch: review.version, answer: 'same', word: said });
  return carryOut(judgement);
};
const undo = async ({ judgementId, version: ifMatch }: Judgement): Promise<Judgement> =>
  carryOut(await undoJudgement(world.assess().ports, { judgementId, ifMatch, word: said }));

const view = async (familyId: string) => {
  const { version: _, determination, ...rest } = (await world.readCase(familyId)).view;
  return { ...rest, determination: { ...determination, version: 0 } };
};
const stage = async (familyId: string) => (await world.readCase(familyId)).view.stage;
const propose = (familyId: string, subject = 'officer-1') =>
  world.call({ method: 'POST', path: '/v1/claims', subject, body: { familyId, kind } });
const proposed = async (familyId: string): Promise<ClaimView> => {
  const { status, json } = await propose(familyId);
  expect(status, JSON.stringify(json)).toBe(201);
  return claimViewSchema.parse(json);
};
const read = async ({ claimId }: ClaimView): Promise<ClaimView> =>
  claimViewSchema.parse((await world.call({ path: `/v1/claims/${claimId}` })).json);
const withdraw = async (claim: ClaimView): Promise<void> => {
  const body = { reason: 'To be looked at again.' };
  const answer = await world.call({
    method: 'POST',
    path: `/v1/claims/${claim.claimId}/withdrawals`,
    ifMatch: `"${String(claim.version)}"`,
    body,
  });
  expect(answer.status).toBe(200);
};

describe('two families that become one', () => {
  it('have one case: what was decided and recorded about either is about the one, and each has its own again after the undo', async () => {
    const [a, b] = await twoHomes();
    await world.decide(b.familyId, 'accept');
    await world.fact(b.familyId, { kind: 'assessment', on: '2026-03-01', personIds: [b.child, b.sibling] });
    await world.fact(b.familyId, { kind: 'plan', on: '2026-03-01', criterionIds: ['P2.H1.5'] });
    await world.settle();
    const before = [await view(a.familyId), await view(b.familyId)];
    expect(before.map((each) => each.stage)).toEqual(['awaiting', 'open']);

    const judgement = await merge(a.child, b.child);
    expect(await view(a.familyId)).toMatchObject({
      stage: 'open',
      decisions: [{ familyId: b.familyId, answer: 'accept', holds: true }],
      facts: [{ fact: { kind: 'assessment' } }, { fact: { kind: 'plan' } }],
    });
    expect(await stage(b.familyId)).toBe('over');
    expect(await world.fact(b.familyId, { kind: 'review', on: '2026-03-02' })).toMatchObject({
      status: 409,
      json: { errors: [{ code: 'no-family-any-more' }] },
    });
    // Somebody who was assessed is the same person under another id: the assessment still covers the whole family.
    const outcomes = (await world.call({ path: `/v1/families/${a.familyId}/outcomes` })).json as {
      results: { checks: { name: string; evidence: string[] }[] }[];
    };
    const assessment = outcomes.results[0]?.checks.find(({ name }) => name === 'whole-family-assessment');
    expect(assessment?.evidence).toEqual([a.sibling]);

    await undo(judgement);
    expect([await view(a.familyId), await view(b.familyId)]).toEqual(before);
  });

  it('were accepted if one of them was, though the other was declined; a correction goes with the merger', async () => {
    const [a, b] = await twoHomes();
    await world.decide(a.familyId, 'decline');
    await world.decide(b.familyId, 'accept');
    await world.fact(b.familyId, { kind: 'review', on: '2026-03-01' });
    const before = await view(b.familyId);
    const judgement = await merge(a.child, b.child);
    expect(await stage(a.familyId)).toBe('open');
    const [fact] = (await world.readCase(a.familyId)).view.facts;
    const corrects = { entryId: fact?.entryId, because: 'It was a day earlier.' };
    expect((await world.write(a.familyId, 'facts', () => ({ fact: { kind: 'review', on: '2026-02-28' }, corrects }))).status).toBe(201);
    expect((await view(a.familyId)).facts.map(({ holds }) => holds)).toEqual([false, true]);
    await undo(judgement);
    expect(await stage(a.familyId)).toBe('declined');
    expect(await view(b.familyId)).toEqual(before);
    expect((await view(a.familyId)).facts.filter(({ holds }) => holds)).toEqual([]);
  });
});

describe('a claim', () => {
  it('for one of two families that become one is the only one, cannot be submitted unseen, and is as before after the undo', async () => {
    const [a, b] = await twoHomes();
    await world.decide(a.familyId, 'accept');
    await world.decide(b.familyId, 'accept');
    const claim = await proposed(b.familyId);
    const judgement = await merge(a.child, b.child);
    expect(await propose(a.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
    expect(await propose(b.familyId)).toMatchObject({ status: 409, json: { code: 'state-conflict' } });
    expect(await read(claim)).toMatchObject({ familyChanged: true, checks: [] });
    await undo(judgement);
    expect(await read(claim)).toEqual(claim);
    expect((await propose(a.familyId)).status).toBe(201);
  });

  it('for a family that two were taken for gives way when the merger is undone, to one claim and not to two', async () => {
    const [a, b] = await twoHomes();
    await world.decide(b.familyId, 'accept');
    const judgement = await merge(a.child, b.child);
    const claim = await proposed(a.familyId);
    await undo(judgement);
    expect(await read(claim)).toMatchObject({ familyChanged: true });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => propose(b.familyId, `officer-${String(index)}`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    // Taken back, the first claim leaves the other's mark alone.
    await withdraw(claim);
    expect(await propose(b.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
  });

  it('for each of two families that become one stands, but only the older passes', async () => {
    const [a, b] = await twoHomes();
    await world.decide(a.familyId, 'accept');
    await world.decide(b.familyId, 'accept');
    const older = await proposed(b.familyId);
    const younger = await proposed(a.familyId);
    await merge(a.child, b.child);
    const check = (await read(younger)).checks.find(({ name }) => name === 'not-claimed-before');
    expect(check).toMatchObject({ result: 'fail', evidence: [older.claimId] });
  });

  it('is one for both parts of a family that is split, however many are proposed for either at once', async () => {
    const [a, b] = await twoHomes();
    await world.decide(a.familyId, 'accept');
    await merge(a.child, b.child);
    const claim = await proposed(a.familyId);
    // It was a mistake, and is put right by saying that the rows of the second home are about somebody else.
    const { ports } = world.assess();
    const person = await ports.judgements.readPerson(a.child);
    const rows = (person?.records ?? [])
      .filter(({ agency }) => agency === `school-${String(homes)}`)
      .map(({ rowId, subject }) => ({ rowId, subject }));
    expect(rows).toHaveLength(1);
    await carryOut(await splitPerson(ports, { personId: a.child, ifMatch: person?.profile.version ?? 0, rows, word: said }));
    const part = await world.familyOf(b.sibling);
    expect(part.familyId).not.toBe(a.familyId);
    // What was decided before the split was decided about both parts.
    expect(await stage(part.familyId)).toBe('open');
    expect(await propose(part.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
    await withdraw(claim);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => propose(index % 2 === 0 ? part.familyId : a.familyId, `officer-${String(index)}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('is one for two families between which a child moves, while the child is there', async () => {
    world.on('2026-03-02');
    const hold = recordHolder(database(), '2026-03-02');
    const homeOf = (line: string) => ({ address: { lines: [line], postcode: 'L34 7QQ' } });
    const born = { Ann: '2012-05-05', Bea: '2014-06-06', Cal: '2012-07-07', Dee: '2014-08-08' };
    const ids = { Ann: ulid(), Bea: ulid(), Cal: ulid(), Dee: ulid() };
    const live = (forename: keyof typeof ids, line: string, over: Partial<PersonRecord> = {}) =>
      hold(ids[forename], {
        details: { forename, surname: 'Moving', birthDate: born[forename], ...homeOf(line) },
        periodEnd: '2026-02-10',
        ...over,
      });
    for (const [forename, line] of [
      ['Ann', '1 Old Road'],
      ['Cal', '2 New Road'],
      ['Dee', '2 New Road'],
    ] as const) {
      await live(forename, line);
      await live(forename, line, { feed: 'childrens-social-care', row: 2, facts: [{ kind: 'child-in-need', from: '2026-01-05' }] });
      await live(forename, line, { feed: 'youth-justice', row: 3, facts: [{ kind: 'proven-offence', from: '2026-02-05' }] });
    }
    // Last seen there more than a year before she is seen elsewhere.
    await live('Bea', '1 Old Road', { standing: false, periodStart: '2024-12-01', periodEnd: '2025-01-31' });
    const assess = () => assessPeople(world.assess().ports, Object.values(ids));
    await assess();
    const [a, b] = [await world.familyOf(ids.Ann), await world.familyOf(ids.Cal)];
    for (const { familyId } of [a, b]) expect((await world.decide(familyId, 'accept')).status).toBe(201);
    const claim = await proposed(a.familyId);

    await live('Bea', '2 New Road', { row: 2, periodEnd: '2026-02-28' });
    await assess();
    expect([(await world.familyOf(ids.Ann)).familyId, (await world.familyOf(ids.Bea)).familyId]).toEqual([a.familyId, b.familyId]);
    expect(await propose(b.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
    await withdraw(claim);
    const other = await proposed(b.familyId);
    expect(await propose(a.familyId)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
    // What was decided about the one was not decided about the other.
    expect((await world.readCase(b.familyId)).view.decisions).toHaveLength(1);
    await withdraw(other);
    expect((await propose(a.familyId)).status).toBe(201);
  });
});
