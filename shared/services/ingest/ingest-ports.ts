import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { FileRefusal, Upload, UploadCounts } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { ObjectReader } from '../uploads/object-store.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import type { CoverageStore, RecordStore } from './record-store.ts';

export interface IngestPorts {
  readonly uploads: Pick<
    UploadRepository,
    'findUpload' | 'claimUpload' | 'releaseUpload' | 'refuseHeldUpload' | 'advanceFragment' | 'completeFragment'
  >;
  readonly records: RecordStore;
  readonly coverage: CoverageStore;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly transactions: Transactions;
  readonly cleanFiles: ObjectReader;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly assessQueue: MessageQueue<AssessMessage>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Waits a little, longer with every attempt. */
  readonly pause: (attempt: number) => Promise<void>;
  readonly observer: IngestObserver;
}

/** What the worker says while it works; ids and numbers only. */
export interface IngestObserver {
  readonly chunkApplied: (upload: Upload, counts: UploadCounts) => void;
  readonly chunkConflict: (upload: Upload, attempt: number) => void;
  /** The work stands in the outbox, but its announcement failed: the sweep will announce it. */
  readonly announcementFailed: (upload: Upload, error: unknown) => void;
}

/** The invocation of the worker. */
export interface IngestTurn {
  /** The queue message: when it is delivered again, whoever had it before is dead, and its lease is taken over at once. */
  readonly owner: string;
  /** Until the worker is killed. */
  readonly remainingMs: () => number;
}

export type IngestOutcome =
  | {
      readonly kind: 'ignored';
      readonly because: 'no-such-upload' | 'held-by-another' | 'not-ready' | 'finished-before' | 'feed-withdrawing';
    }
  | { readonly kind: 'refused'; readonly upload: Upload; readonly refusal: FileRefusal }
  /** Time was up; a message to go on is in the queue. */
  | { readonly kind: 'handed-over'; readonly upload: Upload; readonly counts: UploadCounts }
  | { readonly kind: 'completed'; readonly upload: Upload; readonly counts: UploadCounts };
