import { describe, expect, it } from 'vitest';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import { portalUpload, uploadView } from '#shared/services/uploads/upload-views.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';

const database = useDynamoDb();

const autumn = { periodStart: '2025-09-01', periodEnd: '2025-12-19' };

describe('The columns of a file', () => {
  it('that are missing are named and that are not used are counted, once the file has been read', async () => {
    const h = ingestHarness(database());
    const csv = 'UPN,Category,Mrs Smith’s notes,Start Date,\r\nH801200001001,SUSP,late again,03/11/2025,\r\n';
    const upload = await h.receive('suspensions', csv, autumn);
    expect(uploadView(upload)).not.toHaveProperty('columnsMissing');
    expect(await h.ingest(upload.uploadId)).toMatchObject({ kind: 'completed' });
    const after = await h.upload(upload.uploadId);
    for (const view of [uploadView(after), portalUpload(after)]) {
      expect(view.columnsMissing).toContain('estab_no');
      expect(view.columnsMissing).not.toContain('upn');
      // Third: a column of their own. The fifth has no name, as spreadsheets leave them behind.
      expect(view.columnsIgnored).toEqual([3]);
    }
    expect(JSON.stringify([after, (await heldRecords(database())).raw])).not.toMatch(/Smith|late again/);
  });

  it('are known of a file without rows too, and after a worker has died', async () => {
    const h = ingestHarness(database());
    const empty = await h.receive('suspensions', 'upn,category,start_date\r\n', { ...autumn, agency: 'empty' });
    expect(await h.ingest(empty.uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 0 } });
    expect((await h.upload(empty.uploadId)).checkpoint.columnsMissing).toContain('estab_no');

    const rows = Array.from({ length: 130 }, (_, index) => `H80120000${String(1000 + index)},SUSP,03/11/2025`);
    const long = await h.receive('suspensions', ['upn,category,start_date', ...rows, ''].join('\n'), { ...autumn, agency: 'long' });
    let asked = 0;
    const outcome = await h.ingest(long.uploadId, { owner: 'one', remainingMs: () => (asked++ < 3 ? 5_000 : 1_000) });
    expect(outcome.kind).toBe('handed-over');
    expect(await h.ingest(long.uploadId, { owner: 'two' })).toMatchObject({ kind: 'completed', counts: { rows: 130 } });
    expect(uploadView(await h.upload(long.uploadId)).columnsMissing).toContain('estab_no');
  });

  it('by which a record is known are in every file, so that no file makes known rows new ones', async () => {
    const h = ingestHarness(database());
    const columns = ['upn', 'academic_year', 'term', 'sess_possible', 'sess_authorised', 'sess_unauthorised'];
    const row = 'H801200001001,2025/26,Autumn,120,6,18';
    const send = async (csv: string) => h.ingest((await h.receive('school-attendance', csv, { ...autumn, agency: 'school' })).uploadId);
    const whole = `${columns.join(',')},estab_no\n${row},3404001\n`;
    expect(await send(whole)).toMatchObject({ kind: 'completed', counts: { added: 1 } });
    expect(await send(`${columns.join(',')}\n${row}\n`)).toMatchObject({ kind: 'refused', refusal: { code: 'columns-missing' } });
    expect(await send(`${columns.toReversed().join(',')},estab_no\n${row.split(',').toReversed().join(',')},340/4001\n`)).toMatchObject({
      kind: 'completed',
      counts: { added: 0, unchanged: 1 },
    });
    // A pupil of no school is a record of its own, known by the empty cell.
    const ofNoSchool = `${columns.join(',')},estab_no\n${row},\n`;
    expect(await send(ofNoSchool)).toMatchObject({ counts: { added: 1 } });
    expect(await send(`${ofNoSchool}\n`)).toMatchObject({ counts: { added: 0, unchanged: 1 } });
  });

  it('of a referral are those of its form: nothing is said', async () => {
    const h = ingestHarness(database());
    const referral = await h.receive('suspensions', 'upn,category,start_date\nH801200001001,SUSP,03/11/2025\n', {
      ...autumn,
      source: 'referral',
    });
    expect(await h.ingest(referral.uploadId)).toMatchObject({ kind: 'completed' });
    expect(uploadView(await h.upload(referral.uploadId))).not.toHaveProperty('columnsMissing');
  });
});

it('A worker that finds fault with a file after another has taken the upload over refuses nothing', async () => {
  const h = ingestHarness(database());
  const { uploadId } = await h.receive('suspensions', 'no,header,here\n1,2,3\n', autumn);
  const taken = {
    ...h.ports,
    cleanFiles: {
      ...h.ports.cleanFiles,
      describe: async (key: string) => {
        const object = await h.ports.cleanFiles.describe(key);
        await h.ports.uploads.claimUpload(uploadId, {
          owner: 'the next',
          until: '2026-01-10T13:00:00.000Z',
          at: '2026-01-10T12:30:00.000Z',
        });
        return object;
      },
    },
  };
  const outcome = await ingestUpload(taken, uploadId, { owner: 'the first', remainingMs: () => 1_000 });
  expect(outcome).toEqual({ kind: 'ignored', because: 'held-by-another' });
  expect(await h.upload(uploadId)).toMatchObject({ state: 'ingesting', leaseOwner: 'the next' });
  expect(await h.ingest(uploadId, { owner: 'the next' })).toMatchObject({ kind: 'refused' });
});

it('A file that says where its rows come from is told so of the rows that are refused', async () => {
  const h = ingestHarness(database());
  const csv = 'source_row,upn,category,start_date\n4,H801200001001,SUSP,03/11/2025\n9,H801200001001,SUSP,yesterday\nx,J1,SUSP,03/11/2025\n';
  const { uploadId } = await h.receive('suspensions', csv, autumn);
  expect(await h.ingest(uploadId)).toMatchObject({ kind: 'completed', counts: { rows: 3, added: 0, refused: 3 } });
  const table = new DocumentTable(database().client, database().tables.Uploads);
  const { items } = await dynamoUploadRepository(table, h.ports.transactions).listRowProblems(uploadId, { limit: 10 });
  expect(items.map(({ row, sourceRow, problems }) => [row, sourceRow, problems.map(({ column }) => column)])).toEqual([
    [1, 4, ['sessions']],
    [2, 9, ['start_date', 'sessions']],
    [3, undefined, ['upn', 'sessions']],
  ]);
  expect((await h.upload(uploadId)).checkpoint.columnsIgnored).toEqual([]);
});
