import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { RowProblems, UploadRepository } from '#shared/services/uploads/upload-repository.ts';
import type { WeighingStore } from '#shared/services/weighing/weigh-ports.ts';
import { dynamoWeighingStore } from '#shared/store/uploads/dynamo-weighing-store.ts';
import type { Transactions } from '#shared/services/transaction-fragment.ts';
import type { Checkpoint } from '#shared/domain/uploads/upload.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();

const open = (): { uploads: UploadRepository; weighings: WeighingStore; transactions: Transactions } => {
  const { client, tables } = database();
  const transactions = dynamoTransactions(client);
  const table = new DocumentTable(client, tables.Uploads);
  const uploads = dynamoUploadRepository(table, transactions);
  return { uploads, weighings: dynamoWeighingStore(table, transactions, uploads), transactions };
};

const nine = '2026-01-05T09:00:00.000Z';
const nineOhOne = '2026-01-05T09:01:00.000Z';
const ten = '2026-01-05T10:00:00.000Z';
const problem = { column: 'UPN', code: 'upn-check-letter', message: 'The check letter is wrong', fix: 'Copy the UPN from the register' };
const aRowWithAProblem = (row: number): RowProblems => ({ row, problems: [problem] });

const anIngestingUpload = async (uploads: UploadRepository, owner: string) => {
  const { weighings } = open();
  const { uploadId } = anUpload();
  await uploads.createUpload(anUpload({ uploadId }));
  await uploads.markClean(uploadId, 'v-1', nine);
  await weighings.markWeighed(anUpload({ uploadId }), undefined, { at: nine });
  const claimed = await uploads.claimUpload(uploadId, { owner, at: nine, until: ten });
  if (!claimed.ok) throw new Error('not claimed');
  return claimed.upload;
};

describe('the life of an upload', () => {
  it('is created once', async () => {
    const { uploads } = open();
    const upload = anUpload();
    expect(await uploads.createUpload(upload)).toEqual({ ok: true, upload });
    expect(await uploads.createUpload({ ...upload, reference: 'SF-OTHR-OTHR' })).toEqual({ ok: false, current: upload });
    expect(await uploads.findUpload(upload.uploadId)).toEqual(upload);
  });

  it('is clean only after it was granted, and remembers the judged version', async () => {
    const { uploads } = open();
    const upload = anUpload();
    await uploads.createUpload(upload);
    const first = await uploads.markClean(upload.uploadId, 'v-1', ten);
    expect(first).toEqual({ ok: true, upload: { ...upload, state: 'clean', quarantineVersionId: 'v-1', updatedAt: ten, version: 2 } });
    const second = await uploads.markClean(upload.uploadId, 'v-2', ten);
    expect(second.ok).toBe(false);
    expect((await uploads.findUpload(upload.uploadId))?.quarantineVersionId).toBe('v-1');
  });

  it('is not found where there is none', async () => {
    const { uploads } = open();
    expect(await uploads.findUpload(ulid())).toBeUndefined();
    expect(await uploads.markClean(ulid(), 'v', nine)).toEqual({ ok: false, current: undefined });
    expect(await uploads.refuseUpload(ulid(), { code: 'x', message: 'x', fix: 'x' }, nine)).toEqual({ ok: false, current: undefined });
  });

  it('is held by one worker at a time, until the lease ends or is given back', async () => {
    const { uploads } = open();
    const { uploadId } = await anIngestingUpload(uploads, 'worker-a');
    expect((await uploads.claimUpload(uploadId, { owner: 'worker-b', at: nineOhOne, until: ten })).ok).toBe(false);
    expect((await uploads.claimUpload(uploadId, { owner: 'worker-a', at: nineOhOne, until: ten })).ok).toBe(true);
    expect((await uploads.claimUpload(uploadId, { owner: 'worker-b', at: ten, until: '2026-01-05T11:00:00.000Z' })).ok).toBe(true);
    await uploads.releaseUpload(uploadId, 'worker-a', ten);
    expect((await uploads.claimUpload(uploadId, { owner: 'worker-c', at: ten, until: ten })).ok).toBe(false);
    await uploads.releaseUpload(uploadId, 'worker-b', ten);
    expect((await uploads.claimUpload(uploadId, { owner: 'worker-c', at: ten, until: ten })).ok).toBe(true);
  });

  it('advances one chunk at a time, for its holder only', async () => {
    const { uploads, transactions } = open();
    const upload = await anIngestingUpload(uploads, 'worker-a');
    const from = upload.checkpoint;
    const next: Checkpoint = { ...from, chunk: 1, byteOffset: 500, row: 3 };
    const step = { owner: 'worker-a', from, next, problems: [], at: nineOhOne, leaseUntil: ten };
    expect(await transactions.commit([uploads.advanceFragment(upload, { ...step, owner: 'worker-b' })])).toEqual({
      ok: false,
      reason: 'conflict',
    });
    expect(await transactions.commit([uploads.advanceFragment(upload, step)])).toEqual({ ok: true });
    expect(await transactions.commit([uploads.advanceFragment(upload, step)])).toEqual({ ok: false, reason: 'conflict' });
    expect((await uploads.findUpload(upload.uploadId))?.checkpoint).toEqual(next);
  });

  it('is final once completed', async () => {
    const { uploads, transactions } = open();
    const upload = await anIngestingUpload(uploads, 'worker-a');
    const final = { ...upload.checkpoint, chunk: 1 };
    expect(await transactions.commit([uploads.completeFragment(upload, { owner: 'worker-a', final, at: ten })])).toEqual({ ok: true });
    const completed = await uploads.findUpload(upload.uploadId);
    expect(completed).toMatchObject({ state: 'completed', checkpoint: final });
    expect(completed?.leaseOwner).toBeUndefined();
    expect((await uploads.refuseUpload(upload.uploadId, { code: 'x', message: 'x', fix: 'x' }, ten)).ok).toBe(false);
    expect((await uploads.claimUpload(upload.uploadId, { owner: 'worker-b', at: ten, until: ten })).ok).toBe(false);
    expect((await uploads.expireUpload(upload.uploadId, ten)).ok).toBe(false);
  });

  it('can be refused with a reason, and expire', async () => {
    const { uploads } = open();
    const refusal = { code: 'no-header', message: 'The first row is not a header', fix: 'Put the column names into the first row' };
    const upload = await anIngestingUpload(uploads, 'worker-a');
    const refused = await uploads.refuseUpload(upload.uploadId, refusal, ten);
    expect(refused).toMatchObject({ ok: true, upload: { state: 'refused', refusal } });
    const granted = anUpload();
    await uploads.createUpload(granted);
    expect(await uploads.expireUpload(granted.uploadId, ten)).toMatchObject({ ok: true, upload: { state: 'expired' } });
  });
});

describe('a worker that refuses a file', () => {
  const refusal = { code: 'no-header', message: 'The first row is not a header', fix: 'Put the column names into the first row' };

  it('may do so while it holds the upload, and not once another has it or has gone on', async () => {
    const { uploads, transactions } = open();
    const upload = await anIngestingUpload(uploads, 'worker-a');
    expect(await uploads.refuseHeldUpload(upload, { owner: 'worker-b', refusal, at: ten })).toMatchObject({
      ok: false,
      current: { state: 'ingesting', leaseOwner: 'worker-a' },
    });
    const next = { ...upload.checkpoint, chunk: 1 };
    const step = { owner: 'worker-a', from: upload.checkpoint, next, problems: [], at: ten, leaseUntil: ten };
    expect(await transactions.commit([uploads.advanceFragment(upload, step)])).toEqual({ ok: true });
    expect(await uploads.refuseHeldUpload(upload, { owner: 'worker-a', refusal, at: ten })).toMatchObject({ ok: false });
    const now = { ...upload, checkpoint: next };
    expect(await uploads.refuseHeldUpload(now, { owner: 'worker-a', refusal, at: ten })).toMatchObject({
      ok: true,
      upload: { state: 'refused', refusal },
    });
  });
});

describe('lists', () => {
  it('finds uploads by id in the order asked for', async () => {
    const { uploads } = open();
    const [first, second] = [anUpload(), anUpload()];
    await uploads.createUpload(first);
    await uploads.createUpload(second);
    expect(await uploads.findUploads([second.uploadId, ulid(), first.uploadId, second.uploadId])).toEqual([second, first, second]);
    expect(await uploads.findUploads([])).toEqual([]);
  });

  it('lists uploads newest first, page by page, without an empty last page', async () => {
    const { client, tables } = database();
    const uploads = dynamoUploadRepository(new DocumentTable(client, tables.Uploads), dynamoTransactions(client));
    const far = [1, 2, 3, 4].map((day) => anUpload({ createdAt: `2099-01-0${String(day)}T09:00:00.000Z` }));
    for (const upload of far) await uploads.createUpload(upload);
    const first = await uploads.listUploads({ limit: 2 });
    expect(first.items).toEqual([far[3], far[2]]);
    const second = await uploads.listUploads({ limit: 2, cursor: first.cursor! });
    expect(second.items).toEqual([far[1], far[0]]);
  });

  it('refuses a cursor that it did not make', async () => {
    const { uploads } = open();
    for (const cursor of [
      'x',
      '',
      'bnVsbA',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('["a","b",{"c":1}]').toString('base64url'),
    ]) {
      await expect(uploads.listUploads({ limit: 2, cursor })).rejects.toThrow('invalid-cursor');
      await expect(uploads.listRowProblems(ulid(), { limit: 2, cursor })).rejects.toThrow('invalid-cursor');
    }
  });

  it('lists the problems of rows in order, in pages that may end inside a stored item', async () => {
    const { uploads, transactions } = open();
    let upload = await anIngestingUpload(uploads, 'worker-a');
    const rows = Array.from({ length: 1200 }, (_, index) => index + 1);
    for (const part of [rows.slice(0, 1000), rows.slice(1000)]) {
      const next = { ...upload.checkpoint, chunk: upload.checkpoint.chunk + 1 };
      const fragment = uploads.advanceFragment(upload, {
        owner: 'worker-a',
        from: upload.checkpoint,
        next,
        problems: part.map(aRowWithAProblem),
        at: nineOhOne,
        leaseUntil: ten,
      });
      expect(await transactions.commit([fragment])).toEqual({ ok: true });
      upload = { ...upload, checkpoint: next };
    }
    const seen: number[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await uploads.listRowProblems(upload.uploadId, { limit: 70, ...(cursor !== undefined && { cursor }) });
      expect(page.items[0]?.problems).toEqual([problem]);
      seen.push(...page.items.map((item) => item.row));
      cursor = page.cursor;
      pages++;
    } while (cursor !== undefined);
    expect(seen).toEqual(rows);
    expect(pages).toBe(18);
    expect(await uploads.listRowProblems(ulid(), { limit: 10 })).toEqual({ items: [] });
  });

  it('lists uploads that nothing has touched for a while, until they are final', async () => {
    const { uploads } = open();
    const stalled = anUpload({ updatedAt: '2020-01-01T00:00:00.000Z' });
    await uploads.createUpload(stalled);
    await uploads.createUpload(anUpload());
    const ids = async () =>
      (await uploads.listStalledUploads('2021-01-01T00:00:00.000Z', { limit: 100 })).items.map((upload) => upload.uploadId);
    expect(await ids()).toEqual([stalled.uploadId]);
    await uploads.expireUpload(stalled.uploadId, '2020-06-01T00:00:00.000Z');
    expect(await ids()).toEqual([]);
  });
});
