import fc from 'fast-check';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

const pupils = manyPupils(6);
const terms = [
  { periodStart: '2025-04-22', periodEnd: '2025-07-18' },
  { periodStart: '2025-09-01', periodEnd: '2025-12-19' },
  { periodStart: '2026-01-05', periodEnd: '2026-03-27' },
  { periodStart: '2026-04-13', periodEnd: '2026-07-17' },
] as const;

/** Of each term who is on the roll and where everybody lives; and in which order the files come. */
const history = fc.record({
  rolls: fc.array(fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 4 }),
  moves: fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }),
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }),
});

it('in whatever order a feed’s files come, what holds in the end is what the newest one says', async () => {
  let trial = 0;
  await fc.assert(
    fc.asyncProperty(history, async ({ rolls, moves, order }) => {
      trial += 1;
      const agency = `school-${String(trial)}`;
      const h = ingestHarness(database());
      const file = (term: number): string =>
        schoolRollCsv(
          (rolls[term] ?? []).map((n) => {
            const pupil = pupils[n]!;
            // Nobody of another trial is the same person.
            return { ...pupil, surname: `${pupil.surname}${'x'.repeat(trial)}`, line: `${String((moves[term] ?? 0) + 1)} Mill Lane` };
          }),
        );
      const uploads = await Promise.all(
        order.map((term) => h.receive('school-roll', file(term), { ...terms[term]!, agency, uploadId: ulid() })),
      );
      for (const { uploadId } of uploads) expect((await h.ingest(uploadId)).kind).toBe('completed');

      const held = await heldRecords(database());
      const records = held.records.filter((record) => record.agency === agency);
      const newest = new Set((rolls[3] ?? []).map((n) => pupils[n]!.number));
      const everybody = new Set(rolls.flat().map((n) => pupils[n]!.number));
      expect(new Set(records.map(({ details }) => details.agencyPersonId))).toEqual(everybody);
      for (const { details, status } of records) {
        expect([details.agencyPersonId, status]).toEqual([
          details.agencyPersonId,
          newest.has(details.agencyPersonId ?? '') ? 'current' : 'ended',
        ]);
      }
      const lines = records.filter(({ status }) => status === 'current').map(({ details }) => details.address?.lines[0]);
      expect(new Set(lines)).toEqual(new Set([`${String((moves[3] ?? 0) + 1)} Mill Lane`]));
      expect(inconsistencies(held)).toEqual([]);
    }),
    { seed: 1, numRuns: 5 },
  );
}, 120_000);
