import { beforeAll, describe, expect, it } from 'vitest';
import type { Judgement } from '#shared/domain/people/judgement.ts';
import type { Family } from '#shared/domain/families/family.ts';
import { staysAt, staysOf } from '#shared/domain/people/person-history.ts';
import { approveJudgement } from '#shared/services/judgements/approve-judgement.ts';
import { undoJudgement } from '#shared/services/judgements/undo-judgement.ts';
import { decideReview } from '#shared/services/review/decide-review.ts';
import { proposeReview } from '#shared/services/review/propose-review.ts';
import { currentView, differences, none } from '#test/support/current-view.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { judgementWorld, type JudgementWorld } from '#test/support/judgement-world.ts';

const database = useDynamoDb();
const officer = { id: 'officer-1', roles: ['programme-officer'] as const };
const colleague = { id: 'officer-2', roles: ['programme-officer'] as const };
const said = { by: officer, reason: 'The school says so.' };

let world: JudgementWorld;
beforeAll(() => {
  world = judgementWorld(database(), '2026-03-01');
});

const familiesNow = async (): Promise<readonly Family[]> => {
  const summaries = await world.assess.summaries();
  return world.ports.families.findFamilies(summaries.map(({ familyId }) => familyId));
};

const merge = async (a: string, b: string): Promise<Judgement> => {
  const review = await proposeReview(world.ports, [a, b]);
  const { judgement } = await decideReview(world.ports, {
    reviewId: review.reviewId,
    ifMatch: review.version,
    answer: 'same',
    word: said,
  });
  if (judgement.status === 'proposed') {
    await approveJudgement(world.ports, {
      judgementId: judgement.judgementId,
      ifMatch: judgement.version,
      answer: 'approve',
      word: { by: colleague, reason: 'Yes.' },
    });
  }
  await world.settle();
  return reread(judgement);
};

const reread = async ({ judgementId }: Judgement): Promise<Judgement> => {
  const judgement = await world.ports.judgements.findJudgement(judgementId);
  if (judgement === undefined) throw new Error('gone');
  return judgement;
};

const undo = async (judgement: Judgement, at = world): Promise<Judgement> => {
  const undone = await undoJudgement(at.ports, { judgementId: judgement.judgementId, ifMatch: judgement.version, word: said });
  await at.settle();
  return reread(undone);
};

describe('two people who are one', () => {
  it('are merged with their families, and the old id leads to the person', async () => {
    const [kept, gone] = await world.oneChildTwice();
    expect(
      (await familiesNow()).filter(({ members }) => members.some(({ personId }) => personId === kept || personId === gone)),
    ).toHaveLength(2);
    const judgement = await merge(gone, kept);
    expect(judgement).toMatchObject({ status: 'applied', kind: 'same', people: [kept, gone], moved: 1 });
    expect((await world.ports.judgements.readPerson(gone))?.profile).toMatchObject({
      recordCount: 0,
      redirect: { to: kept, judgementId: judgement.judgementId },
    });
    const whole = await world.ports.judgements.readPerson(kept);
    expect(whole?.profile.recordCount).toBe(2);
    expect(whole?.records.map(({ because }) => because).toSorted()).toEqual(['judgement', 'no-match']);
    const [family, ...others] = (await familiesNow()).filter(({ members }) => members.some(({ personId }) => personId === kept));
    expect(others).toEqual([]);
    expect(family?.members).toHaveLength(3);
  });

  it('are two again after the undo, as if nothing had been said, byte for byte', async () => {
    const [kept, gone] = await world.oneChildTwice();
    const before = await currentView(database());
    const judgement = await merge(kept, gone);
    expect(differences(before, await currentView(database()))).not.toEqual(none);
    const undone = await undo(judgement);
    expect(undone).toMatchObject({ status: 'applied', kind: 'undo', undoes: judgement.judgementId });
    expect(await reread(judgement)).toMatchObject({ status: 'undone', undoneBy: undone.judgementId });
    expect(differences(before, await currentView(database()))).toEqual(none);
    const profiles = await Promise.all([kept, gone].map(async (id) => (await world.ports.judgements.readPerson(id))?.profile));
    expect(profiles.map((profile) => profile?.apart?.map(({ personId }) => personId))).toEqual([[gone], [kept]]);
    expect(profiles[1]?.redirect).toBeUndefined();
  });

  it('leave behind who was in whom on which day, and why', async () => {
    const [kept, gone] = await world.oneChildTwice();
    const judgement = await merge(kept, gone);
    const later = judgementWorld(database(), '2026-03-10');
    const undone = await undo(judgement, later);
    const past = async (personId: string, day: string) => {
      const person = await world.ports.judgements.readPerson(personId);
      return staysAt(staysOf(person?.records ?? [], person?.departures ?? []), `${day}T00:00:00.000Z`).map(({ agency, assignment }) => [
        agency.slice(-'3404002'.length),
        assignment.because,
      ]);
    };
    expect(await past(gone, '2026-01-11')).toEqual([['3404002', 'in-doubt']]);
    expect(await past(gone, '2026-03-05')).toEqual([]);
    expect(await past(gone, '2026-03-12')).toEqual([['3404002', 'in-doubt']]);
    expect((await past(kept, '2026-03-05')).toSorted()).toEqual([
      ['3404001', 'no-match'],
      ['3404002', 'judgement'],
    ]);
    expect(await past(kept, '2026-03-12')).toEqual([['3404001', 'no-match']]);
    expect((await world.ports.judgements.readPerson(gone))?.departures).toMatchObject([
      { movedBy: { judgementId: judgement.judgementId }, to: kept, back: { judgementId: undone.judgementId } },
    ]);
  });
});
