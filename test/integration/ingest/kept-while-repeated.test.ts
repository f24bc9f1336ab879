import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { useDynamoDb, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

const alex: Pupil = { number: 'A1', surname: 'Example', forename: 'Alex', dob: '01/02/2018', upn: 'H801200001001' };
const kim: Pupil = { number: 'A2', surname: 'Sample', forename: 'Kim', dob: '03/04/2019', line: '9 High Street' };

/** What DynamoDB does with what has come to the end of its time. */
const deleteExpired = async (db: TestDatabase, today: string): Promise<void> => {
  for (const { pk, sk, expiresAtSeconds } of (await heldRecords(db)).raw) {
    if (typeof expiresAtSeconds !== 'number' || expiresAtSeconds * 1000 > Date.parse(today)) continue;
    await db.client.send(new DeleteCommand({ TableName: db.tables.Records, Key: { pk, sk } }));
  }
};

it('a pupil whom every yearly roll repeats word for word is kept for as long as the rolls come, and not longer', async () => {
  const db = database();
  let today = '2021-08-01';
  const h = ingestHarness(db, undefined, () => today);
  const sendRollOf = async (year: number): Promise<unknown> => {
    today = `${String(year)}-08-01`;
    await deleteExpired(db, today);
    const period = { periodStart: `${String(year - 1)}-09-01`, periodEnd: `${String(year)}-07-21` };
    const { uploadId } = await h.receive('school-roll', schoolRollCsv([alex, kim]), { ...period, agency: 'yearly' });
    return h.ingest(uploadId);
  };

  expect(await sendRollOf(2021)).toMatchObject({ kind: 'completed', counts: { rows: 2, added: 2 } });
  const first = await heldRecords(db);
  for (let year = 2022; year <= 2031; year += 1) {
    expect(await sendRollOf(year)).toMatchObject({ counts: { rows: 2, added: 0, changed: 0, unchanged: 2, ended: 0 } });
  }
  const held = await heldRecords(db);
  expect(inconsistencies(held)).toEqual([]);
  const idsOf = ({ profiles }: typeof held) => profiles.map(({ personId }) => personId).toSorted();
  expect(idsOf(held)).toEqual(idsOf(first));
  expect(held.records).toHaveLength(2);
  for (const record of held.records)
    expect(record).toMatchObject({
      status: 'current',
      contentVersion: 1,
      periodStart: '2020-09-01',
      periodEnd: '2031-07-21',
      expiresOn: '2038-07-21',
    });
  for (const { addresses, expiresOn } of held.profiles) {
    expect(addresses).toMatchObject([{ from: '2020-09-01', lastSeenOn: '2031-07-21' }]);
    expect(expiresOn).toBe('2038-07-21');
  }
  expect(held.superseded).toEqual([]);

  await deleteExpired(db, '2038-07-20');
  expect((await heldRecords(db)).profiles).toHaveLength(2);
  await deleteExpired(db, '2038-07-21');
  const gone = await heldRecords(db);
  expect([gone.profiles, gone.records]).toEqual([[], []]);

  // The ledger still knows the rows; the people are new ones.
  expect(gone.ledgers).toHaveLength(2);
  expect(await sendRollOf(2040)).toMatchObject({ counts: { rows: 2, added: 2, unchanged: 0 } });
  const again = await heldRecords(db);
  expect(again.profiles).toHaveLength(2);
  expect(idsOf(again).filter((id) => idsOf(first).includes(id))).toEqual([]);
  expect(again.records.map(({ expiresOn }) => expiresOn)).toEqual(['2047-07-21', '2047-07-21']);
});

it('monthly files write a row that they only repeat once a year', async () => {
  const db = database();
  const h = ingestHarness(db);
  for (let month = 0; month <= 30; month += 1) {
    const day = `${String(2021 + Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}-15`;
    const { uploadId } = await h.receive('school-roll', schoolRollCsv([kim]), {
      periodStart: '2020-09-01',
      periodEnd: day,
      agency: 'monthly',
    });
    expect(await h.ingest(uploadId)).toMatchObject({ counts: { rows: 1, added: month === 0 ? 1 : 0, unchanged: month === 0 ? 0 : 1 } });
  }
  const ledger = (await heldRecords(db)).ledgers.find(({ agency }) => agency === 'monthly');
  // Written for January 2021, 2022 and 2023.
  expect(ledger).toMatchObject({ version: 3, periodEnd: '2023-01-15' });
});

it('a second, different row of a record that has just been written anew is reported', async () => {
  const h = ingestHarness(database());
  const periods = [
    { periodStart: '2020-09-01', periodEnd: '2021-07-21' },
    { periodStart: '2021-09-01', periodEnd: '2022-07-21' },
  ];
  const files = [schoolRollCsv([alex]), schoolRollCsv([alex, alex, { ...alex, line: '2 Mill Lane' }])];
  const [, second] = await Promise.all(
    files.map((csv, index) => h.receive('school-roll', csv, { ...periods[index], agency: 'twice' })),
  ).then(async (uploads) => {
    const outcomes = [];
    for (const { uploadId } of uploads) outcomes.push(await h.ingest(uploadId));
    return outcomes;
  });
  expect(second).toMatchObject({ counts: { rows: 3, unchanged: 2, refused: 1, changed: 0 } });
});
