import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimViewSchema, type ClaimView } from '#shared/contracts/http/claim-routes.ts';
import { claimPackSchema } from '#shared/domain/claims/claim-pack-schema.ts';
import { verifyClaimPack } from '#shared/domain/claims/claim-pack.ts';
import { localPlanSchema } from '#shared/domain/eligibility/local-plan.ts';
import type { RuleSetName } from '#shared/domain/eligibility/rule-set.ts';
import { feedIds } from '#shared/domain/feeds/feed-ids.ts';
import type { Fact } from '#shared/domain/people/fact.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { sha256 } from '#shared/services/rules/hash-of.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { caseWorld, type CaseWorld } from '#test/support/case-world.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { recordHolder } from '#test/support/hold-records.ts';
import { rulesWorld } from '#test/support/rules-world.ts';

/**
 * Each result that a generation of the programme knows, from the rows that make a family eligible to the submitted claim and its pack, through the
 * API. Days are those of the time.
 */

const database = useDynamoDb();
const auditor = { role: 'auditor', subject: 'auditor-1' } as const;

interface Generation {
  /** The council's own plan of the time, with the rules it needs signed off. */
  readonly over: RuleSetName;
  readonly from: string;
  readonly to?: string;
  readonly signedOff: readonly string[];
}

/** A plan that changes nothing but its dates, with what it rests on signed off by one person and approved by another. */
const bringIn = async ({ over, from, to, signedOff }: Generation, day: string): Promise<void> => {
  const rules = rulesWorld(database(), () => day);
  const name = { id: `knowsley-${over.id}`, version: from };
  const plan = localPlanSchema.parse({
    ...name,
    council: 'Knowsley',
    over,
    changes: {},
    adds: [],
    leavesOut: [],
    period: {
      effectiveFrom: from,
      ...(to !== undefined && { effectiveTo: to }),
      because: 'The council follows the national rules, with these sign-offs.',
      citation: { source: 'The council’s plan', confidence: 'local' },
    },
  });
  const proposed = await rules.propose({ kind: 'plan', plan });
  expect(proposed.status, proposed.text).toBe(201);
  for (const criterionId of signedOff) {
    const body = { criterionId, name: 'A. Manager', office: 'Head of Early Help' };
    expect((await rules.step(name, 'sign-offs', body, 'head')).status).toBe(200);
  }
  const approved = await rules.step(name, 'approve', { sha256: (await rules.read(name)).sha256 }, 'director');
  expect(approved.status, approved.text).toBe(200);
};

interface Row {
  readonly feed: FeedId;
  readonly facts: Fact[];
  /** A row of that name takes the place of the one before it, as a newer file's does. */
  readonly name?: string;
}
interface Home {
  readonly surname: string;
  readonly childBorn: string;
  readonly child: readonly Row[];
  readonly parent: readonly Row[];
}

const attended = (missed: number, ...years: readonly string[]): Row => ({
  feed: 'school-attendance',
  facts: years.flatMap((academicYear) =>
    (['autumn', 'spring', 'summer'] as const).map((term): Fact => {
      const year = Number(academicYear.slice(0, 4));
      return {
        kind: 'school-attendance',
        from: `${String(year)}-09-01`,
        to: `${String(year + 1)}-07-22`,
        academicYear,
        term,
        sessionsPossible: 120,
        sessionsAuthorised: 0,
        sessionsUnauthorised: missed,
      };
    }),
  ),
});
const offended = (...days: readonly string[]): Row => ({
  feed: 'youth-justice',
  facts: days.map((from) => ({ kind: 'proven-offence', from })),
});
const onBenefit = (from: string, to?: string): Row => ({
  name: 'benefit',
  feed: 'dwp-benefits',
  facts: [{ kind: 'out-of-work-benefit', from, ...(to !== undefined && { to }), benefit: 'UC' }],
});
const inWork = (from: string): Row => ({ feed: 'dwp-benefits', facts: [{ kind: 'employment', from }] });
const inNeed = (from: string, to?: string): Row => ({
  name: 'plan',
  feed: 'childrens-social-care',
  facts: [{ kind: 'child-in-need', from, ...(to !== undefined && { to }) }],
});

let world: CaseWorld;
let coverageVersion = 0;
/** Every partner has sent everything up to a day. */
const everythingUpTo = async (to: string): Promise<void> => {
  const store = dynamoCoverageStore(new DocumentTable(database().client, database().tables.Records));
  const { ok } = await world.ports.transactions.commit(
    feedIds
      .filter((feed) => feed !== 'professional-referral')
      .map((feed) =>
        store.coverageFragment({
          agency: 'partner',
          feed,
          periods: [{ feed, agency: 'partner', uploadId: '01BX5ZZKBKACTAV9WEVGEMMVRZ', from: '2010-01-01', to }],
          version: coverageVersion + 1,
        }),
      ),
  );
  expect(ok).toBe(true);
  coverageVersion += 1;
};

/** A child and a parent in one home, known by these rows, on a day; more rows about them can come later. */
const aHome = ({ surname, childBorn }: Pick<Home, 'surname' | 'childBorn'>) => {
  const people = { child: ulid(), parent: ulid() };
  const address = { lines: [`5 ${surname} Road`], postcode: 'L36 9GL' };
  const hold = recordHolder(database(), '2012-01-01');
  let row = 0;
  const rowIds = new Map<string, string>();
  const rowIdOf = (name = ulid()): string => {
    const rowId = rowIds.get(name) ?? `v1.${ulid()}`;
    rowIds.set(name, rowId);
    return rowId;
  };
  return {
    ...people,
    know: async (day: string, { child, parent }: Pick<Home, 'child' | 'parent'>): Promise<void> => {
      const period = { agency: 'partner', periodStart: '2012-01-01', periodEnd: day };
      for (const { name, ...each } of child)
        await hold(people.child, {
          ...period,
          ...each,
          rowId: rowIdOf(name),
          row: (row += 1),
          details: { forename: 'Chris', surname, birthDate: childBorn, address },
        });
      for (const { name, ...each } of parent)
        await hold(people.parent, {
          ...period,
          ...each,
          rowId: rowIdOf(name),
          row: (row += 1),
          subject: 'claimant',
          details: { forename: 'Pat', surname, birthDate: '1980-02-01', address },
        });
      world.on(day);
      await everythingUpTo(day);
      await assessPeople(world.assess().ports, Object.values(people));
    },
  };
};

interface Work {
  readonly from: string;
  readonly plan: readonly string[];
  readonly outcomes: readonly string[];
  readonly reachedOn: string;
  readonly closedOn: string;
}

/** Accepts the family and records all of the work with it. */
const workWith = async ({ child, parent }: { child: string; parent: string }, work: Work): Promise<string> => {
  const { familyId } = await world.familyOf(child);
  const decided = await world.decide(familyId, 'accept');
  expect(decided.status, decided.text).toBe(201);
  world.on(work.closedOn);
  const facts = [
    { kind: 'lead-practitioner', name: 'B. Worker', service: 'Family First', from: work.from },
    { kind: 'assessment', on: work.from, personIds: [child, parent] },
    { kind: 'plan', on: work.from, criterionIds: work.plan },
    { kind: 'agency', name: 'School nursing', from: work.from },
    { kind: 'agency', name: 'Youth service', from: work.from },
    ...work.outcomes.map((criterionId) => ({ kind: 'outcome', criterionId, reachedOn: work.reachedOn, evidence: ['review'] })),
    { kind: 'closure', on: work.closedOn, reason: 'Needs met' },
  ];
  for (const fact of facts) {
    const recorded = await world.fact(familyId, fact);
    expect(recorded.status, recorded.text).toBe(201);
  }
  return familyId;
};

const propose = (familyId: string, kind: string) => world.call({ method: 'POST', path: '/v1/claims', body: { familyId, kind } });
const step = (claim: ClaimView, what: string, body: unknown, over: object = {}) =>
  world.call({ method: 'POST', path: `/v1/claims/${claim.claimId}/${what}`, ifMatch: `"${String(claim.version)}"`, body, ...over });

/** Proposed, audited by somebody else, submitted; the pack verifies by itself. Then no other claim under these rules. */
const isClaimed = async (familyId: string, kind: string, otherKind: string): Promise<void> => {
  const proposed = await propose(familyId, kind);
  expect(proposed.status, proposed.text).toBe(201);
  const claim = claimViewSchema.parse(proposed.json);
  expect(
    claim.checks
      .filter(({ result }) => result === 'fail' || result === 'unknown')
      .map(({ name, says, evidence }) => [name, says, evidence]),
  ).toEqual([['internal-audit-by-another', expect.any(String), expect.anything()]]);
  const approved = await step(claim, 'audits', { answer: 'approve', reason: 'Looked at everything.' }, auditor);
  expect(approved.status, approved.text).toBe(200);
  const submitted = await step(claimViewSchema.parse(approved.json), 'submissions', undefined);
  expect(submitted).toMatchObject({ status: 200, json: { state: 'submitted', kind, standing: 'valid' } });
  const { json } = await world.call({ ...auditor, path: `/v1/claims/${claim.claimId}/pack` });
  expect(verifyClaimPack(claimPackSchema.parse(JSON.parse(JSON.stringify(json))), sha256)).toEqual([]);
  expect(await propose(familyId, otherKind)).toMatchObject({ status: 409, json: { code: 'claimed-already' } });
};

/** Why the claim is not ready, by check. */
const standsInTheWay = async (familyId: string, kind: string): Promise<readonly string[]> => {
  const claim = claimViewSchema.parse((await propose(familyId, kind)).json);
  expect((await step(claim, 'audits', { answer: 'approve', reason: 'Looked at everything.' }, auditor)).status).toBe(409);
  expect((await step(claim, 'withdrawals', { reason: 'Not yet.' })).status).toBe(200);
  return claim.checks
    .filter(({ result, name }) => (result === 'fail' || result === 'unknown') && name !== 'internal-audit-by-another')
    .map(({ name }) => name);
};

beforeAll(() => {
  world = caseWorld(database(), '2013-01-10');
});

describe('Phase 1', () => {
  beforeAll(() =>
    bringIn(
      {
        over: { id: 'troubled-families-phase-1', version: '2012-04-01' },
        from: '2013-02-01',
        to: '2015-04-01',
        signedOff: ['claims.employment'],
      },
      '2013-01-10',
    ),
  );
  const joined = {
    child: [attended(40, '2012/13'), offended('2013-05-01', '2013-06-01', '2013-07-01')],
    parent: [onBenefit('2012-01-01')],
  };
  const work: Work = {
    from: '2013-08-15',
    plan: ['P1.A.1', 'P1.B.4', 'P1.C.1'],
    outcomes: ['P1.A.1', 'P1.B.1', 'P1.B.4'],
    reachedOn: '2013-09-01',
    closedOn: '2014-08-10',
  };

  it('pays for a family that is turned around: school, crime and antisocial behaviour', async () => {
    const home = aHome({ surname: 'Turner', childBorn: '2000-05-05' });
    await home.know('2013-08-15', joined);
    const familyId = await workWith(home, work);
    world.on('2014-12-01');
    // Nothing says yet how the child has been at school since.
    expect(await standsInTheWay(familyId, 'turned-around')).toContain('outcome-for-every-need');
    await home.know('2014-12-01', { child: [attended(10, '2013/14'), offended('2014-02-01')], parent: [] });
    await isClaimed(familyId, 'turned-around', 'continuous-employment');
  });

  it('pays for lasting work of an adult, which stands alone', async () => {
    const home = aHome({ surname: 'Worker', childBorn: '2000-06-06' });
    await home.know('2013-08-15', joined);
    const familyId = await workWith(home, { ...work, closedOn: '2014-07-20' });
    // Twenty-five of the last thirty weeks: one too few.
    await home.know('2014-07-28', { child: [], parent: [inWork('2014-02-03'), onBenefit('2012-01-01', '2014-02-03')] });
    expect(await standsInTheWay(familyId, 'continuous-employment')).toEqual(['outcome-for-every-need']);
    world.on('2014-08-04');
    await isClaimed(familyId, 'continuous-employment', 'turned-around');
  });
});

describe('The expanded programme', () => {
  beforeAll(async () => {
    world.on('2015-05-01');
    await bringIn(
      {
        over: { id: 'troubled-families-expanded', version: '2015-04-01' },
        from: '2015-06-01',
        to: '2021-04-01',
        signedOff: ['claims.employment'],
      },
      '2015-05-01',
    );
  });
  const joined = {
    child: [inNeed('2015-12-01'), offended('2015-11-01', '2015-12-10', '2016-01-15'), attended(4, '2014/15')],
    parent: [onBenefit('2015-01-01')],
  };
  const work: Work = {
    from: '2016-03-01',
    plan: ['P2.H3.2', 'P2.H1.1', 'P2.H4.1'],
    outcomes: ['P2.H3.2', 'P2.H1.1', 'P2.H4.1'],
    reachedOn: '2016-07-01',
    closedOn: '2016-08-01',
  };

  it('pays for significant and sustained progress with every need', async () => {
    const home = aHome({ surname: 'Progress', childBorn: '2003-05-05' });
    await home.know('2016-03-01', joined);
    const familyId = await workWith(home, work);
    world.on('2017-09-10');
    expect(await standsInTheWay(familyId, 'significant-and-sustained-progress')).toContain('outcome-for-every-need');
    await home.know('2017-09-10', {
      child: [inNeed('2015-12-01', '2016-06-20'), attended(4, '2015/16', '2016/17')],
      parent: [onBenefit('2015-01-01', '2016-06-25'), inWork('2016-06-25')],
    });
    await isClaimed(familyId, 'significant-and-sustained-progress', 'continuous-employment');
  });

  it('pays for lasting work of an adult', async () => {
    const home = aHome({ surname: 'Employed', childBorn: '2003-07-07' });
    await home.know('2016-03-01', joined);
    const familyId = await workWith(home, work);
    await home.know('2017-09-10', {
      child: [attended(4, '2015/16', '2016/17')],
      parent: [onBenefit('2015-01-01', '2016-06-25'), inWork('2016-06-25')],
    });
    await isClaimed(familyId, 'continuous-employment', 'significant-and-sustained-progress');
  });
});

describe('The ten headings', () => {
  beforeAll(async () => {
    world.on('2022-09-01');
    await bringIn(
      {
        over: { id: 'supporting-families-ten-headings', version: '2022-10-03' },
        from: '2022-10-03',
        signedOff: ['SF.6.1', 'SF.7.3', 'SF.5.2'],
      },
      '2022-09-01',
    );
  });

  it('pay for a successful outcome: every need, for six months from the closure of the case', async () => {
    const home = aHome({ surname: 'Success', childBorn: '2010-05-05' });
    await home.know('2023-06-01', {
      child: [inNeed('2023-01-10'), offended('2023-03-01', '2023-04-01'), attended(4, '2021/22', '2022/23')],
      // Harmful conflict between parents, by its own number.
      parent: [{ feed: 'professional-referral', facts: [{ kind: 'nominated-need', from: '2023-05-20', heading: 'SF.5.2', note: true }] }],
    });
    const plan = ['SF.5.2', 'SF.6.1', 'SF.7.3'];
    const familyId = await workWith(home, { from: '2023-06-01', plan, outcomes: plan, reachedOn: '2023-09-20', closedOn: '2023-10-01' });
    await home.know('2024-03-31', { child: [inNeed('2023-01-10', '2023-09-15'), attended(4, '2023/24')], parent: [] });
    // The day before six months from the closure are over.
    expect(await standsInTheWay(familyId, 'successful-outcome')).toContain('outcomes-sustained');
    await home.know('2024-04-02', { child: [], parent: [] });
    await isClaimed(familyId, 'successful-outcome', 'successful-outcome');
    expect(await propose(familyId, 'continuous-employment')).toMatchObject({ status: 400 });
  });
});
