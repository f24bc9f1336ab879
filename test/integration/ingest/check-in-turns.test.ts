import { expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };

/** Some 75 KB, in pieces of 7 KB: whoever has time for a few pieces only does not come to its end. */
const pupils = manyPupils(900).map((pupil) => ({ ...pupil, surname: `Łukasz-${pupil.surname}` }));

const turnsShort = 3;
/** Worker after worker, the first ones each with time for so many looks at the clock. */
const inTurns = async (
  h: IngestHarness,
  uploadId: string,
  looks: number,
): Promise<{ readonly last: string; readonly before: number[] }> => {
  const before: number[] = [];
  for (;;) {
    let asked = 0;
    const { kind } = await h.ingest(uploadId, { remainingMs: () => (asked++ < looks || before.length >= turnsShort ? 5_000 : 1_000) });
    if (kind !== 'handed-over') return { last: kind, before };
    const { checkpoint } = await h.upload(uploadId);
    if (checkpoint.objectVersion === undefined) before.push(checkpoint.checked?.byteOffset ?? 0);
    expect(h.ingestQueue.sent.pop()).toEqual({ kind: 'continue', uploadId });
  }
};

it('a file that takes longer to look through than a worker has is looked through in turns, then taken in', async () => {
  const h = ingestHarness(database());
  const { uploadId, size } = await h.receive('school-roll', schoolRollCsv(pupils), { ...autumn, agency: 'in-turns' });
  const { last, before } = await inTurns(h, uploadId, 4);
  expect(last).toBe('completed');
  expect(before).toHaveLength(turnsShort);
  expect(before).toEqual(before.toSorted((a, b) => a - b));
  expect(new Set(before).size).toBe(before.length);
  expect(before.at(-1)).toBeLessThan(size ?? 0);
  expect((await h.upload(uploadId)).checkpoint.counts).toMatchObject({ rows: 900, added: 900, refused: 0 });
}, 60_000);

it('what makes the end of such a file unreadable is found before its first row is taken', async () => {
  const h = ingestHarness(database());
  const spoilt = `${schoolRollCsv(pupils)}A\u0000B,x\r\n`;
  const { uploadId } = await h.receive('school-roll', spoilt, { ...autumn, agency: 'spoilt-end' });
  const { last, before } = await inTurns(h, uploadId, 4);
  expect(last).toBe('refused');
  expect(before).toHaveLength(turnsShort);
  expect((await h.upload(uploadId)).refusal?.code).toBe('file-is-binary');
  expect((await heldRecords(database())).records.filter(({ agency }) => agency === 'spoilt-end')).toEqual([]);
});
