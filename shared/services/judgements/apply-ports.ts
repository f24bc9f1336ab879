import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { Clock } from '../clock.ts';
import type { FamilyRepository } from '../families/family-repository.ts';
import type { RecordStore } from '../ingest/record-store.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ReviewRepository } from '../review/review-repository.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { JudgementRepository } from './judgement-repository.ts';

export interface ApplyPorts {
  readonly judgements: JudgementRepository;
  readonly reviews: Pick<ReviewRepository, 'findPairs' | 'pairFragment'>;
  readonly records: Pick<RecordStore, 'readLedgers' | 'readKeys' | 'readRecords' | 'changesFragment'>;
  readonly families: Pick<FamilyRepository, 'findFamilies' | 'findDeterminations' | 'listFamilyIdsOfPerson'>;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly queue: MessageQueue<AssessMessage>;
  readonly transactions: Transactions;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Waits a little, longer with every attempt. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** Others were writing about the same people, time and again; the message comes back. */
export class PeopleBusy extends Error {
  constructor() {
    super('The people of a judgement kept changing while it was being applied.');
    this.name = 'PeopleBusy';
  }
}
