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
const [hiddenMother, hiddenChild] = [ulid(), ulid()];
const families: Record<'example' | 'refuge' | 'restricted' | 'hidden', string> = { example: '', refuge: '', restricted: '', hidden: '' };

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

const maracRow = (over: Parameters<typeof aRecord>[0]) =>
  aRecord({ ...period, feed: 'domestic-abuse-marac', agency: 'marac', accessClass: 'protected', ...over });

beforeAll(async () => {
  const { ports } = assessHarness(database(), today);
  const store = dynamoRecordStore(new DocumentTable(database().client, database().tables.Records), () => today);
  handler = httpHandler(
    routes({
      families: ports.families,
      cases: ports.cases,
      people: ports.people,
      ruleSets: ports.ruleSets,
      contents: ports.contents,
      rules: ports.rules,
      clock: ports.clock,
      audit,
    }),
    {
      audit,
      clock: ports.clock,
    },
  );
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
    [
      maracRow({
        personId: hiddenMother,
        subject: 'victim',
        details: { forename: 'Ada', surname: 'Quiet', birthDate: '1991-02-01' },
        relations: [{ toSubject: 'child-1', toPersonId: hiddenChild, relation: 'parent-or-carer-of' }],
      }),
    ],
    [maracRow({ personId: hiddenChild, subject: 'child-1', details: { forename: 'Bea', surname: 'Quiet', birthDate: '2018-02-01' } })],
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
  await assessPeople(ports, [child, mother, safeMother, safeChild, restricted, hiddenMother, hiddenChild]);
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
  families.hidden = await familyOf(hiddenChild);
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

  it('says to a role that may not see benefits rows what it may know without them, and that there may be more', async () => {
    const answer = await practitioner({ path: `/v1/families/${families.example}` });
    const family = familyViewSchema.parse(answer.json);
    expect(family.needs.map(({ heading }) => heading)).toEqual(['H3']);
    expect(family.eligibility).toMatchObject({ outcome: 'not-shown', criteriaMet: { met: 1, notShown: 3 } });
    expect(family.eligibility?.headings.map(({ heading, value }) => [heading, value])).toEqual([
      ['H1', 'unknown'],
      ['H2', 'unknown'],
      ['H3', 'met'],
      ['H4', 'not-shown'],
      ['H5', 'not-shown'],
      ['H6', 'unknown'],
    ]);
    expect(family.eligibility?.says).toMatch(/^Not shown to your role\. By what you may see, 1 of the 6 headings is met/);
    expect(family.notShown).toMatch(/whether or not they say anything/);
    expect(family.waitingFor).toEqual([]);
    expect(answer.text).not.toMatch(/jobcentre|dwp-benefits|out-of-work benefit now/);
  });

  it('shows no address of anybody where one of them must not be found', async () => {
    const answer = await officer({ path: `/v1/families/${families.refuge}` });
    const family = familyViewSchema.parse(answer.json);
    expect(family.members).toHaveLength(2);
    expect(answer.text).not.toMatch(/Harbour House|Old Road|L1 [12]AA/);
    expect(family.members.every((member) => member.access === 'shown' && member.addressWithheld !== undefined)).toBe(true);
  });

  it('does not show, to a role without the right, that there is somebody known from protected files only', async () => {
    const answer = await practitioner({ path: `/v1/families/${families.refuge}` });
    expect(answer.text).not.toMatch(/Una|Secret Mother|marac/);
    expect(answer.text).not.toContain(safeMother);
    const family = familyViewSchema.parse(answer.json);
    expect(family.members.map(({ personId }) => personId)).toEqual([safeChild]);
    expect(family.members[0]).toMatchObject({ basis: ['only-member'] });
    expect(audit.entries.at(-1)?.subjects).toEqual([families.refuge, safeChild]);
  });

  it('shows a role without the right no school, landlord or upload where somebody must not be found, and says so', async () => {
    for (const path of [`/v1/families/${families.refuge}`, `/v1/families/${families.refuge}/eligibility`]) {
      const answer = await practitioner({ path });
      expect(answer.text).not.toMatch(/childrens-services|01BX5ZZKBKACTAV9WEVGEMMVRZ|"row"/);
      expect(answer.json).toMatchObject({ placesWithheld: expect.stringMatching(/which school, landlord or other agency/) as unknown });
      expect((await officer({ path })).text).toContain('childrens-services');
    }
  });

  it('that only files show which the role may not see is none to it', async () => {
    const path = `/v1/families/${families.hidden}`;
    expect((await officer({ path })).status).toBe(200);
    for (const each of [path, `${path}/eligibility`]) {
      const answer = await practitioner({ path: each });
      const missing = await practitioner({ path: each.replace(families.hidden, ulid()) });
      const told = (text: string): string => text.replace(/"correlationId":"\w+"/, '');
      expect([answer.status, told(answer.text)]).toEqual([404, told(missing.text)]);
    }
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
      ruleSet: { id: 'knowsley-six-headings' },
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
    expect(answer.text).not.toMatch(/\bscore|"Joan"|"Sam"/);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'readEligibility', purpose: 'support-a-family' });
  });
});

describe('Why a family is eligible, to a role that may not see the rows', () => {
  it('is not shown for what those rows could answer, whether or not there are any', async () => {
    const hidden = ['P2.H4.1', 'P2.H5.1', 'P2.H5.2'];
    for (const familyId of [families.example, families.refuge, families.restricted]) {
      const view = eligibilityViewSchema.parse((await practitioner({ path: `/v1/families/${familyId}/eligibility` })).json);
      const notShown = view.criteria.filter(({ value }) => value === 'not-shown');
      expect(notShown.map(({ criterionId }) => criterionId)).toEqual(hidden);
      for (const criterion of notShown) {
        expect(criterion).toMatchObject({
          says: 'Not shown to your role. Ask the programme team if you need it for your work with this family.',
          evidence: { shown: [], withheld: [], notListed: 0 },
          missing: [],
          wouldChange: 'Not shown to your role.',
        });
      }
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
    expect(audit.entries.at(-1)).toMatchObject({ action: 'listFamilies', subjects: [seen.at(-1)] });
    expect(eligible.text).not.toMatch(/Example|"Joan"|"Sam"/);
  });

  it('holds for a role what the role may know: by outcome, by heading, and no family that only hidden files show', async () => {
    const page = pageOf(familySummarySchema);
    const ids = async (query: Record<string, string>) =>
      page.parse((await practitioner({ path: '/v1/families', query })).json).items.map(({ familyId }) => familyId);
    const known = [families.example, families.refuge, families.restricted].toSorted();
    expect(await ids({})).toEqual(known);
    expect(await ids({ eligibility: 'not-shown' })).toEqual(known);
    expect(await ids({ eligibility: 'eligible' })).toEqual([]);
    expect(await ids({ heading: 'H3' })).toContain(families.example);
    for (const heading of ['H4', 'H5']) expect(await ids({ heading })).toEqual([]);
    expect(await ids({ heading: 'H3', limit: '1' })).toHaveLength(1);
  });

  it('by heading goes on where the page ended, and misses nobody', async () => {
    const page = pageOf(familySummarySchema);
    const ask = async (query: Record<string, string>) => page.parse((await officer({ path: '/v1/families', query })).json);
    const all = (await ask({ heading: 'H3' })).items.map(({ familyId }) => familyId);
    expect(all.length).toBeGreaterThan(1);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await ask({ heading: 'H3', limit: '1', ...(cursor !== undefined && { cursor }) });
      seen.push(...answer.items.map(({ familyId }) => familyId));
      cursor = answer.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(all);
  });

  it('answers a heading that there is not with those that there are', async () => {
    const answer = await officer({ path: '/v1/families', query: { heading: 'H9' } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      errors: [{ pointer: '/query/heading', code: 'not-an-option', fix: expect.stringMatching(/H1, H2, H3, H4, H5, H6/) as unknown }],
    });
    expect((await officer({ path: '/v1/families', query: { foo: '1' } })).json).toMatchObject({
      errors: [{ pointer: '/query/foo', fix: 'Leave it out, or use one of: limit, cursor, eligibility, heading.' }],
    });
  });

  it('answers a made-up cursor, limit or outcome with what is wrong', async () => {
    for (const query of [{ cursor: 'x' }, { limit: '0' }, { limit: '101' }, { eligibility: 'maybe' }, { heading: 'H2; drop' }]) {
      expect((await officer({ path: '/v1/families', query })).status).toBe(400);
    }
  });
});
