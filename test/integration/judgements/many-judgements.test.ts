import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { undoJudgement } from '#shared/services/judgements/undo-judgement.ts';
import { decideReview } from '#shared/services/review/decide-review.ts';
import { proposeReview } from '#shared/services/review/propose-review.ts';
import { approveJudgement } from '#shared/services/judgements/approve-judgement.ts';
import { currentView, differences, none } from '#test/support/current-view.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { judgementWorld, type JudgementWorld } from '#test/support/judgement-world.ts';

const database = useDynamoDb();
const said = (id: string) => ({ by: { id, roles: ['programme-officer'] as const }, reason: 'So it is.' });

let world: JudgementWorld;
let people: string[];
beforeAll(async () => {
  world = judgementWorld(database(), '2026-03-01');
  people = [...(await world.oneChildTwice()), await world.idOf('Rhys', '3404001'), await world.idOf('Tom', '3404002')];
});

/** Answers for these two, with a colleague's word where it takes one; the judgement's id. */
const judge = async (a: string, b: string, answer: 'same' | 'different'): Promise<string> => {
  const review = await proposeReview(world.ports, [a, b]);
  const { judgement } = await decideReview(world.ports, { reviewId: review.reviewId, ifMatch: review.version, answer, word: said('one') });
  const { judgementId, version, status } = judgement;
  if (status === 'proposed') await approveJudgement(world.ports, { judgementId, ifMatch: version, answer: 'approve', word: said('two') });
  await world.settle();
  return judgementId;
};

const undo = async (judgementId: string): Promise<void> => {
  const version = (await world.ports.judgements.findJudgement(judgementId))?.version ?? 0;
  await undoJudgement(world.ports, { judgementId, ifMatch: version, word: said('one') });
  await world.settle();
};

describe('any judgements about some families, undone from the last to the first', () => {
  it('leave people, families and determinations as they were, byte for byte', async () => {
    const pair = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })).filter(([a, b]) => a !== b);
    const steps = fc.array(fc.tuple(pair, fc.constantFrom('same' as const, 'different' as const)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const past: { judgementId: string; before: readonly string[] }[] = [];
        for (const [[a, b], answer] of some) {
          const before = await currentView(database());
          const ids = await Promise.all([people[a], people[b]].map((id) => world.leadsTo(id ?? '')));
          if (ids[0] === ids[1]) continue;
          past.push({ before, judgementId: await judge(ids[0] ?? '', ids[1] ?? '', answer) });
        }
        for (const { judgementId, before } of past.toReversed()) {
          await undo(judgementId);
          expect(differences(before, await currentView(database()))).toEqual(none);
        }
      }),
      { numRuns: 8, seed: 1, endOnFailure: true },
    );
  });

  it('leave nobody out when two workers carry the same one out at once, while a file comes about the same people', async () => {
    const [kept = '', gone = ''] = people;
    const review = await proposeReview(world.ports, [kept, gone]);
    const { judgement } = await decideReview(world.ports, {
      reviewId: review.reviewId,
      ifMatch: review.version,
      answer: 'same',
      word: said('one'),
    });
    const message = { kind: 'outbox' as const, outboxId: judgement.outboxId ?? '' };
    const olivia = { forename: 'Olivia', dob: '09/03/2015' };
    await Promise.all([
      world.assess.assess([message]),
      world.assess.assess([message]),
      world.take([{ ...olivia, number: 'B9', surname: 'Example' }], '3404003'),
    ]);
    await world.settle();
    expect((await world.person(gone)).profile).toMatchObject({ recordCount: 0, redirect: { to: kept } });
    const { records } = await world.person(kept);
    expect(records.map(({ agency }) => agency.slice(-'3404001'.length)).toSorted()).toEqual(['3404001', '3404002', '3404003']);
  });
});
