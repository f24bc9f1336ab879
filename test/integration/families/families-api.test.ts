import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/families-api/routes.ts';
import { eligibilityViewSchema, familySummarySchema, familyViewSchema } from '#shared/contracts/http/family-routes.ts';
import { pageOf } from '#shared/contracts/http/paging.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { aPersonWith, aRecord } from '#test/support/a-record.ts';
import { callApi, staffId, type ApiCall } from '#test/support/api-call.ts';
import { assessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';

const today = '2026-11-23';
const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const database = useDynamoDb();
const audit = memoryAuditTrail();
let handler: ApiHandler;

const [child, mother, safeMother, safeChild, restricted] = [ulid(), ulid(), ulid(), ulid(), ulid()];
const families: Record<'example' | 'refuge' | 'restricted', string> = { example: '', refuge: '', restricted: '' };

const address = { lines: ['12 Mill Lane'], town: 'Mossbank', postcode: 'L36 9GL' };
const period = { periodStart: '2026-01-01', periodEnd: '2026-10-31' };
const careRow = (over: Parameters<typeof aRecord>[0]) =>
  aRecord({
    ...period,
    feed: 'childrens-social-care',
    agency: 'childrens-services',
    subject: 'child',
    facts: [{ kind: 'child-in-need', from: '2026-09-01' }],
    ...over,
  });

beforeAll(async () => {
  const { ports } = assessHarness(database(), today);
  const store = dynamoRecordStore(new DocumentTable(database().client, database().tables.Records), () => today);
  handler = httpHandler(routes({ families: ports.families, people: ports.people, clock: ports.clock, audit }), {
    audit,
    clock: ports.clock,
  });
  const people = [
    [careRow({ personId: child, row: 7, details: { forename: 'Sam', surname: 'Example', birthDate: '2015-03-09', address } })],
    [
      aRecord({
        ...period,
        personId: mother,
        feed: 'housing-arrears',
        agency: 'homes',
        subject: 'tenant',
        row: 3,
        details: { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01', address },
      }),
      aRecord({
        ...period,
        personId: mother,
        feed: 'dwp-benefits',
        agency: 'jobcentre',
        accessClass: 'benefits',
        subject: 'claimant',
        row: 41,
        details: { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01' },
        facts: [{ kind: 'out-of-work-benefit', from: '2026-05-01', benefit: 'UC' }],
      }),
    ],
    [
      aRecord({
        ...period,
        personId: safeMother,
        feed: 'domestic-abuse-marac',
        agency: 'marac',
        accessClass: 'protected',
        subject: 'victim',
        details: {
          forename: 'Una',
          surname: 'Secret',
          birthDate: '1990-02-01',
          address: { lines: ['Harbour House'], postcode: 'L1 1AA' },
          addressProtected: true,
        },
        relations: [{ toSubject: 'child-1', toPersonId: safeChild, relation: 'parent-or-carer-of' }],
        facts: [{ kind: 'domestic-abuse', from: '2026-08-01', role: 'victim', repeat: false }],
      }),
    ],
    [
      careRow({
        personId: safeChild,
        details: { forename: 'Kit', surname: 'Secret', birthDate: '2017-03-09', address: { lines: ['5 Old Road'], postcode: 'L1 2AA' } },
      }),
    ],
    [
      careRow({
        personId: restricted,
        details: { forename: 'Ros', surname: 'Hidden', birthDate: '2012-03-09', address: { lines: ['7 High Street'], postcode: 'L1 3AA' } },
      }),
    ],
  ];
  const written = people.map((records) => aPersonWith(hash, records));
  const restrict = aPersonWith(hash, people[4] ?? [], { restriction: { kind: 'objection', since: '2026-11-20' } });
  // Keys are put together by hand: mother and child stand under the same ones.
  const keys = new Map<string, string[]>();
  for (const { keys: own, profiles } of written)
    for (const { key } of own) keys.set(key, [...(keys.get(key) ?? []), profiles[0]?.personId ?? '']);
  for (const [index, { records, profiles }] of written.entries()) {
    const fragment = store.changesFragment({
      ledgers: [],
      records,
      removed: [],
      profiles,
      keys: index > 0 ? [] : [...keys].map(([key, persons]) => ({ key, persons, namedBy: [], crowded: false, version: 1 })),
    });
    expect(await ports.transactions.commit([fragment])).toEqual({ ok: true });
  }
  await assessPeople(ports, [child, mother, safeMother, safeChild, restricted]);
  // The objection came after the assessment.
  await ports.transactions.commit([
    store.changesFragment({
      ledgers: [],
      records: [],
      removed: [],
      keys: [],
      profiles: restrict.profiles.map((profile) => ({ ...profile, version: 2 })),
    }),
  ]);
  const familyOf = async (personId: string) => (await ports.families.listFamilyIdsOfPerson(personId))[0] ?? '';
  families.example = await familyOf(child);
  families.refuge = await familyOf(safeChild);
  families.restricted = await familyOf(restricted);
});

const officer = (call: ApiCall) =>
  callApi(handler, { roles: ['programme-officer'], ...call, headers: { 'X-Purpose': 'support-a-family', ...call.headers } });
const practitioner = (call: ApiCall) => officer({ roles: ['lead-practitioner'], ...call });

describe('A family read', () => {
  it('shows members, needs and the rows that show them', async () => {
    const answer = await officer({ path: `/v1/families/${families.example}` });
    expect(answer.status).toBe(200);
    const family = familyViewSchema.parse(answer.json);
    expect(
      family.members
        .map((member) => (member.access === 'shown' ? [member.forename, member.role, member.age, member.address?.lines] : []))
        .toSorted(),
    ).toEqual([
      ['Joan', 'adult', 38, ['12 Mill Lane']],
      ['Sam', 'child', 11, ['12 Mill Lane']],
    ]);
    expect(family.eligibility).toMatchObject({ outcome: 'eligible', criteriaMet: { met: 2 } });
    expect(family.waitingFor).toEqual(['decision']);
    expect(
      family.needs.map(({ heading, evidence }) => [heading, evidence.shown.map(({ feed, agency, row }) => [feed, agency, row])]),
    ).toEqual([
      ['H4', [['dwp-benefits', 'jobcentre', 41]]],
      ['H3', [['childrens-social-care', 'childrens-services', 7]]],
    ]);
    expect(answer.headers['etag']).toBe('"1.1"');
    expect(audit.entries.at(-1)).toMatchObject({ actorId: staffId, action: 'readFamily', purpose: 'support-a-family', result: 'shown' });
    expect(audit.entries.at(-1)?.subjects.toSorted()).toEqual([families.example, child, mother].toSorted());
  });

  it('says to a role that may not see a row that there is one', async () => {
    const answer = await practitioner({ path: `/v1/families/${families.example}` });
    const family = familyViewSchema.parse(answer.json);
    const benefit = family.needs.find(({ heading }) => heading === 'H4');
    expect(benefit?.evidence).toEqual({
      shown: [],
      withheld: [{ reason: 'benefits', count: 1, says: '1 row of benefits files: not for your role to see.' }],
      notListed: 0,
    });
    expect(answer.text).not.toContain('jobcentre');
  });

  it('shows no address of anybody where one of them must not be found', async () => {
    const answer = await officer({ path: `/v1/families/${families.refuge}` });
    const family = familyViewSchema.parse(answer.json);
    expect(family.members).toHaveLength(2);
    expect(answer.text).not.toMatch(/Harbour House|Old Road|L1 [12]AA/);
    expect(family.members.every((member) => member.access === 'shown' && member.addressWithheld !== undefined)).toBe(true);
  });

  it('does not name, to a role without the right, somebody known from protected files only', async () => {
    const answer = await practitioner({ path: `/v1/families/${families.refuge}` });
    expect(answer.text).not.toContain('Una');
    expect(
      familyViewSchema
        .parse(answer.json)
        .members.map(({ access }) => access)
        .toSorted(),
    ).toEqual(['restricted', 'shown']);
  });

  it('honours a restriction that came after the assessment', async () => {
    for (const path of [`/v1/families/${families.restricted}`, `/v1/families/${families.restricted}/eligibility`]) {
      const answer = await officer({ path });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/Ros|Hidden|High Street|"row"/);
      expect(answer.text).toContain('under a restriction');
    }
  });

  it('needs a purpose, a role, and a family that exists', async () => {
    const path = `/v1/families/${families.example}`;
    expect((await callApi(handler, { roles: ['programme-officer'], path })).status).toBe(400);
    expect((await officer({ path, roles: ['data-officer'] })).status).toBe(403);
    expect((await officer({ path, roles: ['administrator'] })).status).toBe(403);
    expect((await callApi(handler, { path })).status).toBe(401);
    const missing = await officer({ path: `/v1/families/${ulid()}` });
    expect([missing.status, missing.json]).toEqual([404, expect.objectContaining({ code: 'family-not-found' })]);
  });
});

describe('Why a family is eligible', () => {
  it('is explained criterion by criterion, down to file and row, with what is missing and what would change it', async () => {
    const answer = await officer({ path: `/v1/families/${families.example}/eligibility` });
    const view = eligibilityViewSchema.parse(answer.json);
    expect(view).toMatchObject({
      outcome: 'eligible',
      says: 'Eligible: 2 of the 6 headings are met; the programme asks for 2 or more, and a dependent child lives in the family.',
      headingsMet: ['H3', 'H4'],
      dependentChild: { value: 'met', personIds: [child] },
      ruleSet: { id: 'supporting-families-six-headings' },
      version: 1,
    });
    const inNeed = view.criteria.find(({ criterionId }) => criterionId === 'P2.H3.2');
    expect(inNeed).toMatchObject({
      value: 'met',
      says: 'A child in this family is a child in need now.',
      evidence: {
        shown: [
          {
            personId: child,
            feed: 'childrens-social-care',
            uploadId: '01BX5ZZKBKACTAV9WEVGEMMVRZ',
            row: 7,
            says: 'Child in need since 1 September 2026',
          },
        ],
      },
      wouldChange: 'A newer file that shows that it has ended.',
      citation: { confidence: 'confirmed' },
    });
    expect(view.criteria.find(({ criterionId }) => criterionId === 'P2.H1.1')).toMatchObject({
      value: 'not-covered',
      missing: [{ says: 'No file of youth justice has come.' }],
    });
    expect(view.notAsked.length).toBeGreaterThan(3);
    expect(answer.text).not.toMatch(/score|Joan|Sam"/i);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'readEligibility', purpose: 'support-a-family' });
  });
});

describe('Why a family is eligible, to a role that may not see the rows', () => {
  it('does not give away the day of a row by the day on which it stops counting', async () => {
    const path = `/v1/families/${families.example}/eligibility`;
    const withheldFrom = eligibilityViewSchema.parse((await practitioner({ path })).json);
    const hidden = withheldFrom.criteria.filter(({ evidence }) => evidence.withheld.length > 0);
    expect(hidden).not.toHaveLength(0);
    for (const { wouldChange } of hidden) expect(wouldChange).toBe('That depends on rows that are not shown.');
    const open = eligibilityViewSchema.parse((await officer({ path })).json);
    for (const { criterionId } of hidden) {
      expect(open.criteria.find((each) => each.criterionId === criterionId)?.wouldChange).not.toMatch(/not shown/);
    }
  });
});

describe('A list of families', () => {
  it('can be asked for by outcome and heading, page by page, and names nobody', async () => {
    const page = pageOf(familySummarySchema);
    const eligible = await officer({ path: '/v1/families', query: { eligibility: 'eligible', heading: 'H4' } });
    expect(page.parse(eligible.json).items.map(({ familyId }) => familyId)).toEqual([families.example]);
    expect(page.parse(eligible.json).items[0]).toMatchObject({
      headingsMet: ['H3', 'H4'],
      criteriaMet: { met: 2, of: 23 },
      memberCount: 2,
      childCount: 1,
      waitingFor: ['decision'],
    });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = page.parse(
        (await officer({ path: '/v1/families', query: { limit: '1', ...(cursor !== undefined && { cursor }) } })).json,
      );
      seen.push(...answer.items.map(({ familyId }) => familyId));
      cursor = answer.cursor;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(Object.values(families).toSorted());
    expect(eligible.text).not.toMatch(/Example|Joan|Sam/);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'listFamilies', subjects: [seen.at(-1)] });
  });

  it('answers a made-up cursor, limit or outcome with what is wrong', async () => {
    for (const query of [{ cursor: 'x' }, { limit: '0' }, { limit: '101' }, { eligibility: 'maybe' }, { heading: 'H2; drop' }]) {
      expect((await officer({ path: '/v1/families', query })).status).toBe(400);
    }
  });
});
