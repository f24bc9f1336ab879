import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import type { Upload } from '#shared/domain/uploads/upload.ts';
import { newId } from '#shared/platform/ids.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import type { IngestOutcome, IngestPorts } from '#shared/services/ingest/ingest-ports.ts';
import { cleanKey, type ObjectReader } from '#shared/services/uploads/object-store.ts';
import type { WithdrawalPorts } from '#shared/services/withdrawals/withdrawal-ports.ts';
import type { ForeseenStore } from '#shared/services/weighing/foreseen.ts';
import type { HeldUploads, WeighingStore } from '#shared/services/weighing/weigh-ports.ts';
import type { CapacityMeter } from '#shared/store/capacity-meter.ts';
import { backOff } from '#shared/store/backoff.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoForeseenStore } from '#shared/store/records/dynamo-foreseen-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoHeldUploads } from '#shared/store/uploads/dynamo-held-uploads.ts';
import { dynamoWeighingStore } from '#shared/store/uploads/dynamo-weighing-store.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import { anUpload } from './an-upload.ts';
import type { TestDatabase } from './dynamodb-local.ts';

/** Files in memory, read in pieces, as the clean bucket gives them. */
class CleanFiles implements ObjectReader {
  readonly #files = new Map<string, Uint8Array>();

  put(uploadId: string, bytes: Uint8Array): void {
    this.#files.set(cleanKey(uploadId), bytes);
  }

  describe = (key: string) => {
    const bytes = this.#files.get(key);
    const sha256 = bytes && createHash('sha256').update(bytes).digest('base64');
    return Promise.resolve(bytes && { key, versionId: 'v-1', size: bytes.length, sha256 });
  };

  read = ({ key }: { key: string }, from = 0) => {
    const bytes = this.#files.get(key);
    if (!bytes) return Promise.reject(new Error('gone'));
    return Promise.resolve(pieces(bytes.subarray(from)));
  };
}

const pieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.length; start += 7_000) yield await Promise.resolve(bytes.subarray(start, start + 7_000));
};

class RecordingQueue<Message> {
  readonly sent: Message[] = [];
  send = (messages: readonly Message[]): Promise<void> => {
    this.sent.push(...messages);
    return Promise.resolve();
  };
}

export interface IngestHarness {
  readonly ports: IngestPorts;
  readonly files: CleanFiles;
  readonly ingestQueue: RecordingQueue<IngestRequest>;
  readonly assessQueue: RecordingQueue<AssessMessage>;
  readonly conflicts: () => number;
  /** A clean upload of that text, ready to be taken in; `toWeigh`: not looked at as a whole yet. */
  readonly receive: (feed: FeedId, csv: string, over?: Partial<Upload>, as?: { readonly toWeigh?: boolean }) => Promise<Upload>;
  readonly weighings: WeighingStore;
  readonly foreseen: ForeseenStore;
  readonly held: HeldUploads;
  readonly ingest: (uploadId: string, turn?: { owner?: string; remainingMs?: () => number }) => Promise<IngestOutcome>;
  readonly withdrawals: WithdrawalPorts;
  /** Begins to take a file back. */
  readonly withdraw: (uploadId: string) => Promise<void>;
  /** The upload as it stands. */
  readonly upload: (uploadId: string) => Promise<Upload>;
  /** Row, column and code of what was wrong with its rows. */
  readonly problemsOf: (uploadId: string) => Promise<readonly (readonly [number, string | undefined, string])[]>;
}

/** `onDay`: the day it is, asked for again at every use. */
export const ingestHarness = (
  { client, tables }: TestDatabase,
  meter?: CapacityMeter,
  onDay: () => string = () => '2026-01-10',
): IngestHarness => {
  const transactions = dynamoTransactions(client, meter);
  const records = new DocumentTable(client, tables.Records, meter);
  const uploadsTable = new DocumentTable(client, tables.Uploads, meter);
  const uploads = dynamoUploadRepository(uploadsTable, transactions);
  const weighings = dynamoWeighingStore(uploadsTable, transactions, uploads);
  const files = new CleanFiles();
  const ingestQueue = new RecordingQueue<IngestRequest>();
  const assessQueue = new RecordingQueue<AssessMessage>();
  const clock = { now: () => `${onDay()}T12:00:00.000Z`, today: onDay };
  let conflicts = 0;
  const ports: IngestPorts = {
    uploads,
    records: dynamoRecordStore(records, clock.today),
    coverage: dynamoCoverageStore(records),
    outbox: dynamoOutbox(records),
    transactions,
    cleanFiles: files,
    ingestQueue,
    assessQueue,
    hash: keyedHash(new Uint8Array(32).fill(7), 1),
    clock,
    newId,
    pause: backOff,
    observer: {
      chunkApplied: () => undefined,
      chunkConflict: () => {
        conflicts += 1;
      },
      announcementFailed: () => undefined,
    },
  };
  const withdrawals: WithdrawalPorts = { ...ports, uploads };
  return {
    ports,
    weighings,
    foreseen: dynamoForeseenStore(records, transactions),
    held: dynamoHeldUploads(uploadsTable, transactions, uploads),
    withdrawals,
    withdraw: async (uploadId) => {
      const { ok } = await uploads.withdrawUpload(uploadId, { at: clock.now(), by: 'staff' });
      if (!ok) throw new Error('cannot be taken back');
    },
    files,
    ingestQueue,
    assessQueue,
    conflicts: () => conflicts,
    receive: async (feed, csv, over = {}, { toWeigh = false } = {}) => {
      const bytes = new TextEncoder().encode(csv);
      const sha256 = createHash('sha256').update(bytes).digest('base64');
      const upload = anUpload({ feed, size: Math.max(1, bytes.length), sha256, ...over });
      await uploads.createUpload(upload);
      await uploads.markClean(upload.uploadId, 'v-1', clock.now());
      if (!toWeigh) await weighings.markWeighed(upload, undefined, { at: clock.now() });
      files.put(upload.uploadId, bytes);
      return upload;
    },
    ingest: (uploadId, { owner = ulid(), remainingMs = () => 900_000 } = {}) => ingestUpload(ports, uploadId, { owner, remainingMs }),
    upload: async (uploadId) => {
      const upload = await uploads.findUpload(uploadId);
      if (!upload) throw new Error('no such upload');
      return upload;
    },
    problemsOf: async (uploadId) => {
      const { items } = await uploads.listRowProblems(uploadId, { limit: 100 });
      return items.flatMap(({ row, problems }) => problems.map(({ code, column }) => [row, column, code] as const));
    },
  };
};
