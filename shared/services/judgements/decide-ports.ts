import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { Principal } from '../../domain/access/access.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ReviewRepository } from '../review/review-repository.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { JudgementRepository } from './judgement-repository.ts';

export interface DecidePorts {
  readonly judgements: JudgementRepository;
  readonly reviews: ReviewRepository;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly queue: MessageQueue<AssessMessage>;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What somebody says, and why, in their own words. */
export interface Word {
  readonly by: Principal;
  readonly reason: string;
}
