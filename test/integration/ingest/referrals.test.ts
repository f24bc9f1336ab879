import { describe, expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const alex: Pupil = { number: 'A1', surname: 'Example', forename: 'Alex', dob: '01/02/2012', parent: 'Sam Example' };
const moved: Pupil = { ...alex, line: '9 High Street' };
const kim: Pupil = { number: 'A2', surname: 'Example', forename: 'Kim', dob: '03/04/2014' };

const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };
const spring = { periodStart: '2026-01-05', periodEnd: '2026-03-27' };
const asReferral = (period: typeof autumn) => ({ ...period, source: 'referral' as const });

describe('a referral in the shape of an agency’s row', () => {
  const database = useDynamoDb();
  const home = async (forename: string) => {
    const { records } = await heldRecords(database());
    return records.find(({ details }) => details.forename === forename)?.details.address?.lines[0];
  };

  it('does not change what the agency’s file says, and says why', async () => {
    const h = ingestHarness(database());
    await h.ingest((await h.receive('school-roll', schoolRollCsv([alex]), autumn)).uploadId);
    const before = await home('Alex');
    const referral = await h.receive('school-roll', schoolRollCsv([moved]), asReferral(spring));
    expect(await h.ingest(referral.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 1, changed: 0, refused: 1 } });
    expect(await home('Alex')).toBe(before);
    expect(await h.problemsOf(referral.uploadId)).toEqual([[1, undefined, 'held-from-agency']]);
  });

  it('that says the same is known already', async () => {
    const h = ingestHarness(database());
    const referral = await h.receive('school-roll', schoolRollCsv([alex]), asReferral(spring));
    expect(await h.ingest(referral.uploadId)).toMatchObject({ counts: { rows: 1, added: 0, changed: 0, unchanged: 1, refused: 0 } });
  });

  it('adds what the agency has not sent, may be corrected by another, and yields to the agency’s file', async () => {
    const h = ingestHarness(database());
    const send = async (pupil: Pupil, over: object) => h.ingest((await h.receive('school-roll', schoolRollCsv([pupil]), over)).uploadId);
    expect(await send(kim, asReferral(autumn))).toMatchObject({ counts: { added: 1 } });
    expect(await send({ ...kim, line: '5 Quay Street' }, asReferral(autumn))).toMatchObject({ counts: { changed: 1 } });
    expect(await home('Kim')).toBe('5 Quay Street');
    expect(await send({ ...kim, line: '6 Quay Street' }, spring)).toMatchObject({ counts: { changed: 1 } });
    expect(await send({ ...kim, line: '5 Quay Street' }, asReferral(spring))).toMatchObject({ counts: { changed: 0, refused: 1 } });
    expect(await home('Kim')).toBe('6 Quay Street');
    expect(inconsistencies(await heldRecords(database()))).toEqual([]);
  });

  it('that the agency’s file then repeats word for word is the agency’s from then on', async () => {
    const h = ingestHarness(database());
    const send = async (pupil: Pupil, over: object) => h.ingest((await h.receive('school-roll', schoolRollCsv([pupil]), over)).uploadId);
    const lee: Pupil = { number: 'A3', surname: 'Other', forename: 'Lee', dob: '05/06/2013', line: '1 Mill Lane' };
    expect(await send(lee, asReferral(spring))).toMatchObject({ counts: { added: 1 } });
    expect(await send(lee, spring)).toMatchObject({ counts: { added: 0, changed: 0, unchanged: 1 } });
    expect(await send({ ...lee, line: '5 Quay Street' }, asReferral(spring))).toMatchObject({ counts: { changed: 0, refused: 1 } });
    expect(await home('Lee')).toBe('1 Mill Lane');
    expect(inconsistencies(await heldRecords(database()))).toEqual([]);
  });
});
