import { expect, it } from 'vitest';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { campaign } from '#test/support/campaigns.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

const surnames = ['Evans', 'Evens', 'Evan', 'Bevan', 'Evens-Hall', 'Owens', 'Owen', 'Bowen'];
const forenames = ['Jon', 'John', 'Jonny', 'Joan', 'Johan', 'Jan', 'Ian', 'Iain', 'Alan', 'Allan', 'Alana', 'Lana', 'Hana'];
const postcodeEnds = 'ABDEFG';
const streets = ['Mill Lane', 'Mill Road', 'Hill Lane'];

const isDouble = (n: number): boolean => n % 50 === 49;

/**
 * Pupils of one school in three streets of few postcodes with eight surnames and thirteen forenames that are a slip apart, born
 * on 756 days; every fiftieth has name, birth date and home of the one before. Each has an admission number of their own and no UPN.
 */
const alike = (count: number): Pupil[] => {
  const pupils: Pupil[] = [];
  for (let n = 0; n < count; n += 1) {
    const before = isDouble(n) ? pupils[n - 1] : undefined;
    pupils.push({
      surname: surnames[n % 8] ?? '',
      forename: forenames[(n * 5) % 13] ?? '',
      dob: `${String((n % 27) + 1).padStart(2, '0')}/0${String((n % 7) + 1)}/${String(2010 + (n % 4))}`,
      line: `${String(((n * 7) % 250) + 1)} ${streets[n % 3] ?? ''}`,
      postcode: `L36 ${String(((n * 7) % 250) % 9)}${postcodeEnds.charAt(n % 3)}${postcodeEnds.charAt(Math.floor(((n * 7) % 250) / 60))}`,
      ...before,
      number: `A${String(n).padStart(5, '0')}`,
    });
  }
  return pupils;
};

/** A thousand with `npm run campaign -- pupils-alike`. */
const size = campaign('pupils-alike').runs;

it('pupils of one school who are alike stay as many as they have numbers, and one whose number was put right is asked about', async () => {
  const h = ingestHarness(database());
  const pupils = alike(size);
  const first = await h.receive('school-roll', schoolRollCsv(pupils));
  expect((await h.ingest(first.uploadId)).kind).toBe('completed');
  const { records } = await heldRecords(database());
  const personOf = (records: readonly PersonRecord[]) =>
    new Map(records.map(({ details, personId }) => [details.agencyPersonId, personId]));
  const people = personOf(records);
  expect(people.size).toBe(size);
  expect(new Set(people.values()).size).toBe(size);
  // Nobody is asked about more than the doubles, and a few whom a slip and a house number tell apart.
  const asked = records.filter(({ review }) => review !== undefined);
  expect(asked.map(({ details }) => details.agencyPersonId)).toEqual(
    expect.arrayContaining(pupils.flatMap(({ number }, n) => (isDouble(n) ? [number] : []))),
  );
  expect(asked.length).toBeLessThanOrEqual(size * 0.04);

  const corrected = pupils.map((pupil, n) => (n % 100 === 10 ? { ...pupil, number: `B${String(n)}` } : pupil));
  const next = await h.receive('school-roll', schoolRollCsv(corrected), { periodStart: '2026-01-01', periodEnd: '2026-01-09' });
  expect((await h.ingest(next.uploadId)).kind).toBe('completed');
  const { records: after } = await heldRecords(database());
  const renumbered = after.filter(({ details }) => details.agencyPersonId?.startsWith('B'));
  expect(renumbered).toHaveLength(size / 100);
  for (const { details, personId, review, reviewWith } of renumbered) {
    const before = people.get(`A${(details.agencyPersonId ?? '').slice(1).padStart(5, '0')}`);
    expect(review).toBe('identifier-conflict');
    expect(personId).not.toBe(before);
    expect(reviewWith?.[0]).toBe(before);
  }
});
