import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

export interface AgreementRepository {
  readonly findAgreement: (agreementId: string) => Promise<SharingAgreement | undefined>;
  /** In any order; ids that are not held are left out. */
  readonly findAgreements: (agreementIds: readonly string[]) => Promise<readonly SharingAgreement[]>;
  /** The agreement of this reference. */
  readonly findByReference: (reference: string) => Promise<string | undefined>;
  /** Writes the agreement, its first version and its reference, provided that none is there. */
  readonly createFragment: (agreement: SharingAgreement) => TransactionFragment;
  /** Writes `agreement` as the version it says, provided that the one before it is held. */
  readonly editFragment: (agreement: SharingAgreement) => TransactionFragment;
  /** One check: the agreement still has this version. */
  readonly sameFragment: (agreement: Pick<SharingAgreement, 'agreementId' | 'version'>) => TransactionFragment;
  /** Newest first. */
  readonly listAgreements: (page: PageRequest) => Promise<Page<SharingAgreement>>;
  /** What it said at each time, newest first. */
  readonly listVersions: (agreementId: string, page: PageRequest) => Promise<Page<SharingAgreement>>;
}
