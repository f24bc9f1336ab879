import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { ContentStore, RuleSetRepository } from './rule-set-repository.ts';
import type { RulesInForce } from './rules-in-force.ts';

export interface RuleSetPorts {
  readonly ruleSets: RuleSetRepository;
  readonly contents: ContentStore;
  readonly rules: RulesInForce;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly queue: MessageQueue<AssessMessage>;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly newId: () => string;
}
