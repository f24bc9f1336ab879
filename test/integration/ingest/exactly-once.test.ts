import { expect, it } from 'vitest';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import { Crash, crashingPorts, type CrashPoint } from '#test/support/crashing-ports.ts';
import { useDynamoDb, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };
const spring = { periodStart: '2026-01-05', periodEnd: '2026-03-27' };

const syllables = ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te', 'vi', 'wo', 'zu', 'he'];

/** A name that is like no other: numbers next to each other have nothing in common. */
const nameOf = (number: number): string =>
  Array.from(((number * 0x9e3779b1) >>> 8).toString(16).padStart(6, '0'), (digit) => syllables[Number.parseInt(digit, 16)]).join('');

/** An agency's own people, who are like nobody's, so that trials do not meet: 12 in autumn; in spring 3 gone, 2 moved, 4 new, 1 faulty row. */
const trialFiles = (trial: number): { readonly first: string; readonly second: string } => {
  const pupils: Pupil[] = manyPupils(16).map((pupil, at) => {
    const number = trial * 16 + at;
    return { ...pupil, forename: nameOf(number), surname: nameOf(number + 50_000), line: `${String(number)} ${nameOf(trial)} Lane` };
  });
  const spoilt: Pupil = { ...manyPupils(1, 40)[0]!, dob: 'never' };
  const moved = pupils.slice(3, 5).map((pupil) => ({ ...pupil, line: '99 New Road' }));
  return { first: schoolRollCsv(pupils.slice(0, 12)), second: schoolRollCsv([...moved, ...pupils.slice(5), spoilt]) };
};

const crashAt = async (db: TestDatabase, trial: number, point: CrashPoint): Promise<{ reached: boolean; agency: string }> => {
  const h = ingestHarness(db);
  const agency = `agency-${String(trial)}`;
  const files = trialFiles(trial);
  await h.ingest((await h.receive('school-roll', files.first, { ...autumn, agency })).uploadId);
  const { uploadId } = await h.receive('school-roll', files.second, { ...spring, agency });
  const turn = { owner: 'the-message', remainingMs: () => 900_000 };
  const crashing = crashingPorts(h.ports, point);
  await ingestUpload(crashing.ports, uploadId, turn).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
  // The queue delivers the message again: the next worker takes over at once.
  const outcome = await h.ingest(uploadId, turn);
  if (outcome.kind !== 'completed') expect(outcome).toEqual({ kind: 'ignored', because: 'finished-before' });
  const after = await h.upload(uploadId);
  expect(after.state).toBe('completed');
  expect(after.checkpoint.counts).toEqual({ rows: 14, added: 4, changed: 2, unchanged: 7, refused: 1, ended: 3 });
  return { reached: crashing.crashed(), agency };
};

it('a worker that dies at any call to the outside, before or after it, has applied each row exactly once', async () => {
  const db = database();
  const agencies: string[] = [];
  for (const moment of ['before', 'after'] as const) {
    for (let call = 1; ; call += 1) {
      const { reached, agency } = await crashAt(db, agencies.length, { call, moment });
      agencies.push(agency);
      if (!reached) break;
    }
  }
  // Claim, check, look-ups, chunks, endings, completion: fewer would mean that the trials stopped short.
  expect(agencies.length).toBeGreaterThan(40);
  const held = await heldRecords(db);
  expect(inconsistencies(held)).toEqual([]);
  for (const agency of agencies) {
    const records = held.records.filter((record) => record.agency === agency);
    expect(records.filter(({ status }) => status === 'current')).toHaveLength(13);
    expect(records.filter(({ status }) => status === 'ended')).toHaveLength(3);
    expect(records.filter(({ contentVersion }) => contentVersion === 2)).toHaveLength(2);
    expect(held.superseded.filter((record) => record.agency === agency)).toHaveLength(2);
    expect(new Set(records.map(({ personId }) => personId)).size).toBe(16);
  }
  expect(held.profiles).toHaveLength(16 * agencies.length);
}, 240_000);

it('a worker whose time is up hands over after every chunk, and the last one completes', async () => {
  const h = ingestHarness(database());
  const { uploadId } = await h.receive('school-roll', schoolRollCsv(manyPupils(60, 1000)), { ...autumn, agency: 'short-of-time' });
  let turns = 0;
  let message: { uploadId: string } | undefined = { uploadId };
  while (message !== undefined) {
    turns += 1;
    let asked = 0;
    // Five seconds at the beginning, one left after the first chunk.
    const outcome = await h.ingest(message.uploadId, {
      owner: `message-${String(turns)}`,
      remainingMs: () => (asked++ < 3 ? 5_000 : 1_000),
    });
    expect(['handed-over', 'completed']).toContain(outcome.kind);
    message = h.ingestQueue.sent.shift();
  }
  expect(turns).toBeGreaterThan(4);
  const upload = await h.upload(uploadId);
  expect(upload).toMatchObject({ state: 'completed', checkpoint: { counts: { rows: 60, added: 60 } } });
  expect(inconsistencies(await heldRecords(database()))).toEqual([]);
});

it('a second worker with another message leaves an upload alone while the first one holds it', async () => {
  const h = ingestHarness(database());
  const { uploadId } = await h.receive('school-roll', schoolRollCsv(manyPupils(30, 2000)), { ...autumn, agency: 'two-messages' });
  const outcomes = await Promise.all([h.ingest(uploadId, { owner: 'one' }), h.ingest(uploadId, { owner: 'two' })]);
  expect(outcomes.map((outcome) => (outcome.kind === 'ignored' ? outcome.because : outcome.kind)).toSorted()).toEqual([
    'completed',
    'held-by-another',
  ]);
  expect((await h.upload(uploadId)).checkpoint.counts).toMatchObject({ rows: 30, added: 30 });
});

it('a worker holds an upload for no longer than two minutes after its last step, however much time it has', async () => {
  const h = ingestHarness(database());
  const { uploadId } = await h.receive('school-roll', schoolRollCsv(manyPupils(5, 4000)), { ...autumn, agency: 'two-minutes' });
  await expect(
    ingestUpload({ ...h.ports, cleanFiles: { ...h.ports.cleanFiles, read: () => Promise.reject(new Crash()) } }, uploadId, {
      owner: 'the first',
      remainingMs: () => 900_000,
    }),
  ).rejects.toThrow(Crash);
  const { leaseUntil } = await h.upload(uploadId);
  expect(leaseUntil).toBe('2026-01-10T12:02:00.000Z');
});

it('of two workers with the same message, one gives up and no row is applied twice', async () => {
  const h = ingestHarness(database());
  const { uploadId } = await h.receive('school-roll', schoolRollCsv(manyPupils(60, 3000)), { ...autumn, agency: 'delivered-twice' });
  const results = await Promise.allSettled([h.ingest(uploadId, { owner: 'one' }), h.ingest(uploadId, { owner: 'one' })]);
  const upload = await h.upload(uploadId);
  if (upload.state !== 'completed') await h.ingest(uploadId, { owner: 'one' });
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect((await h.upload(uploadId)).checkpoint.counts).toMatchObject({ rows: 60, added: 60 });
  const held = await heldRecords(database());
  expect(held.records.filter(({ agency }) => agency === 'delivered-twice')).toHaveLength(60);
  expect(inconsistencies(held)).toEqual([]);
});

it('eight workers with files about the same new people make each person once and lose no row', async () => {
  const pupils = manyPupils(40, 5000);
  const harnesses = Array.from({ length: 8 }, () => ingestHarness(database()));
  const uploads = await Promise.all(
    harnesses.map((h, index) => {
      const turned = [...pupils.slice(index * 5), ...pupils.slice(0, index * 5)];
      return h.receive('school-roll', schoolRollCsv(turned), { ...autumn, agency: `school-${String(index)}` });
    }),
  );
  await Promise.all(
    harnesses.map(async (h, index) => {
      for (;;) {
        // Too many conflicts: the message comes back.
        const outcome = await h.ingest(uploads[index]!.uploadId, { owner: `message-${String(index)}` }).catch(() => undefined);
        if (outcome !== undefined) return outcome;
      }
    }),
  );
  const held = await heldRecords(database());
  const ours = held.records.filter(({ agency }) => agency.startsWith('school-'));
  expect(ours).toHaveLength(8 * 40);
  expect(new Set(ours.map(({ personId }) => personId)).size).toBe(40);
  expect(inconsistencies(held)).toEqual([]);
  for (const [index, h] of harnesses.entries()) {
    expect((await h.upload(uploads[index]!.uploadId)).checkpoint.counts).toMatchObject({ rows: 40, added: 40, refused: 0 });
  }
}, 120_000);

it('one agency’s same file, sent eight times and taken in by eight workers at once, is held once', async () => {
  const csv = schoolRollCsv(manyPupils(40, 6000));
  const harnesses = Array.from({ length: 8 }, () => ingestHarness(database()));
  const uploads = await Promise.all(harnesses.map((h) => h.receive('school-roll', csv, { ...autumn, agency: 'sent-eight-times' })));
  await Promise.all(
    harnesses.map(async (h, index) => {
      for (;;) {
        const outcome = await h.ingest(uploads[index]!.uploadId, { owner: `message-${String(index)}` }).catch(() => undefined);
        if (outcome !== undefined) return outcome;
      }
    }),
  );
  const held = await heldRecords(database());
  const ours = held.records.filter(({ agency }) => agency === 'sent-eight-times');
  expect(ours).toHaveLength(40);
  expect(new Set(ours.map(({ rowId }) => rowId)).size).toBe(40);
  expect(new Set(ours.map(({ personId }) => personId)).size).toBe(40);
  expect(ours.every(({ status, contentVersion }) => status === 'current' && contentVersion === 1)).toBe(true);
  expect(inconsistencies(held)).toEqual([]);
  const counts = await Promise.all(harnesses.map(async (h, index) => (await h.upload(uploads[index]!.uploadId)).checkpoint.counts));
  // Each file has told of all its rows; each row was new in one of them.
  for (const each of counts) expect(each).toMatchObject({ rows: 40, refused: 0, changed: 0, ended: 0 });
  expect(counts.reduce((sum, { added }) => sum + added, 0)).toBe(40);
  expect(counts.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(7 * 40);
}, 120_000);
