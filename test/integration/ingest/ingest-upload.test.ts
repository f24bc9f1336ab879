import { expect, it } from 'vitest';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();

it('smoke', async () => {
  const h = ingestHarness(database());
  const upload = await h.receive('school-roll', schoolRollCsv(manyPupils(250)));
  console.time('x');
  const outcome = await h.ingest(upload.uploadId);
  console.timeEnd('x');
  expect(outcome).toMatchObject({ kind: 'completed', counts: { rows: 250, added: 250, refused: 0 } });
  const again = await h.receive('school-roll', schoolRollCsv(manyPupils(251)));
  console.time('x');
  expect(await h.ingest(again.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 251, added: 1, unchanged: 250 } });
  console.timeEnd('x');
});
