import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '#functions/reviews-api/routes.ts';
import {
  explanationSchema,
  historySchema,
  judgementViewSchema,
  reviewSummarySchema,
  reviewViewSchema,
} from '#shared/contracts/http/review-routes.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { callApi, type ApiCall, type ApiResult } from '#test/support/api-call.ts';
import { capturedOutput } from '#test/support/captured-output.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { judgementWorld, type JudgementWorld } from '#test/support/judgement-world.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
const reason = 'Both schools say it is one pupil.';

let world: JudgementWorld;
beforeAll(() => {
  world = judgementWorld(database(), '2026-03-01');
});

const call = async (
  call: Omit<ApiCall, 'headers'> & { readonly ifMatch?: number; readonly purpose?: string | undefined },
): Promise<ApiResult & { output: string }> => {
  const { ifMatch, purpose = 'data-quality', ...rest } = call;
  let result: ApiResult | undefined;
  const output = await capturedOutput(async () => {
    result = await callApi(httpHandler(routes(world.ports), { audit }), {
      roles: ['programme-officer'],
      ...rest,
      headers: { 'X-Purpose': purpose, ...(ifMatch === undefined ? {} : { 'If-Match': `"${String(ifMatch)}"` }) },
    });
  });
  if (!result) throw new Error('no answer');
  return { ...result, output };
};

const propose = async ([first, second]: readonly string[]) => {
  const { json, status } = await call({ method: 'POST', path: '/v1/reviews', body: { first, second } });
  expect(status).toBe(200);
  return reviewSummarySchema.parse(json);
};
const decisionSchema = z.object({ review: reviewSummarySchema, judgement: judgementViewSchema });
const readJudgement = async (judgementId: string) => {
  const { json, headers } = await call({ path: `/v1/judgements/${judgementId}` });
  return { judgement: judgementViewSchema.parse(json), version: Number(headers['etag']?.replaceAll('"', '')) };
};

describe('a review, from the question to the undo', () => {
  it('shows both sides field by field, takes the answer, carries it out, and takes it back', async () => {
    const [kept, gone] = await world.oneChildTwice();
    const { reviewId } = await propose([gone, kept]);
    expect((await propose([kept, gone])).reviewId).toBe(reviewId);
    const read = await call({ path: `/v1/reviews/${reviewId}` });
    const view = reviewViewSchema.parse(read.json);
    expect(view).toMatchObject({ state: 'open', because: 'possible-match', risks: [] });
    // Matching had asked before: the sum of its lines is the odds that it found.
    const [sum] = view.arithmetic;
    expect(sum?.decision.probability).toBeGreaterThan(0.05);
    expect(sum?.decision.probability).toBeLessThan(0.99);
    expect(sum?.lines.map(({ says }) => says)).toContain('Birth date: same');
    expect(1 / (1 + 2 ** -(sum?.lines.at(-1)?.runningBits ?? 0))).toBeCloseTo(sum?.decision.probability ?? 0, 1);
    expect(Object.fromEntries(view.comparison.map(({ field, agreement }) => [field, agreement]))).toEqual({
      forename: 'agrees',
      surname: 'differs',
      'birth date': 'agrees',
      address: 'differs',
    });
    expect(view.comparison.find(({ field }) => field === 'birth date')).toMatchObject({
      says: 'The birth date agrees.',
      first: [{ value: '2015-03-09', sources: [{ feed: 'school-roll' }] }],
    });
    expect(read.headers['etag']).toBe('"1"');

    const decided = await call({ method: 'POST', path: `/v1/reviews/${reviewId}/decisions`, ifMatch: 1, body: { answer: 'same', reason } });
    expect(decided.status).toBe(202);
    const { judgement } = decisionSchema.parse(decided.json);
    expect(judgement).toMatchObject({ status: 'approved', kind: 'same', people: [kept, gone] });
    expect(decided.output + JSON.stringify(audit.entries)).not.toMatch(/Both schools|Olivia|2015-03-09|Mill Lane|Far Street/);
    await world.settle();
    expect((await readJudgement(judgement.judgementId)).judgement).toMatchObject({ status: 'applied', rowsMoved: 1, decided: { reason } });

    const { version } = await readJudgement(judgement.judgementId);
    const undone = await call({
      method: 'POST',
      path: `/v1/judgements/${judgement.judgementId}/undo`,
      ifMatch: version,
      body: { reason: 'They are cousins.' },
    });
    expect(undone.status).toBe(202);
    await world.settle();
    expect((await readJudgement(judgement.judgementId)).judgement.status).toBe('undone');
    // Twice is once.
    const again = await readJudgement(judgement.judgementId);
    expect(
      (await call({ method: 'POST', path: `/v1/judgements/${judgement.judgementId}/undo`, ifMatch: again.version, body: { reason } }))
        .status,
    ).toBe(409);
  });

  it('remembers that two are different, and does not move anybody', async () => {
    const [a, b] = await world.oneChildTwice();
    const { reviewId } = await propose([a, b]);
    await call({ method: 'POST', path: `/v1/reviews/${reviewId}/decisions`, ifMatch: 1, body: { answer: 'different', reason } });
    await world.settle();
    expect((await world.person(a)).profile).toMatchObject({ recordCount: 1, apart: [{ personId: b, identifiers: [] }] });
    expect((await world.person(b)).profile).toMatchObject({ recordCount: 1, apart: [{ personId: a }] });
    expect(await listed('decided', 'possible-match')).toContain(reviewId);
  });

  it('parks what cannot be told', async () => {
    await world.oneChildTwice();
    const [a, b] = [await world.idOf('Rhys', '3404001'), await world.idOf('Tom', '3404002')];
    const { reviewId } = await propose([a, b]);
    await call({ method: 'POST', path: `/v1/reviews/${reviewId}/decisions`, ifMatch: 1, body: { answer: 'cannot-tell', reason } });
    expect(await listed('open')).not.toContain(reviewId);
    expect(await listed('parked')).toContain(reviewId);
    const later = await call({
      method: 'POST',
      path: `/v1/reviews/${reviewId}/decisions`,
      ifMatch: 2,
      body: { answer: 'different', reason },
    });
    expect(later.status).toBe(202);
  });
});

const listed = async (state: string, because = 'proposed'): Promise<readonly string[]> => {
  const { json } = await call({ path: '/v1/reviews', query: { state, reason: because, limit: '100' } });
  return z
    .object({ items: z.array(reviewSummarySchema) })
    .parse(json)
    .items.map(({ reviewId }) => reviewId);
};

describe('a risky answer', () => {
  it('needs a colleague: not whoever gave it, and nothing happens until then', async () => {
    const [a, b] = await world.twins();
    const { reviewId } = await propose([a, b]);
    const { json } = await call({
      method: 'POST',
      path: `/v1/reviews/${reviewId}/decisions`,
      ifMatch: 1,
      body: { answer: 'same', reason },
    });
    const { judgement, review } = decisionSchema.parse(json);
    expect(judgement).toMatchObject({ status: 'proposed', risks: ['twins-or-siblings'] });
    expect(review.state).toBe('awaiting-approval');
    await world.settle();
    expect((await world.person(b)).profile.recordCount).toBe(1);
    const path = `/v1/judgements/${judgement.judgementId}/approvals`;
    const approve = { method: 'POST', path, ifMatch: 1, body: { answer: 'approve', reason } } as const;
    expect((await call(approve)).json).toMatchObject({ status: 403, code: 'second-person-needed' });
    expect((await call({ ...approve, subject: 'a-colleague' })).status).toBe(202);
    await world.settle();
    expect((await world.person(b)).profile).toMatchObject({ recordCount: 0, redirect: { to: a } });
  });

  it('is open again when the colleague rejects it', async () => {
    const [a, b] = await world.twins();
    const { reviewId } = await propose([a, b]);
    const { json } = await call({
      method: 'POST',
      path: `/v1/reviews/${reviewId}/decisions`,
      ifMatch: 1,
      body: { answer: 'same', reason },
    });
    const { judgementId } = decisionSchema.parse(json).judgement;
    const path = `/v1/judgements/${judgementId}/approvals`;
    const rejected = await call({ method: 'POST', path, ifMatch: 1, subject: 'a-colleague', body: { answer: 'reject', reason } });
    expect(rejected.json).toMatchObject({ status: 'rejected', second: { answer: 'reject' } });
    expect(await listed('open', 'possible-relative')).toContain(reviewId);
  });
});

describe('a person', () => {
  it('is split: the rows named become somebody else, and history and explanation say so', async () => {
    const personId = await world.twoRowsOfOne();
    const explained = await call({ path: `/v1/people/${personId}/explanation`, purpose: 'subject-request' });
    const explanation = explanationSchema.parse(explained.json);
    expect(explanation.rows).toHaveLength(2);
    expect(explanation.rows.map(({ says }) => says)).toContainEqual(
      expect.stringMatching(
        /^Row 1 of a file about school roll from school-\S+ is taken to be about this person because what it says agrees with what we knew of this person so closely that they are almost certainly the same\.$/,
      ),
    );
    const [row] = explanation.rows.filter(({ agency }) => agency.endsWith('3404002'));
    if (row === undefined) throw new Error('no such row');
    const version = Number(explained.headers['etag']?.replaceAll('"', ''));
    const rows = [{ rowId: row.rowId, subject: row.subject }];
    const split = await call({ method: 'POST', path: `/v1/people/${personId}/splits`, ifMatch: version, body: { rows, reason } });
    const { people, judgementId } = judgementViewSchema.parse(split.json);
    await world.settle();
    const [, newId = ''] = people;
    expect((await world.person(newId)).profile).toMatchObject({ recordCount: 1, apart: [{ personId }] });
    const history = historySchema.parse((await call({ path: `/v1/people/${personId}/history`, query: { on: '2026-01-10' } })).json);
    expect(history.items).toHaveLength(2);
    expect(history.items).toContainEqual(expect.objectContaining({ endedBy: { judgementId, personId: newId } }));
    expect((await call({ path: `/v1/people/${personId}/history`, query: { on: '9999-12-31' } })).json).toMatchObject({
      errors: [{ pointer: '/query/on', code: 'date-in-future' }],
    });
    const now = historySchema.parse((await call({ path: `/v1/people/${personId}/history`, query: { on: '2026-03-01' } })).json);
    expect(now.items).toHaveLength(1);
    const told = explanationSchema.parse((await call({ path: `/v1/people/${newId}/explanation` })).json);
    expect(told.rows).toMatchObject([{ rowId: row.rowId, says: expect.stringContaining('a member of staff compared the rows') as string }]);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'explainPerson', subjects: [newId], result: 'shown', purpose: 'data-quality' });
  });

  it('keeps at least one row, and gives up none that it has not', async () => {
    const personId = await world.twoRowsOfOne();
    const explained = await call({ path: `/v1/people/${personId}/explanation` });
    const rows = explanationSchema.parse(explained.json).rows.map(({ rowId, subject }) => ({ rowId, subject }));
    const version = Number(explained.headers['etag']?.replaceAll('"', ''));
    const ask = (some: typeof rows, ifMatch = version) =>
      call({ method: 'POST', path: `/v1/people/${personId}/splits`, ifMatch, body: { rows: some, reason } });
    expect((await ask(rows)).json).toMatchObject({ code: 'invalid-request', errors: [{ code: 'nothing-left' }] });
    expect((await ask([{ rowId: 'v1.elsewhere', subject: 'pupil' }])).json).toMatchObject({ errors: [{ code: 'row-not-theirs' }] });
    expect((await ask(rows.slice(1), version + 1)).status).toBe(412);
  });
});

describe('a row that a file moves to somebody else', () => {
  it('stays readable where it was, with the file that moved it', async () => {
    const una = await world.oneMore('Una');
    const bea = await world.oneMore('Bea');
    const moved = await world.becomes('Una', 'Bea');
    expect(moved).toBe(bea);
    const history = historySchema.parse((await call({ path: `/v1/people/${una}/history` })).json);
    expect(history.items).toMatchObject([
      { because: 'no-match', to: expect.any(String) as string, endedBy: { uploadId: expect.any(String) as string, personId: bea } },
    ]);
  });
});

describe('who may', () => {
  const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  it.each([
    ['GET', `/v1/reviews/${id}`, 'lead-practitioner', 403],
    ['GET', `/v1/reviews/${id}`, 'data-officer', 403],
    ['GET', `/v1/reviews/${id}`, 'auditor', 404],
    ['GET', `/v1/people/${id}/history`, 'auditor', 404],
    ['GET', `/v1/people/${id}/explanation`, 'lead-practitioner', 403],
    ['GET', `/v1/judgements/${id}`, 'auditor', 404],
  ])('%s %s as %s: %i', async (method, path, role, status) => {
    expect((await call({ method, path, roles: [role] })).status).toBe(status);
  });
  it.each([`/v1/reviews/${id}/decisions`, `/v1/judgements/${id}/approvals`, `/v1/judgements/${id}/undo`])(
    'an auditor decides nothing at %s',
    async (path) => {
      expect((await call({ method: 'POST', path, roles: ['auditor'], ifMatch: 1, body: { answer: 'same', reason } })).status).toBe(403);
    },
  );
  it('nobody reads without saying why', async () => {
    expect((await call({ path: `/v1/people/${id}/history`, purpose: 'curiosity' })).status).toBe(400);
  });
});

describe('what matching is not sure of', () => {
  const query = { state: 'open', limit: '100' };
  const open = async (reason: string) => {
    const { json } = await call({ path: '/v1/reviews', query: { ...query, reason } });
    return z.object({ items: z.array(reviewSummarySchema) }).parse(json).items;
  };
  const pupil = { surname: 'Example', dob: '09/03/2015', upn: 'J340123425001' };

  it('is asked once, while the row has a person of its own; told apart it is not asked again, until another number agrees', async () => {
    await world.receive([{ ...pupil, number: 'X1', forename: 'Una' }], '3404001');
    // The same number with another name and birth date: somebody of their own until a person has looked.
    await world.receive([{ number: 'X2', surname: 'Other', forename: 'Bea', dob: '01/01/2012', upn: pupil.upn }], '3404002');
    const [known, provisional] = [await world.idOf('Una', '3404001'), await world.idOf('Bea', '3404002')];
    expect(provisional).not.toBe(known);
    const [review, ...others] = (await open('identifier-conflict')).filter(({ people }) => people.includes(provisional));
    expect(others).toEqual([]);
    expect(review?.people.toSorted()).toEqual([known, provisional].toSorted());
    const { reviewId = '' } = review ?? {};
    await call({ method: 'POST', path: `/v1/reviews/${reviewId}/decisions`, ifMatch: 1, body: { answer: 'different', reason } });
    await world.settle();
    expect((await world.person(provisional)).records).toMatchObject([{ because: 'judgement' }]);
    expect((await world.person(provisional)).profile.reviews).toEqual([]);
    // The row comes again with other content: nothing new to ask about.
    await world.receive([{ number: 'X2', surname: 'Another', forename: 'Bea', dob: '01/01/2012', upn: pupil.upn }], '3404002');
    expect(await world.idOf('Bea', '3404002')).toBe(provisional);
    expect((await open('identifier-conflict')).filter(({ people }) => people.includes(provisional))).toEqual([]);
  });
});
