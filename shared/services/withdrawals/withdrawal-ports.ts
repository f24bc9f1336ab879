import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { Clock } from '../clock.ts';
import type { CoverageStore, RecordStore } from '../ingest/record-store.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';

export interface WithdrawalPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'listFeedUploads' | 'withdrawingFragment' | 'withdrawnFragment'>;
  readonly records: RecordStore;
  readonly coverage: CoverageStore;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly transactions: Transactions;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly assessQueue: MessageQueue<AssessMessage>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Waits a little, longer with every attempt. */
  readonly pause: (attempt: number) => Promise<void>;
}

export type WithdrawalOutcome =
  | { readonly kind: 'ignored'; readonly because: 'no-such-upload' | 'not-withdrawing' }
  /** Another file of the feed is being taken in, or another worker moves the same things: the sweep asks again. */
  | { readonly kind: 'waiting'; readonly uploadId: string; readonly rows: number }
  /** Time was up; a message to go on is in the queue. */
  | { readonly kind: 'handed-over'; readonly uploadId: string; readonly rows: number }
  | { readonly kind: 'withdrawn'; readonly uploadId: string; readonly rows: number };
