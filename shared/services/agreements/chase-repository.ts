import type { Chase } from '../../contracts/http/due-routes.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

export interface ChaseRepository {
  readonly findChase: (chase: Pick<Chase, 'agreementId' | 'chaseId'>) => Promise<Chase | undefined>;
  /** The newest of an agreement, newest first; no more than are looked at. */
  readonly listLastChases: (agreementId: string) => Promise<readonly Chase[]>;
  /** Writes it, provided that it is not there. */
  readonly chaseFragment: (chase: Chase) => TransactionFragment;
}
