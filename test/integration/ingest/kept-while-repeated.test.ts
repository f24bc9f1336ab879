import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { erasedLedger } from '#shared/domain/people/row-ledger.ts';
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
  // Written in 2021, and again within eight years.
  const keys = held.raw.filter(({ pk }) => String(pk).startsWith('KEY#'));
  expect(keys.length).toBeGreaterThan(5);
  for (const { expiresOn } of keys) expect(String(expiresOn) > '2048').toBe(true);

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

it('a row that has been erased does not come back with a file that has it, in this content or another, for as long as files do', async () => {
  const db = database();
  let today = '2021-08-01';
  const h = ingestHarness(db, undefined, () => today);
  const rollOf = async (year: number, pupils: readonly Pupil[], agency = 'erasing'): Promise<unknown> => {
    today = `${String(year)}-08-01`;
    const period = { periodStart: `${String(year - 1)}-09-01`, periodEnd: `${String(year)}-07-21` };
    const { uploadId } = await h.receive('school-roll', schoolRollCsv(pupils), { ...period, agency });
    return h.ingest(uploadId);
  };
  const own = async () => {
    const { ledgers, records, profiles } = await heldRecords(db);
    const ofAgency = ledgers.filter(({ agency }) => agency === 'erasing');
    return { ledgers: ofAgency, records: records.filter(({ agency }) => agency === 'erasing'), profiles };
  };
  await rollOf(2021, [alex, kim]);
  const before = await own();
  const [erased] = before.records.filter(({ details }) => details.forename === 'Alex');
  const ledger = before.ledgers.find(({ rowId }) => rowId === erased?.rowId);
  if (erased === undefined || ledger === undefined) throw new Error('the row is held');
  const { records, transactions } = h.ports;
  const marker = erasedLedger(ledger, '2021-08-15');
  expect(JSON.stringify(marker)).not.toContain(erased.personId);
  expect(JSON.stringify(marker)).not.toContain(ledger.contentHash);
  const erasure = records.changesFragment({
    ledgers: [{ ...marker, version: marker.version + 1 }],
    records: [],
    removed: [erased],
    profiles: [],
    keys: [],
  });
  expect(await transactions.commit([erasure])).toEqual({ ok: true });

  const still = (await own()).records.map(({ rowId }) => rowId);
  expect(still).toHaveLength(1);
  expect(await rollOf(2022, [alex, kim])).toMatchObject({ counts: { rows: 2, added: 0, changed: 0, unchanged: 2, ended: 0 } });
  expect(await rollOf(2023, [{ ...alex, line: '2 Mill Lane' }, kim])).toMatchObject({ counts: { added: 0, changed: 0, unchanged: 2 } });
  // A roll that no longer has it ends nothing, and the next one brings nothing back.
  expect(await rollOf(2024, [kim])).toMatchObject({ counts: { rows: 1, unchanged: 1, ended: 0 } });
  for (const year of [2025, 2030]) expect(await rollOf(year, [alex, kim])).toMatchObject({ counts: { added: 0, unchanged: 2 } });
  const after = await own();
  expect(after.records.map(({ rowId }) => rowId)).toEqual(still);
  expect(after.profiles.map(({ personId }) => personId).toSorted()).toEqual(before.profiles.map(({ personId }) => personId).toSorted());
  expect(after.ledgers.find(({ rowId }) => rowId === ledger.rowId)).toMatchObject({
    erasedOn: '2021-08-15',
    subjects: [],
    expiresOn: '2055-07-21',
  });
  // The same key in another agency's file is another row.
  expect(await rollOf(2030, [alex], 'another-school')).toMatchObject({ counts: { added: 1 } });
});
