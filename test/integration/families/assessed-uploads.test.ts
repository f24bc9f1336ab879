import { beforeAll, describe, expect, it } from 'vitest';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const today = '2026-11-23';
let ingest: IngestHarness;
let assess: AssessHarness;
beforeAll(() => {
  ingest = ingestHarness(database(), undefined, () => today);
  assess = assessHarness(database(), today);
});

/** Takes a file in; answers what it sent to be assessed. */
const takeIn = async (csv: string, agency: string) => {
  const upload = await ingest.receive('school-roll', csv, { agency });
  const before = ingest.assessQueue.sent.length;
  expect((await ingest.ingest(upload.uploadId)).kind).toBe('completed');
  const assessedAt = async () => (await ingest.upload(upload.uploadId)).assessedAt;
  return { assessedAt, messages: ingest.assessQueue.sent.slice(before) };
};
const isOfFile = (message: AssessMessage): boolean => message.kind === 'outbox' && message.uploadId !== undefined;

describe('A file is noted as assessed', () => {
  it('once the last of its work is done, in whatever order that is, and a message again changes nothing', async () => {
    const { assessedAt, messages } = await takeIn(schoolRollCsv(manyPupils(60)), 'school-in-parts');
    const own = messages.filter(isOfFile);
    expect(own.length).toBeGreaterThan(2);
    const [first, ...others] = own.toReversed();
    if (first === undefined) throw new Error('nothing to do');
    for (const message of [first, ...others.slice(1)]) await assess.assess([message]);
    expect(await assessedAt()).toBeUndefined();
    await assess.assess(others.slice(0, 1));
    expect(await assessedAt()).toBe(`${today}T12:00:00.000Z`);
    await assess.assess([first]);
    expect(await assessedAt()).toBe(`${today}T12:00:00.000Z`);
  });

  it('where nothing of it was new', async () => {
    for (const csv of [schoolRollCsv(manyPupils(60)), schoolRollCsv(manyPupils(60))]) {
      const { assessedAt, messages } = await takeIn(csv, 'school-in-parts-too');
      await assess.assess(messages);
      expect(await assessedAt()).toBeDefined();
    }
  });

  it('and not while its rows are still read, though all that has come so far is done', async () => {
    const upload = await ingest.receive('school-roll', schoolRollCsv(manyPupils(60, 500)), { agency: 'school-with-time' });
    let turns = 2;
    const outcome = await ingest.ingest(upload.uploadId, { remainingMs: () => ((turns -= 1) > -8 ? 900_000 : 0) });
    expect(outcome.kind).toBe('handed-over');
    await assess.assess(ingest.assessQueue.sent.filter(isOfFile));
    expect((await ingest.upload(upload.uploadId)).assessedAt).toBeUndefined();
    await ingest.ingest(upload.uploadId);
    await assess.assess(ingest.assessQueue.sent.filter(isOfFile));
    expect((await ingest.upload(upload.uploadId)).assessedAt).toBeDefined();
  });
});
