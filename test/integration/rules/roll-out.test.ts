import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/families-api/routes.ts';
import { familySummarySchema } from '#shared/contracts/http/family-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { callApi } from '../../support/api-call.ts';
import { assessHarness } from '../../support/assess-harness.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { recordHolder } from '../../support/hold-records.ts';
import { judgementWorld, type JudgementWorld } from '../../support/judgement-world.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';
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

  it('with a heading of the council’s own, families are listed by it', async () => {
    const day = '2026-11-24';
    const { plan: _, ...rules2021 } = knowsleySixHeadings;
    const own = (heading: string): string => (heading === 'H2' ? 'School and nursery' : heading);
    const ruleSet = {
      ...rules2021,
      id: 'knowsley-own-headings',
      version: '2026-11-25',
      headings: rules2021.headings.map((heading) => ({ ...heading, id: own(heading.id) })),
      criteria: rules2021.criteria.map((criterion) => ({ ...criterion, heading: own(criterion.heading) })),
      notAsked: rules2021.notAsked.map((each) => ({ ...each, heading: own(each.heading) })),
      period: { ...rules2021.period, effectiveFrom: '2026-11-25' },
    };
    const later = rulesWorld(database(), () => day);
    const proposed = await later.propose({ kind: 'rule-set', ruleSet });
    expect([proposed.status, proposed.text]).toEqual([201, expect.any(String)]);
    const { sha256 } = await later.read(ruleSet);
    expect((await later.step(ruleSet, 'approve', { sha256 }, 'manager')).status).toBe(200);

    const next = assessHarness(database(), '2026-11-25');
    const suspended = ulid();
    const hold = recordHolder(database(), '2026-11-25');
    const details = {
      forename: 'Ida',
      surname: 'Suspended',
      birthDate: '2014-03-09',
      address: { lines: ['8 New Lane'], postcode: 'L36 9GL' },
    };
    await hold(suspended, { details });
    for (const [row, from] of ['2026-01-20', '2026-02-10', '2026-05-05'].entries())
      await hold(suspended, {
        feed: 'suspensions',
        agency: 'council',
        row: row + 1,
        details,
        facts: [{ kind: 'exclusion', from, category: 'suspension', sessions: 2 }],
      });
    await assessPeople(next.ports, [suspended]);
    const handler = httpHandler(routes({ ...next.ports, audit: memoryAuditTrail() }), { audit: memoryAuditTrail() });
    const listed = async (heading: string): Promise<unknown> => {
      const answer = await callApi(handler, { roles: ['programme-officer'], path: '/v1/families', query: { heading } });
      return pageOf(familySummarySchema)
        .parse(answer.json)
        .items.map(({ headingsMet }) => headingsMet);
    };
    expect(await listed('School and nursery')).toEqual([['School and nursery']]);
    expect(await listed('H2')).toEqual([]);
  });
});
