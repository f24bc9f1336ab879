import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assessMessageSchema } from '#shared/contracts/events/assess-message.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { familySeen } from '#shared/domain/families/family.ts';
import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import { keysOfProfile } from '#shared/domain/people/person-profile.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { determinationSeen } from '#shared/services/families/determination-seen.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { aRecord } from '#test/support/a-record.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { profileItem, profileItemSchema } from '#shared/store/records/profile-item.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const today = '2026-11-23';
const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const database = useDynamoDb();

let harness: AssessHarness;
beforeAll(() => {
  harness = assessHarness(database(), today);
});

let street = 0;
/** A home of its own for each test. */
let home: { lines: string[]; postcode: string };
beforeEach(() => {
  street += 1;
  home = { lines: [`${String(street)} Mill Lane`], postcode: 'L36 9GL' };
});

const held = new Map<string, PersonRecord[]>();

/** Stores a row about a person as ingest does: record, profile, keys. */
const hold = async (personId: string, record: Partial<PersonRecord>): Promise<void> => {
  const store = dynamoRecordStore(new DocumentTable(database().client, database().tables.Records), () => today);
  const own = aRecord({ personId, periodStart: '2026-01-01', periodEnd: '2026-10-31', ...record });
  const records = [...(held.get(personId) ?? []), own];
  held.set(personId, records);
  const view = withKeys(hash, assembleView(records, '2040-01-05'), today);
  const [before] = await store.readProfiles([personId]);
  const { persons, namedBy } = keysOfProfile(view);
  const entries = new Map((await store.readKeys([...persons, ...namedBy])).map((entry) => [entry.key, entry]));
  const keys = [...new Set([...persons, ...namedBy])].map((key) => {
    const known = entries.get(key) ?? { key, persons: [], namedBy: [], crowded: false, version: 0 };
    return {
      ...known,
      version: known.version + 1,
      persons: persons.includes(key) ? [...new Set([...known.persons, personId])] : known.persons,
      namedBy: namedBy.includes(key) ? [...new Set([...known.namedBy, personId])] : known.namedBy,
    };
  });
  const fragment = store.changesFragment({
    ledgers: [],
    records: [own],
    removed: [],
    profiles: [{ ...view, personId, version: (before?.version ?? 0) + 1 }],
    keys,
  });
  expect(await harness.ports.transactions.commit([fragment])).toEqual({ ok: true });
};

const child = (personId = ulid(), record: Partial<PersonRecord> = {}) => ({
  personId,
  stored: hold(personId, { details: { forename: 'Sam', surname: 'Example', birthDate: '2015-03-09', address: home }, ...record }),
});

const parent = async (record: Partial<PersonRecord> = {}, personId = ulid()): Promise<string> => {
  await hold(personId, {
    feed: 'dwp-benefits',
    accessClass: 'benefits',
    subject: 'claimant',
    details: { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01', address: home },
    ...record,
  });
  return personId;
};

const aChild = async (record: Partial<PersonRecord> = {}, personId = ulid()): Promise<string> => {
  const made = child(personId, record);
  await made.stored;
  return personId;
};

const assess = (...personIds: string[]) => assessPeople(harness.ports, personIds);
const familyOf = async (personId: string): Promise<string> => {
  const [familyId] = await harness.ports.families.listFamilyIdsOfPerson(personId);
  if (familyId === undefined) throw new Error('in no family');
  return familyId;
};
const read = async (familyId: string) => {
  const [family] = await harness.ports.families.findFamilies([familyId]);
  const [determined] = await harness.ports.families.findDeterminations([familyId]);
  if (!family) throw new Error('no such family');
  return { family, determined };
};
const addCoverage = async (feed: FeedId, version = 1) => {
  const { coverage, transactions } = harness.ports;
  const full = dynamoCoverageStore(new DocumentTable(database().client, database().tables.Records));
  const epoch = (await coverage.readEpoch()) + 1;
  const period = { feed, agency: 'an-agency', uploadId: ulid(), from: '2024-01-01', to: '2026-11-20' };
  await transactions.commit([full.coverageFragment({ agency: 'an-agency', feed, periods: [period], version }), full.epochFragment(epoch)]);
  return epoch;
};

const inNeed = { feed: 'childrens-social-care' as const, facts: [{ kind: 'child-in-need' as const, from: '2026-09-01' }] };
const housing = { feed: 'housing-arrears' as const, accessClass: 'standard' as const };
const onBenefit = { facts: [{ kind: 'out-of-work-benefit' as const, from: '2026-05-01', benefit: 'UC' }] };

describe('A family', () => {
  it('is made of the people whom files put together, with what it is determined to be', async () => {
    const [kid, mother] = [await aChild(inNeed), await parent(onBenefit)];
    expect(await assess(kid, mother)).toMatchObject({ families: 1, written: 1, conflicts: 0 });

    const familyId = await familyOf(kid);
    const { family, determined } = await read(familyId);
    expect(family.members.map(({ personId }) => personId).toSorted()).toEqual([kid, mother].toSorted());
    expect(determined?.determination).toMatchObject({ outcome: 'eligible', headingsMet: ['H3', 'H4'], asAt: today });
    expect((await harness.summaries({ outcome: 'eligible', heading: 'H3' })).map((each) => each.familyId)).toContain(familyId);
    expect((await harness.summaries({ outcome: 'eligible', heading: 'H2' })).map((each) => each.familyId)).not.toContain(familyId);
  });

  it('assessed again is not written again', async () => {
    const kid = await aChild(inNeed);
    await assess(kid);
    const before = await read(await familyOf(kid));
    expect(await assess(kid, kid)).toMatchObject({ written: 0 });
    expect(await read(await familyOf(kid))).toEqual(before);
  });

  it('keeps its id when somebody joins, and its determination keeps its history', async () => {
    const kid = await aChild(inNeed);
    await assess(kid);
    const familyId = await familyOf(kid);
    const mother = await parent(onBenefit);
    await assess(mother);
    expect(await familyOf(mother)).toBe(familyId);
    const { family, determined } = await read(familyId);
    expect([family.version, determined?.version, determined?.determination?.outcome]).toEqual([2, 2, 'eligible']);
    const { Items = [] } = await database().client.send(
      new QueryCommand({
        TableName: database().tables.Records,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': `FAMILY#${familyId}`, ':sk': 'DETERMINATION#' },
      }),
    );
    expect(Items.map((item) => item['sk'] as string)).toEqual(['DETERMINATION#000001', 'DETERMINATION#000002']);
  });

  it('that becomes one with another leads to the older', async () => {
    const elsewhere = { lines: ['1 Far Street'], postcode: 'L32 0SS' };
    const [first, second] = [
      await aChild(inNeed),
      await aChild({ details: { forename: 'Kim', surname: 'Other', birthDate: '2012-01-09', address: elsewhere } }),
    ];
    await assess(first);
    await assess(second);
    const [older, younger] = [await familyOf(first), await familyOf(second)];
    const mother = await parent({
      ...housing,
      relations: [
        { toSubject: 'a', toPersonId: first, relation: 'parent-or-carer-of' },
        { toSubject: 'b', toPersonId: second, relation: 'parent-or-carer-of' },
      ],
      details: { forename: 'Joan', surname: 'Else', birthDate: '1985-02-01', address: home },
    });
    await assess(mother, first, second);
    expect([await familyOf(first), await familyOf(second), await familyOf(mother)]).toEqual([older, older, older]);
    const { family, determined } = await read(younger);
    expect(family).toMatchObject({ state: 'merged', mergedInto: older, members: [], formerMembers: [{ personId: second, to: today }] });
    expect(determined).toBeUndefined();
    expect((await harness.summaries()).map((each) => each.familyId)).not.toContain(younger);
  });

  it('that only a benefits row makes one with another stays two to who may not see that row', async () => {
    const elsewhere = { lines: ['2 Far Street'], postcode: 'L32 0SS' };
    const [first, second] = [
      await aChild(inNeed),
      await aChild({ details: { forename: 'Kim', surname: 'Other', birthDate: '2012-01-09', address: elsewhere } }),
    ];
    await assess(first);
    await assess(second);
    const [older, younger] = [await familyOf(first), await familyOf(second)];
    const limited = async () => {
      const all = [...(await harness.summaries({ visibility: 'limited' })), ...(await harness.summaries())];
      return all.filter(({ familyId }) => familyId === older || familyId === younger);
    };
    const membersOf = async (familyId: string) => {
      const seen = familySeen((await read(familyId)).family, 'limited');
      return { state: seen?.state, version: seen?.version, members: seen?.members.map(({ personId }) => personId) };
    };
    expect(await limited()).toHaveLength(4);
    const before = [await membersOf(older), await membersOf(younger)];
    const mother = await parent({
      ...onBenefit,
      relations: [
        { toSubject: 'a', toPersonId: first, relation: 'parent-or-carer-of' },
        { toSubject: 'b', toPersonId: second, relation: 'parent-or-carer-of' },
      ],
      details: { forename: 'Joan', surname: 'Else', birthDate: '1985-02-01', address: home },
    });
    await assess(mother, first, second);
    expect((await read(younger)).family).toMatchObject({ state: 'merged', mergedInto: older });
    expect([await membersOf(older), await membersOf(younger)]).toEqual(before);
    expect((await limited()).map(({ memberCount }) => memberCount).toSorted()).toEqual([1, 1, 3]);
    // Whoever assesses it next finds both, and leaves them as they are.
    await assess(second);
    expect([await membersOf(older), await membersOf(younger)]).toEqual(before);
  });

  it('assessed by eight workers at once is one family, complete', async () => {
    const people = [
      await aChild(inNeed),
      await parent(onBenefit),
      await aChild({ details: { forename: 'Kim', surname: 'Example', birthDate: '2018-01-09', address: home } }),
    ];
    await Promise.all(Array.from({ length: 8 }, (_, index) => assess(people[index % 3] ?? '')));
    const ids = new Set(await Promise.all(people.map(familyOf)));
    expect(ids.size).toBe(1);
    const { family, determined } = await read([...ids][0] ?? '');
    expect(family.members).toHaveLength(3);
    expect(determined?.determination?.outcome).toBe('eligible');
  });

  it('of separated parents holds the one who lives elsewhere, who is in a family of their own too', async () => {
    const kid = await aChild(inNeed);
    await parent();
    const flat = { lines: ['9 New Flats'], postcode: `L33 ${String(street % 10)}GW` };
    const father = await parent({
      details: { forename: 'Joe', surname: 'Example', birthDate: '1986-02-01', address: flat },
      relations: [{ toSubject: 'child', toPersonId: kid, relation: 'parent-or-carer-of' }],
    });
    const baby = await aChild({ details: { forename: 'Bo', surname: 'Example', birthDate: '2025-02-01', address: flat } });
    await assess(kid, father, baby);
    const [first, second] = [await familyOf(kid), await familyOf(baby)];
    expect(first).not.toBe(second);
    expect((await harness.ports.families.listFamilyIdsOfPerson(father)).toSorted()).toEqual([first, second].toSorted());
    expect((await read(first)).family.members.find(({ personId }) => personId === father)).toMatchObject({
      role: 'parent-or-carer',
      lives: 'elsewhere',
    });
  });

  it('waits for a person where an identifier says two things', async () => {
    const kid = await aChild({ ...inNeed, review: 'identifier-conflict' });
    await assess(kid);
    const familyId = await familyOf(kid);
    expect((await harness.summaries()).find((each) => each.familyId === familyId)).toMatchObject({ checks: ['identity-check'] });
    // What the row contradicts may be a row of another class.
    expect((await harness.summaries({ visibility: 'limited' })).find((each) => each.familyId === familyId)).toMatchObject({ checks: [] });
  });

  it('does not use what is said of a person under a restriction', async () => {
    const kid = await aChild(inNeed);
    const { client, tables } = database();
    const { Item } = await client.send(new GetCommand({ TableName: tables.Records, Key: { pk: `PERSON#${kid}`, sk: 'PROFILE' } }));
    const restricted = { ...profileItemSchema.parse(Item), restriction: { kind: 'objection' as const, since: '2026-11-01' } };
    await client.send(new PutCommand({ TableName: tables.Records, Item: profileItem(restricted) }));
    await assess(kid);
    const { determined } = await read(await familyOf(kid));
    const inNeedResult = determined?.determination?.criteria.find(({ criterionId }) => criterionId === 'P2.H3.2');
    expect(inNeedResult).toMatchObject({
      value: 'unknown',
      evidence: [],
      missing: expect.arrayContaining([expect.objectContaining({ reason: 'restricted' })]) as unknown,
    });
  });
});

describe('The worker', () => {
  const outbox = async (work: { kind: 'people'; personIds: string[] } | { kind: 'coverage'; epoch: number }) => {
    const entry = { outboxId: ulid(), work, createdAt: `${today}T11:00:00.000Z` };
    await harness.ports.transactions.commit([
      dynamoOutbox(new DocumentTable(database().client, database().tables.Records)).addFragment(entry),
    ]);
    return { kind: 'outbox' as const, outboxId: entry.outboxId };
  };

  it('removes work from the outbox once it is done; the same message again does nothing', async () => {
    const kid = await aChild(inNeed);
    const message = await outbox({ kind: 'people', personIds: [kid] });
    expect(await harness.assess([message, message])).toMatchObject({ outboxes: 1, people: 1, written: 1 });
    expect(await harness.ports.outbox.findAll([message])).toEqual([]);
    expect(await harness.assess([message])).toMatchObject({ outboxes: 0, people: 0, written: 0 });
  });

  it('determines anew the families for which files have come, and leaves the others', async () => {
    const kid = await aChild(inNeed);
    await assess(kid);
    const familyId = await familyOf(kid);
    const value = async () =>
      (await read(familyId)).determined?.determination?.criteria.find(({ criterionId }) => criterionId === 'P2.H1.1')?.value;
    expect(await value()).toBe('not-covered');

    const epoch = await addCoverage('youth-justice');
    const first = await harness.assess([await outbox({ kind: 'coverage', epoch })]);
    expect(first.written).toBeGreaterThan(0);
    expect(await value()).toBe('not-met');
    // Nothing has come since: nobody is concerned.
    expect(await harness.assess([{ kind: 'coverage', epoch }])).toMatchObject({ families: 0, written: 0 });
  });

  it('finds those too that only standard records show', async () => {
    const at = (line: string) => ({ lines: [line], postcode: 'L32 0SS' });
    const [first, second] = [
      await aChild({ details: { forename: 'Ada', surname: 'Near', birthDate: '2014-01-09', address: at('7 Mill Lane') } }),
      await aChild({ ...inNeed, details: { forename: 'Kim', surname: 'Far', birthDate: '2012-01-09', address: at('9 Hill Lane') } }),
    ];
    await assess(first);
    await assess(second);
    const younger = await familyOf(second);
    const mother = await parent({
      relations: [first, second].map((toPersonId) => ({ toSubject: 'a', toPersonId, relation: 'parent-or-carer-of' as const })),
      details: { forename: 'Jo', surname: 'Between', birthDate: '1985-02-01', address: at('7 Mill Lane') },
    });
    await assess(mother, first, second);
    expect((await read(younger)).family.state).toBe('merged');
    const seen = async () => {
      const { determined } = await read(younger);
      const limited = determined && determinationSeen(determined, 'limited')?.determination;
      return limited?.criteria.find(({ criterionId }) => criterionId === 'P2.H3.1')?.value;
    };
    expect(await seen()).toBe('not-covered');
    const epoch = await addCoverage('childrens-social-care');
    await harness.assess([{ kind: 'coverage', epoch }]);
    expect(await seen()).toBe('not-met');
    expect(await harness.assess([{ kind: 'coverage', epoch }])).toMatchObject({ families: 0, written: 0 });
  });

  it('drops a pass that a newer one has overtaken', async () => {
    const epoch = await addCoverage('suspensions');
    expect(await harness.assess([{ kind: 'coverage', epoch: epoch - 1 }])).toMatchObject({ families: 0, written: 0 });
  });

  it('hands over with a cursor when its time is up, and the passes together reach every family', async () => {
    for (let i = 0; i < 60; i++)
      await aChild(
        {
          ...inNeed,
          details: {
            forename: 'Sam',
            surname: 'Example',
            birthDate: '2015-03-09',
            address: { lines: [`${String(i)} Long Road`], postcode: 'L34 1AA' },
          },
        },
        ulid(),
      );
    const kids = [...held.keys()];
    await assess(...kids);
    const epoch = await addCoverage('homelessness');
    harness.sent.length = 0;
    await harness.assess([{ kind: 'coverage', epoch }], 5_000);
    const [next] = harness.sent.splice(0);
    expect(next).toMatchObject({ kind: 'coverage', epoch, visibility: 'whole', cursor: expect.any(String) as unknown });
    if (next) await harness.assess([next]);
    const all = await harness.summaries();
    const determined = await harness.ports.families.findDeterminations(all.map(({ familyId }) => familyId));
    expect(determined.length).toBeGreaterThan(60);
    const values = determined.map(
      ({ determination }) => determination?.criteria.find(({ criterionId }) => criterionId === 'P2.H4.3-home')?.value,
    );
    // All but the family of the person under a restriction.
    expect(values.filter((value) => value !== 'not-met')).toEqual(['unknown']);
  });
});

describe('A day without files', () => {
  const newDay = assessMessageSchema.parse({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
  const due = async (day: string): Promise<readonly string[]> => {
    const { families } = harness.ports;
    return (await families.listDueFamilies(day, { limit: 1000 })).items;
  };
  const outcomeOf = async (familyId: string) => {
    const { determined, family } = await read(familyId);
    const value = determined?.determination?.criteria.find(({ criterionId }) => criterionId === 'P2.H1.1')?.value;
    return { value, roles: family.members.map(({ role }) => role) };
  };

  it('has only those looked at whose answer the day may change: a look-back that closes, a birthday', async () => {
    // A year after the offence, on 27 November, a look-back of twelve months no longer reaches it.
    const offender = await aChild({
      feed: 'youth-justice',
      facts: [{ kind: 'proven-offence', from: '2025-11-27' }],
      details: { forename: 'Jo', surname: 'Example', birthDate: '2012-03-05', address: home },
    });
    // Eighteen on 27 November.
    const other = { lines: [`${home.lines[0] ?? ''} West`], postcode: 'L36 9GL' };
    const grownUp = await aChild({ details: { forename: 'Pat', surname: 'Sample', birthDate: '2008-11-27', address: other } });
    const third = { lines: [`${home.lines[0] ?? ''} East`], postcode: 'L36 9GL' };
    const untouched = await aChild({ details: { forename: 'Kim', surname: 'Other', birthDate: '2014-05-30', address: third } });
    await assess(offender, grownUp, untouched);
    const [first, second, last] = [await familyOf(offender), await familyOf(grownUp), await familyOf(untouched)];
    expect(await outcomeOf(first)).toMatchObject({ value: 'met' });
    expect(await outcomeOf(second)).toEqual({ value: expect.any(String) as unknown, roles: ['child'] });
    const before = await due('2026-11-25');
    expect([before.includes(first), before.includes(second)]).toEqual([false, false]);

    const later = assessHarness(database(), '2026-11-27');
    expect(await later.assess([newDay])).toMatchObject({ families: 0, written: 0 });
    const sent = later.sent.splice(0);
    const reassessed = sent.flatMap((message) => (message.kind === 'reassess' ? message.familyIds : []));
    expect(reassessed).toContain(first);
    expect(reassessed).toContain(second);
    expect(reassessed).not.toContain(last);
    await later.assess(sent);
    expect(await outcomeOf(first)).toMatchObject({ value: 'not-met' });
    expect((await outcomeOf(second)).roles).not.toEqual(['child']);
    expect(await due('2026-11-27')).toEqual([]);
    // A second time the day brings nothing.
    await later.assess([newDay]);
    expect(later.sent).toEqual([]);
    // Back to the day of the other tests.
    await assess(...held.keys());
  });

  it('is gone through in batches, and handed over when the time is up', async () => {
    const far = assessHarness(database(), '2029-01-01');
    // To who may not see every row some families stand that others have taken in; they have their days, too.
    const [whole, limited] = [await harness.summaries(), await harness.summaries({ visibility: 'limited' })];
    expect(limited.some(({ familyId }) => !whole.some((each) => each.familyId === familyId))).toBe(true);
    const all = new Set([...whole, ...limited].map(({ familyId }) => familyId));
    expect(all.size).toBeGreaterThan(60);
    await far.assess([newDay, newDay], 5_000);
    const ids = far.sent.flatMap((message) => (message.kind === 'reassess' ? message.familyIds : []));
    expect(far.sent.every((message) => message.kind === 'reassess' && message.familyIds.length <= 25)).toBe(true);
    expect(new Set(ids)).toEqual(all);
    expect(ids).toHaveLength(all.size);
  });
});

describe('The lists', () => {
  it('come page by page, each family once, whatever the filter', async () => {
    for (const filter of [{}, { outcome: 'cannot-tell' as const }, { heading: 'H3' }]) {
      const all = (await harness.summaries(filter)).map(({ familyId }) => familyId);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await harness.ports.families.listSummaries(filter, { limit: 7, cursor });
        expect(page.items.length).toBeLessThanOrEqual(7);
        paged.push(...page.items.map(({ familyId }) => familyId));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(paged).toEqual(all);
      expect(new Set(paged).size).toBe(paged.length);
    }
  });

  it('refuse a cursor that they did not make', async () => {
    await expect(harness.ports.families.listSummaries({}, { limit: 7, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
    await expect(
      harness.ports.families.listSummaries({}, { limit: 7, cursor: Buffer.from('["elsewhere","x"]').toString('base64url') }),
    ).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

describe('What is stored', () => {
  it('of families has no name in it, and an end', async () => {
    const { Items = [] } = await database().client.send(new ScanCommand({ TableName: database().tables.Records }));
    const own = Items.filter((item) => String(item['pk']).startsWith('FAMILY#') || String(item['sk']).startsWith('FAMILY'));
    expect(own.length).toBeGreaterThan(100);
    expect(JSON.stringify(own)).not.toMatch(/Example|Joan|2015-03-09|Mill Lane/);
    expect(own.every((item) => typeof item['expiresOn'] === 'string' && item['schemaVersion'] === 1)).toBe(true);
  });
});
