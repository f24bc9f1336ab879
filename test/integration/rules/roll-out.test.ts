import { beforeAll, describe, expect, it } from 'vitest';
import { assessHarness } from '../../support/assess-harness.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { judgementWorld, type JudgementWorld } from '../../support/judgement-world.ts';
import { fourSuspensions, rulesWorld, type RulesWorld } from '../../support/rules-world.ts';

const today = '2026-11-23';
const tomorrow = '2026-11-24';

describe('When other rules come into force', () => {
  const database = useDynamoDb();
  let rules: RulesWorld;
  let world: JudgementWorld;
  beforeAll(async () => {
    rules = rulesWorld(database(), () => today);
    world = judgementWorld(database(), today);
    for (const forename of ['Ada', 'Ben', 'Cai', 'Dot']) await world.oneMore(forename);
  });
  const versions = async (): Promise<string[]> => {
    const summaries = await world.assess.summaries();
    return [...new Set(summaries.map(({ ruleSet }) => `${ruleSet.id} ${ruleSet.version}`))];
  };

  it('today, every current family is held against them, once, and a new family at once', async () => {
    expect(await versions()).toEqual(['knowsley-six-headings 2021-04-01']);
    await rules.bringIn(fourSuspensions(today));
    await world.settle();
    expect(await versions()).toEqual([`knowsley-six-headings ${today}`]);
    const [summary] = await world.assess.summaries();
    const [held] = await world.ports.families.findDeterminations([summary?.familyId ?? '']);
    expect(held?.determination?.criteria.find(({ criterionId }) => criterionId === 'P2.H2.2')?.question).toMatch(/four times/);

    expect(await world.assess.assess([{ kind: 'rules' }])).toMatchObject({ families: 0, written: 0 });
    await world.oneMore('Eve');
    expect(await versions()).toEqual([`knowsley-six-headings ${today}`]);
  });

  it('on a day to come, the daily message sends the families on that day, once', async () => {
    await rules.bringIn(fourSuspensions(tomorrow));
    expect(await world.assess.assess([{ kind: 'due-families' }])).toMatchObject({ families: 0 });
    expect(await versions()).toEqual([`knowsley-six-headings ${today}`]);

    const next = assessHarness(database(), tomorrow);
    await next.assess([{ kind: 'due-families' }]);
    const outboxes = next.sent.filter(({ kind }) => kind === 'outbox');
    expect(outboxes).toHaveLength(1);
    // Cut off after its first page: the next worker goes on where it stands.
    expect(await next.assess(outboxes, 1)).toMatchObject({ families: 5, written: 5 });
    expect(await versions()).toEqual([`knowsley-six-headings ${tomorrow}`]);
    next.sent.length = 0;
    await next.assess([{ kind: 'due-families' }]);
    expect(next.sent.filter(({ kind }) => kind === 'outbox')).toEqual([]);
  });
});
