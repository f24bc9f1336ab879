import fc from 'fast-check';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

/** Of a size that takes several chunks. */
const pupils = manyPupils(36);
const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };
const spring = { periodStart: '2026-01-05', periodEnd: '2026-03-27' };
/** The last is a correction of the one before. */
const periods = [autumn, autumn, spring, spring];

/** One chunk, then time is up. */
const oneChunk = (): { remainingMs: () => number } => {
  let asked = 0;
  return { remainingMs: () => ((asked += 1) <= 2 ? 900_000 : 0) };
};

const file = fc.record({
  left: fc.uniqueArray(fc.nat({ max: 35 }), { maxLength: 12 }),
  moved: fc.uniqueArray(fc.nat({ max: 35 }), { maxLength: 12 }),
});
type File = { readonly left: readonly number[]; readonly moved: readonly number[] };

const rollOf = ({ left, moved }: File, trial: string): string =>
  schoolRollCsv(
    pupils.flatMap((pupil, n) =>
      left.includes(n) ? [] : [{ ...pupil, surname: `${pupil.surname}${trial}`, ...(moved.includes(n) && { line: '99 New Road' }) }],
    ),
  );

const receiveAll = (h: IngestHarness, files: readonly File[], trial: string) =>
  Promise.all(
    files.map((each, n) =>
      h.receive('school-roll', rollOf(each, trial), { ...periods[n]!, agency: `school-${trial}`, uploadId: ulid(1_760_000_000_000 + n) }),
    ),
  );

/** What holds in the end is what the newest file says. */
const expectNewest = async (newest: File, trial: string): Promise<void> => {
  const held = await heldRecords(database());
  const current = held.records.filter(({ agency, status }) => agency === `school-${trial}` && status === 'current');
  const found = current.map(({ details }) => `${details.agencyPersonId ?? ''} ${String(details.address?.lines[0] === '99 New Road')}`);
  const wanted = pupils.flatMap(({ number }, n) => (newest.left.includes(n) ? [] : [`${number} ${String(newest.moved.includes(n))}`]));
  expect(found.toSorted()).toEqual(wanted.toSorted());
  expect(inconsistencies(held)).toEqual([]);
};

it('of snapshots taken in chunk by chunk in turns, in whatever order, what holds in the end is what the newest says', async () => {
  let trial = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(file, file, file, file),
      fc.array(fc.nat({ max: 3 }), { minLength: 24, maxLength: 24 }),
      async (files, turns) => {
        trial += 1;
        const name = 'y'.repeat(trial);
        const h = ingestHarness(database());
        const uploads = await receiveAll(h, files, name);
        for (const turn of turns) await h.ingest(uploads[turn]!.uploadId, oneChunk());
        for (const { uploadId } of uploads) {
          await h.ingest(uploadId);
          expect((await h.upload(uploadId)).state).toBe('completed');
        }
        await expectNewest(files[3], name);
      },
    ),
    { seed: 3, numRuns: 4 },
  );
}, 180_000);

it('of snapshots taken in at the same moment by workers of their own too', async () => {
  const files: File[] = [
    { left: [0, 1], moved: [5, 6, 7, 20] },
    { left: [2, 3], moved: [] },
    { left: [4], moved: [8, 9, 21, 22] },
    { left: [10, 30], moved: [11] },
  ];
  const h = ingestHarness(database());
  const uploads = await receiveAll(h, files, 'z');
  await Promise.all(uploads.map(({ uploadId }) => h.ingest(uploadId)));
  await expectNewest(files[3]!, 'z');
}, 60_000);
