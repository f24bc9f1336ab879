import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { assessMessageSchema } from '#shared/contracts/events/assess-message.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const newDay = assessMessageSchema.parse({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });

const alex: Pupil = { number: 'A1', surname: 'Example', forename: 'Alex', dob: '01/02/2018' };
/** Of another home. */
const robin: Pupil = { number: 'B1', surname: 'Sample', forename: 'Robin', dob: '09/10/2017', line: '77 Far Street' };
const kim: Pupil = { number: 'A2', surname: 'Example', forename: 'Kim', dob: '03/04/2019' };

const itemsOf = async ({ client, tables }: TestDatabase): Promise<readonly Record<string, unknown>[]> => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.Records }));
  return Items;
};

/** What DynamoDB does with what has come to the end of its time. */
const deleteExpired = async (db: TestDatabase, today: string): Promise<void> => {
  for (const { pk, sk, expiresAtSeconds } of await itemsOf(db))
    if (typeof expiresAtSeconds === 'number' && expiresAtSeconds * 1000 <= Date.parse(today))
      await db.client.send(new DeleteCommand({ TableName: db.tables.Records, Key: { pk, sk } }));
};

/** The people of an agency's rows, by partition. */
const peopleOf = (items: readonly Record<string, unknown>[], agency: string): ReadonlySet<unknown> =>
  new Set(items.filter((item) => item['agency'] === agency && String(item['pk']).startsWith('PERSON#')).map(({ pk }) => pk));

/** Families of an agency's people: the partitions of their memberships. */
const familiesOf = (items: readonly Record<string, unknown>[], agency: string): ReadonlySet<unknown> => {
  const people = peopleOf(items, agency);
  return new Set(items.filter(({ pk, sk }) => people.has(pk) && String(sk).startsWith('FAMILY#')).map(({ sk }) => sk));
};

/** What there is of these families, each kind of item with the days until which such items are kept. */
const keptUntil = async (db: TestDatabase, agency: string): Promise<readonly string[]> => {
  const items = await itemsOf(db);
  const [people, families] = [peopleOf(items, agency), familiesOf(items, agency)];
  const own = items.filter(({ pk, sk }) => families.has(pk) || (people.has(pk) && String(sk).startsWith('FAMILY')));
  const said = own.map(
    ({ pk, sk, expiresOn }) => [pk, sk].map((key) => String(key).split('#')[0]).join(' ') + ` until ${String(expiresOn)}`,
  );
  return [...new Set(said)].toSorted();
};

const lookAgain = async (assess: AssessHarness): Promise<void> => {
  await assess.assess([newDay]);
  await assess.assess(assess.sent.splice(0));
};

it('a family of whom nothing changes is kept for as long as the files speak of it, without a new version', async () => {
  const db = database();
  let today = '2021-08-01';
  const ingest = ingestHarness(db, undefined, () => today);
  const sendRollOf = async (year: number): Promise<void> => {
    today = `${String(year)}-08-01`;
    await deleteExpired(db, today);
    const period = { periodStart: `${String(year - 1)}-09-01`, periodEnd: `${String(year)}-07-21`, agency: 'for-years' };
    const { uploadId } = await ingest.receive('school-roll', schoolRollCsv([alex, kim]), period);
    expect(await ingest.ingest(uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 2 } });
    const assess = assessHarness(db, today);
    await assess.assess(ingest.assessQueue.sent.splice(0));
    await lookAgain(assess);
  };
  for (const year of [2021, 2023, 2025, 2027, 2029]) await sendRollOf(year);
  // Birthdays have the family looked at again within the year.
  await lookAgain(assessHarness(db, '2030-06-01'));

  const assess = assessHarness(db, today);
  const [partition, ...others] = [...familiesOf(await itemsOf(db), 'for-years')];
  expect(others).toEqual([]);
  const familyId = String(partition).slice('FAMILY#'.length);
  const [family] = await assess.ports.families.findFamilies([familyId]);
  // Found in 2021 and the same ever since.
  expect(family).toMatchObject({ state: 'current', version: 1, createdAt: '2021-08-01T12:00:00.000Z' });
  expect(await keptUntil(db, 'for-years')).toEqual([
    // What was determined before the answer changed goes seven years after the last file that it could rest on.
    'FAMILY DETERMINATION until 2030-07-21',
    'FAMILY DETERMINATION until 2034-07-21',
    'FAMILY DETERMINATION until 2036-07-21',
    'FAMILY DUE until 2036-07-21',
    'FAMILY FAMILY until 2036-07-21',
    'FAMILY INPUTS until 2030-07-21',
    'FAMILY INPUTS until 2034-07-21',
    'FAMILY INPUTS until 2036-07-21',
    'FAMILY SUMMARY until 2036-07-21',
    'PERSON FAMILY until 2036-07-21',
  ]);
  const [person] = family?.members ?? [];
  expect(await assess.ports.families.listFamilyIdsOfPerson(person?.personId ?? '')).toEqual([familyId]);
  expect(await assess.ports.families.findDeterminations([familyId])).toMatchObject([{ familyId }]);

  // No file has come since: it goes with the evidence.
  await deleteExpired(db, '2036-07-21');
  expect(await keptUntil(db, 'for-years')).toEqual([]);
});

it('looking at a family again within the year writes nothing but its lists', async () => {
  const db = database();
  const ingest = ingestHarness(db, undefined, () => '2026-08-01');
  const period = { periodStart: '2025-09-01', periodEnd: '2026-07-21', agency: 'within-a-year' };
  const { uploadId } = await ingest.receive('school-roll', schoolRollCsv([robin]), period);
  await ingest.ingest(uploadId);
  await assessHarness(db, '2026-08-01').assess(ingest.assessQueue.sent.splice(0));
  const before = await itemsOf(db);
  await lookAgain(assessHarness(db, '2027-02-01'));
  const after = await itemsOf(db);
  const own = familiesOf(after, 'within-a-year');
  const changed = after.filter(
    (item) =>
      (own.has(item['pk']) || String(item['pk']).startsWith('PERSON#')) &&
      !before.some((was) => JSON.stringify(was) === JSON.stringify(item)),
  );
  expect([...new Set(changed.map(({ sk }) => String(sk).split('#')[0]))].toSorted()).toEqual(['DUE', 'SUMMARY']);
});
