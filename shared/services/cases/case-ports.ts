import type { Sha256 } from '../../domain/eligibility/replay/canonical-json.ts';
import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { Clock } from '../clock.ts';
import type { FamilyRepository } from '../families/family-repository.ts';
import type { HeldPeople } from '../families/held-people.ts';
import type { CoverageStore } from '../ingest/record-store.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { RulesInForce } from '../rules/rules-in-force.ts';
import type { CaseRepository } from './case-repository.ts';

export interface CasePorts {
  readonly cases: CaseRepository;
  readonly families: Pick<FamilyRepository, 'findFamilies' | 'findDeterminations'>;
  readonly people: Pick<HeldPeople, 'readPeople'>;
  readonly coverage: Pick<CoverageStore, 'readCoverage'>;
  readonly rules: Pick<RulesInForce, 'named'>;
  readonly outbox: Pick<Outbox, 'addFragment'>;
  readonly queue: MessageQueue<AssessMessage>;
  readonly transactions: Transactions;
  readonly sha256: Sha256;
  /** Random, for each row that is sealed. */
  readonly newNonce: () => string;
  readonly newId: () => string;
  readonly clock: Clock;
}
