import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import type { Upload } from '#shared/domain/uploads/upload.ts';
import { weighUpload } from '#shared/services/weighing/weigh-upload.ts';
import type { WeighPorts } from '#shared/services/weighing/weigh-ports.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { anAgreement } from '#test/support/an-agreement.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const roll = manyPupils(80);
const strangers = manyPupils(160).slice(80);
const months = ['2025-09', '2025-10', '2025-11', '2025-12'];

/** A school of its own, so that no test sees another's people. */
const aSchool = (over: Partial<WeighPorts> = {}) => {
  const h = ingestHarness(database());
  const agency = `school-${ulid().toLowerCase()}`;
  const ports: WeighPorts = {
    ...h.ports,
    weighings: h.weighings,
    foreseen: h.foreseen,
    agreements: { findAgreement: () => Promise.resolve(undefined) },
    ...over,
  };
  const own = (pupils: readonly Pupil[]): Pupil[] => pupils.map((pupil) => ({ ...pupil, line: `1 ${agency.slice(-8)} Road` }));
  const send = (pupils: readonly Pupil[], month: string, upload: Partial<Upload> = {}) =>
    h.receive(
      'school-roll',
      schoolRollCsv(own(pupils)),
      { agency, uploadId: ulid(), periodStart: `${month}-01`, periodEnd: `${month}-28`, ...upload },
      { toWeigh: true },
    );
  const weigh = (uploadId: string, remainingMs = () => 300_000) => weighUpload(ports, uploadId, { remainingMs });
  const flow = async (pupils: readonly Pupil[], month: string): Promise<Upload> => {
    const upload = await send(pupils, month);
    expect((await weigh(upload.uploadId)).kind).toBe('passed');
    expect((await h.ingest(upload.uploadId)).kind).toBe('completed');
    return upload;
  };
  /** Three files as they usually are. */
  const settle = async (): Promise<void> => {
    await flow(roll, months[0]!);
    await flow(roll.slice(0, 78), months[1]!);
    await flow(roll.slice(1), months[2]!);
  };
  return { ...h, agency, ports, send, weigh, settle };
};

const codesOf = async ({ upload }: Pick<IngestHarness, 'upload'>, uploadId: string) => {
  const { state, hold } = await upload(uploadId);
  return [state, hold?.findings.map(({ code }) => code)];
};

describe('A file looked at as a whole', () => {
  it('like those before it flows, once, and is counted without a word about anybody', async () => {
    const school = aSchool();
    await school.settle();
    const { uploadId } = await school.send(roll.slice(0, 76), months[3]!);
    expect((await school.ingest(uploadId)).kind).toBe('ignored');
    expect(await school.weigh(uploadId)).toMatchObject({ kind: 'passed', rows: 76 });
    expect(await school.weigh(uploadId)).toMatchObject({ kind: 'passed', rows: 0 });
    expect((await school.upload(uploadId)).state).toBe('ready');
    const weighing = await school.weighings.findWeighing(uploadId);
    expect(weighing?.effect).toEqual({
      rows: 76,
      isWhole: true,
      added: 0,
      changed: 1,
      unchanged: 75,
      refused: 0,
      newPeople: 0,
      changedFields: {},
      possibleMatches: 0,
      ended: 4,
    });
    expect(JSON.stringify(weighing)).not.toMatch(
      new RegExp(
        roll
          .slice(0, 20)
          .map(({ surname }) => surname)
          .join('|'),
      ),
    );
    expect((await school.ingest(uploadId)).kind).toBe('completed');
    expect((await school.upload(uploadId)).checkpoint.counts).toMatchObject({ rows: 76, added: 0, changed: 1, unchanged: 75, ended: 4 });
  });

  it.each([
    ['with a third of its rows', roll.slice(0, 26), ['most-records-ended', 'far-fewer-rows']],
    ['of quite other people', strangers, ['few-people-known', 'few-records-known', 'most-records-ended']],
    ['with forename and surname swapped', roll.map((p) => ({ ...p, forename: p.surname, surname: p.forename })), ['names-swapped']],
  ] as const)('%s is held, and nothing of it is written', async (_, pupils, codes) => {
    const school = aSchool();
    await school.settle();
    const held = async () => (await heldRecords(database())).raw.filter(({ pk }) => !String(pk).startsWith('FORESEEN#'));
    const before = await held();
    const { uploadId } = await school.send(pupils, months[3]!);
    expect(await school.weigh(uploadId)).toMatchObject({ kind: 'held', codes });
    expect(await codesOf(school, uploadId)).toEqual(['held', codes]);
    expect(await held()).toEqual(before);
    // No message brings it in: it waits for a person.
    expect((await school.ingest(uploadId)).kind).toBe('ignored');
    expect(school.ingestQueue.sent.filter((message) => message.uploadId === uploadId)).toEqual([]);
    expect((await school.weighings.findWeighing(uploadId))?.effect.rows).toBe(pupils.length);
    expect(await school.weigh(uploadId)).toMatchObject({ kind: 'renewed' });
  });

  it('of pupils whom the agreement does not name is held, the first one, too', async () => {
    const agreement = anAgreement({
      feeds: [{ feed: 'school-roll', columns: ['upn'], limits: { schools: ['3404001'], postcodes: ['L36'] } }],
    });
    const school = aSchool({ agreements: { findAgreement: () => Promise.resolve(agreement) } });
    const upload = { agreementId: agreement.agreementId };
    const elsewhere = roll.map((pupil, n) => (n < 20 ? { ...pupil, school: '3414002', postcode: 'M1 1AE' } : pupil));
    const { uploadId } = await school.send(elsewhere, months[0]!, upload);
    await school.weigh(uploadId);
    expect(await codesOf(school, uploadId)).toEqual(['held', ['postcodes-not-agreed', 'schools-not-agreed']]);
    const few = await school.send(elsewhere.slice(12), months[0]!, upload);
    expect((await school.weigh(few.uploadId)).kind).toBe('passed');
  });

  it('for longer than there is time is judged by its beginning, and says so', async () => {
    const school = aSchool();
    const { uploadId } = await school.send(manyPupils(300), months[0]!);
    let asked = 0;
    await school.weigh(uploadId, () => 1000 - 350 * asked++);
    const profile = (await school.weighings.findWeighing(uploadId))?.profile;
    expect(profile?.isWhole).toBe(false);
    expect(profile?.rows).toBeLessThan(300);
    expect(profile?.estimatedRows).toBeGreaterThan(250);
    expect(profile?.estimatedRows).toBeLessThan(350);
  });

  it('and released after a newer one does not undo it', async () => {
    const school = aSchool();
    await school.settle();
    const held = await school.send(roll.slice(0, 26), months[2]!);
    expect((await school.weigh(held.uploadId)).kind).toBe('held');
    const newer = await school.send(roll.slice(0, 77), months[3]!);
    expect((await school.weigh(newer.uploadId)).kind).toBe('passed');
    expect((await school.ingest(newer.uploadId)).kind).toBe('completed');
    const current = async () =>
      (await heldRecords(database())).records.filter(({ agency, status }) => agency === school.agency && status === 'current').length;
    expect(await current()).toBe(77);
    const released = await school.ports.uploads.findUpload(held.uploadId);
    expect(released?.state).toBe('held');
    const decision = { at: '2026-01-10T12:00:00.000Z', by: 'somebody', reason: 'Half of the school is away' };
    expect((await school.held.releaseHeldUpload(held.uploadId, decision)).ok).toBe(true);
    expect((await school.held.releaseHeldUpload(held.uploadId, decision)).ok).toBe(false);
    expect((await school.ingest(held.uploadId)).kind).toBe('completed');
    expect(await current()).toBe(77);
  });
});
