import { describe, expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const alex: Pupil = { number: 'A1', surname: 'Example', forename: 'Alex', dob: '01/02/2012', parent: 'Sam Example' };
const kim: Pupil = { number: 'A2', surname: 'Example', forename: 'Kim', dob: '03/04/2014', parent: 'Sam Example' };
const lee: Pupil = { number: 'A3', surname: 'Other', forename: 'Lee', dob: '05/06/2013', line: '9 High Street' };

const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };
const spring = { periodStart: '2026-01-05', periodEnd: '2026-03-27' };

describe('a file', () => {
  const database = useDynamoDb();

  it('becomes one record and one person per pupil, and says so in the outbox', async () => {
    const h = ingestHarness(database());
    const upload = await h.receive('school-roll', schoolRollCsv([alex, kim, lee]), autumn);
    const outcome = await h.ingest(upload.uploadId);
    expect(outcome).toMatchObject({
      kind: 'completed',
      counts: { rows: 3, added: 3, changed: 0, unchanged: 0, refused: 0, ended: 0 },
    });
    expect(await h.upload(upload.uploadId)).toMatchObject({ state: 'completed', checkpoint: { byteOffset: upload.size, row: 3 } });
    const held = await heldRecords(database());
    expect(held.profiles.map(({ names }) => names[0]?.forename).toSorted()).toEqual(['Alex', 'Kim', 'Lee']);
    expect(inconsistencies(held)).toEqual([]);
    // One entry for the people, one for the coverage, one by which the end of the file's work is known, all announced.
    expect(h.assessQueue.sent).toHaveLength(3);
    expect(await h.ports.coverage.readCoverage()).toEqual([
      { agency: 'knowsley-schools', feed: 'school-roll', uploadId: upload.uploadId, from: '2025-09-01', to: '2025-12-20' },
    ]);
    expect(await h.ports.coverage.readEpoch()).toBe(1);
  });

  it('sent again, as it is or with one row more and in another order, adds only the new row', async () => {
    const h = ingestHarness(database());
    const again = await h.receive('school-roll', schoolRollCsv([alex, kim, lee]), autumn);
    expect(await h.ingest(again.uploadId)).toMatchObject({ counts: { rows: 3, added: 0, unchanged: 3, ended: 0 } });
    const more = await h.receive('school-roll', schoolRollCsv([lee, { ...kim, number: 'A4', forename: 'Jo' }, kim, alex]), autumn);
    expect(await h.ingest(more.uploadId)).toMatchObject({ counts: { rows: 4, added: 1, unchanged: 3, ended: 0 } });
    const held = await heldRecords(database());
    expect(held.profiles).toHaveLength(4);
    expect(held.superseded).toEqual([]);
    expect(inconsistencies(held)).toEqual([]);
  });

  it('of a later term ends the records it no longer has, and keeps what they said', async () => {
    const h = ingestHarness(database());
    const upload = await h.receive('school-roll', schoolRollCsv([alex, kim]), spring);
    expect(await h.ingest(upload.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 2, unchanged: 2, ended: 2 } });
    const held = await heldRecords(database());
    const ended = held.records.filter(({ status }) => status === 'ended');
    expect(ended.map(({ details, endedOn }) => [details.forename, endedOn]).toSorted()).toEqual([
      ['Jo', '2026-03-27'],
      ['Lee', '2026-03-27'],
    ]);
    expect(ended[0]?.facts).toHaveLength(1);
    const leesHome = held.profiles.find(({ names }) => names[0]?.forename === 'Lee')?.addresses[0];
    expect(leesHome).toMatchObject({ from: '2025-09-01', to: '2026-03-27' });
    expect(inconsistencies(held)).toEqual([]);
  });

  it('of which no row can be taken ends nothing and covers nothing, and the next one is as if it had never come', async () => {
    const h = ingestHarness(database());
    const summer = { periodStart: '2026-04-13', periodEnd: '2026-07-17' };
    const before = await h.ports.coverage.readCoverage();
    const faulty = await h.receive('school-roll', schoolRollCsv([alex, kim].map((pupil) => ({ ...pupil, dob: '31/02/2012' }))), summer);
    expect(await h.ingest(faulty.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 2, refused: 2, added: 0, ended: 0 } });
    expect(await h.ports.coverage.readCoverage()).toEqual(before);
    const good = await h.receive('school-roll', schoolRollCsv([alex, kim]), spring);
    expect(await h.ingest(good.uploadId)).toMatchObject({ counts: { rows: 2, unchanged: 2, ended: 0 } });
    const held = await heldRecords(database());
    expect(
      held.records.filter(({ status, details }) => status === 'current' && ['Alex', 'Kim'].includes(details.forename ?? '')),
    ).toHaveLength(2);
    expect(inconsistencies(held)).toEqual([]);
  });

  it('that has an ended record again lets it hold again', async () => {
    const h = ingestHarness(database());
    const summer = { periodStart: '2026-04-13', periodEnd: '2026-07-17' };
    const upload = await h.receive('school-roll', schoolRollCsv([alex, kim, lee]), summer);
    expect(await h.ingest(upload.uploadId)).toMatchObject({ counts: { rows: 3, added: 0, changed: 1, unchanged: 2, ended: 0 } });
    const held = await heldRecords(database());
    const leesRecord = held.records.find(({ details }) => details.forename === 'Lee');
    expect(leesRecord).toMatchObject({ status: 'current', contentVersion: 1 });
    expect(leesRecord?.endedOn).toBeUndefined();
    expect(inconsistencies(held)).toEqual([]);
  });

  it('of an earlier term that comes late does not undo what newer files said', async () => {
    const h = ingestHarness(database());
    const before = await heldRecords(database());
    const late = await h.receive(
      'school-roll',
      schoolRollCsv([
        { ...alex, line: '77 Old Street' },
        { ...kim, number: 'A9', forename: 'Pat' },
      ]),
      autumn,
    );
    expect(await h.ingest(late.uploadId)).toMatchObject({ counts: { rows: 2, added: 1, unchanged: 1, ended: 1 } });
    const held = await heldRecords(database());
    expect(held.records.find(({ details }) => details.forename === 'Pat')).toMatchObject({ status: 'ended', endedOn: '2026-07-17' });
    const alexsHome = (of: typeof held) => of.profiles.find(({ names }) => names[0]?.forename === 'Alex')?.addresses;
    expect(alexsHome(held)).toEqual(alexsHome(before));
    expect(inconsistencies(held)).toEqual([]);
  });
});

describe('rows', () => {
  const database = useDynamoDb();

  it('that are faulty are reported by number, column and code, and block nobody', async () => {
    const h = ingestHarness(database());
    const faulty = { ...kim, upn: 'Z999999999999', dob: '31/02/2014' };
    const upload = await h.receive('school-roll', schoolRollCsv([alex, faulty, lee]), autumn);
    expect(await h.ingest(upload.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 3, added: 2, refused: 1 } });
    const problems = await h.problemsOf(upload.uploadId);
    expect(problems.map(([row, column]) => [row, column])).toEqual([
      [2, 'upn'],
      [2, 'dob'],
    ]);
    expect(inconsistencies(await heldRecords(database()))).toEqual([]);
  });

  it('with faults that name their record do not end it; rows that name none let nothing end', async () => {
    const h = ingestHarness(database());
    const good = await h.receive('school-roll', schoolRollCsv([alex, kim, lee]), autumn);
    await h.ingest(good.uploadId);
    const named = await h.receive('school-roll', schoolRollCsv([alex, { ...kim, dob: 'nonsense' }]), {
      ...spring,
      periodEnd: '2026-03-26',
    });
    expect(await h.ingest(named.uploadId)).toMatchObject({ counts: { refused: 1, unchanged: 1, ended: 1 } });
    const nameless = await h.receive('school-roll', schoolRollCsv([{ ...kim, number: '' }]), spring);
    expect(await h.ingest(nameless.uploadId)).toMatchObject({ counts: { refused: 1, ended: 0 } });
    const held = await heldRecords(database());
    const standing = held.records.filter(({ status }) => status === 'current').map(({ details }) => details.forename);
    expect(standing.toSorted()).toEqual(['Alex', 'Kim']);
  });

  it('about one record twice are counted once if they are alike, and reported if they differ', async () => {
    const h = ingestHarness(database());
    const rob: Pupil = { ...alex, number: 'B1', forename: 'Rob' };
    const upload = await h.receive('school-roll', schoolRollCsv([rob, rob, { ...rob, line: '2 Mill Lane' }]), {
      ...autumn,
      agency: 'third-school',
    });
    expect(await h.ingest(upload.uploadId)).toMatchObject({ counts: { rows: 3, added: 1, unchanged: 1, refused: 1 } });
    expect(await h.problemsOf(upload.uploadId)).toEqual([[3, undefined, 'duplicate-record']]);
    const again = await h.receive('school-roll', schoolRollCsv([rob, rob, { ...rob, line: '2 Mill Lane' }]), {
      ...autumn,
      agency: 'third-school',
    });
    expect(await h.ingest(again.uploadId)).toMatchObject({ counts: { rows: 3, unchanged: 2, refused: 1 } });
    expect(await h.problemsOf(again.uploadId)).toEqual([[3, undefined, 'duplicate-record']]);
  });
});

describe('a changed row', () => {
  const database = useDynamoDb();

  it('keeps the person, the earlier home and the old content, and drops what it no longer says', async () => {
    const h = ingestHarness(database());
    const first = await h.receive('school-roll', schoolRollCsv([{ ...alex, upn: 'H801200001001' }]), autumn);
    await h.ingest(first.uploadId);
    const [before] = (await heldRecords(database())).profiles;
    const moved = await h.receive('school-roll', schoolRollCsv([{ ...alex, line: '5 New Road', postcode: 'L36 0AA', parent: '' }]), spring);
    expect(await h.ingest(moved.uploadId)).toMatchObject({ counts: { rows: 1, changed: 1 } });
    const held = await heldRecords(database());
    expect(held.profiles).toHaveLength(1);
    const [profile] = held.profiles;
    expect(profile?.personId).toBe(before?.personId);
    expect(profile?.addresses.map(({ address, from, to }) => [address.lines[0], from, to])).toEqual([
      ['5 New Road', '2026-01-05', undefined],
      ['1 Mill Lane', '2025-09-01', '2026-01-05'],
    ]);
    expect(profile?.identifiers.map(({ type }) => type)).toEqual(['agency-person-id']);
    expect(profile?.contacts).toEqual([]);
    expect(held.superseded).toHaveLength(1);
    expect(held.superseded[0]).toMatchObject({ contentVersion: 1, status: 'superseded', details: { upn: 'H801200001001' } });
    expect(held.records[0]).toMatchObject({ contentVersion: 2, because: 'assigned-before' });
    expect(inconsistencies(held)).toEqual([]);
  });

  it('that corrects a name stays with its only person', async () => {
    const h = ingestHarness(database());
    const corrected = await h.receive(
      'school-roll',
      schoolRollCsv([{ ...alex, surname: 'Exemplar', line: '5 New Road', postcode: 'L36 0AA', parent: '' }]),
      spring,
    );
    expect(await h.ingest(corrected.uploadId)).toMatchObject({ counts: { changed: 1 } });
    const held = await heldRecords(database());
    expect(held.profiles.map(({ names }) => names.map(({ surname }) => surname))).toEqual([['Exemplar']]);
    expect(inconsistencies(held)).toEqual([]);
  });

  it('that turns out to be about somebody else moves to that person, and leaves nothing with the first', async () => {
    const h = ingestHarness(database());
    const other = await h.receive('school-roll', schoolRollCsv([lee]), { ...autumn, agency: 'another-school' });
    await h.ingest(other.uploadId);
    const turned = await h.receive('school-roll', schoolRollCsv([{ ...lee, number: 'A1' }]), { ...spring, periodEnd: '2026-03-28' });
    expect(await h.ingest(turned.uploadId)).toMatchObject({ counts: { changed: 1, ended: 0 } });
    const held = await heldRecords(database());
    const leeProfile = held.profiles.find(({ names }) => names[0]?.forename === 'Lee');
    expect(leeProfile?.recordCount).toBe(2);
    const emptied = held.profiles.find(({ recordCount }) => recordCount === 0);
    expect(emptied).toMatchObject({ names: [], identifiers: [], addresses: [], identityKeys: [] });
    expect(inconsistencies(held)).toEqual([]);
  });
});

describe('a protected address', () => {
  const database = useDynamoDb();

  it('takes the person out of every key of an address', async () => {
    const h = ingestHarness(database());
    const open = await h.receive('school-roll', schoolRollCsv([alex, kim]), autumn);
    await h.ingest(open.uploadId);
    const hidden = await h.receive('school-roll', schoolRollCsv([{ ...alex, protectedAddress: true }, kim]), spring);
    expect(await h.ingest(hidden.uploadId)).toMatchObject({ counts: { changed: 1, unchanged: 1 } });
    const held = await heldRecords(database());
    const alexId = held.profiles.find(({ names }) => names[0]?.forename === 'Alex')?.personId ?? '';
    const under = held.keys
      .filter(({ persons, namedBy }) => persons.includes(alexId) || namedBy.includes(alexId))
      .map(({ key }) => key.split('#')[0]);
    expect(under.filter((type) => type === 'HOUSEHOLD' || type === 'NAME_AT_ADDRESS')).toEqual([]);
    expect(under).toContain('PROTECTED_HOME');
    expect(inconsistencies(held)).toEqual([]);
  });

  it('protects the home for as long as a record says so', async () => {
    const h = ingestHarness(database());
    const robin = { ...alex, number: 'B1', forename: 'Robin', dob: '07/08/2011', line: '9 Quay Street', postcode: 'L1 1AA' };
    const keysThatProtect = async () => {
      const held = await heldRecords(database());
      const robinId = held.profiles.find(({ names }) => names[0]?.forename === 'Robin')?.personId ?? '';
      return held.keys.filter(({ key, persons }) => key.startsWith('PROTECTED_HOME#') && persons.includes(robinId)).map(({ key }) => key);
    };
    const school = { agency: 'another-school' };
    const first = await h.receive('school-roll', schoolRollCsv([{ ...robin, protectedAddress: true }]), { ...autumn, ...school });
    await h.ingest(first.uploadId);
    // The home, and the postcode for whoever is known by no more.
    expect(await keysThatProtect()).toHaveLength(2);
    const second = await h.receive('school-roll', schoolRollCsv([robin]), { ...spring, ...school });
    await h.ingest(second.uploadId);
    expect(await keysThatProtect()).toEqual([]);
    expect(inconsistencies(await heldRecords(database()))).toEqual([]);
  });
});

describe('a file that is not what it says', () => {
  const database = useDynamoDb();

  it.each([
    ['another feed', 'nino,surname,forename\r\nQQ123456C,Example,Alex\r\n'],
    ['no header', 'A1,Example,Alex,01/02/2012\r\nA2,Example,Kim,03/04/2014\r\n'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n'],
    ['zeros far down', `${schoolRollCsv(manyPupils(200))}A\u0000B,x\r\n`],
  ])('%s: is refused as a whole with a reason, and leaves nothing behind', async (_, csv) => {
    const h = ingestHarness(database());
    const upload = await h.receive('school-roll', csv);
    const outcome = await h.ingest(upload.uploadId);
    expect(outcome.kind).toBe('refused');
    expect(await h.upload(upload.uploadId)).toMatchObject({ state: 'refused', refusal: { fix: expect.stringMatching(/\w/) as unknown } });
    expect((await heldRecords(database())).raw).toEqual([]);
  });

  it('other bytes than announced: is refused', async () => {
    const h = ingestHarness(database());
    const csv = schoolRollCsv([alex]);
    const upload = await h.receive('school-roll', csv);
    h.files.put(upload.uploadId, new TextEncoder().encode(csv.replace('Alex', 'Alec')));
    expect(await h.ingest(upload.uploadId)).toMatchObject({ kind: 'refused', refusal: { code: 'not-the-announced-file' } });
    expect((await heldRecords(database())).raw).toEqual([]);
  });
});

describe('a referral', () => {
  const database = useDynamoDb();

  it('adds its one record, ends nothing and covers nothing', async () => {
    const h = ingestHarness(database());
    const roll = await h.receive('school-roll', schoolRollCsv([alex, kim]), autumn);
    await h.ingest(roll.uploadId);
    const referral = await h.receive('school-roll', schoolRollCsv([lee]), { ...spring, source: 'referral' });
    expect(await h.ingest(referral.uploadId)).toMatchObject({ counts: { added: 1, ended: 0 } });
    expect(await h.ports.coverage.readCoverage()).toHaveLength(1);
    const held = await heldRecords(database());
    expect(held.records.filter(({ status }) => status === 'current')).toHaveLength(3);
    expect(inconsistencies(held)).toEqual([]);
  });
});
