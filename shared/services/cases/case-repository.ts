import type { CaseEntry } from '../../domain/cases/case-entry.ts';
import type { CaseHead, CaseStage } from '../../domain/cases/case-head.ts';
import type { DeterminationRecord } from '../../domain/eligibility/replay/determination-record.ts';
import type { HeldDetermination } from '../families/family-repository.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

/** Stages whose cases can be listed. */
export type ListedStage = Exclude<CaseStage, 'none' | 'over'>;

export interface CaseRepository {
  /** In no order; families of which nothing was ever to be decided are left out. */
  readonly findHeads: (familyIds: readonly string[]) => Promise<readonly CaseHead[]>;
  /** Everything recorded about these families, in order of time. */
  readonly readEntries: (familyIds: readonly string[]) => Promise<readonly CaseEntry[]>;
  /** Those first that have been at this stage longest. */
  readonly listHeads: (stage: ListedStage, page: PageRequest) => Promise<Page<CaseHead>>;
  readonly countHeads: (stage: ListedStage) => Promise<number>;
  /** Families that are determined to be eligible, decided about or not. */
  readonly countEligible: () => Promise<number>;
  /** Written under the condition that the version before is the one held. */
  readonly headFragment: (head: CaseHead) => TransactionFragment;
  readonly entryFragment: (entry: CaseEntry, expiresOn: string) => TransactionFragment;
  /** The determination that a family was accepted on, with everything it was made from. */
  readonly entryRecordFragment: (entry: CaseEntry, record: DeterminationRecord, expiresOn: string) => TransactionFragment;
  readonly readEntryRecord: (familyId: string, entryId: string) => Promise<DeterminationRecord | undefined>;
  /** What the family was determined to be from an instant on, the oldest first; the newest 200 of them. */
  readonly readDeterminationsSince: (familyId: string, from: string) => Promise<readonly HeldDetermination[]>;
  /** Fails the transaction where the family, or its determination, is another version by now. */
  readonly unchangedFragment: (family: {
    readonly familyId: string;
    readonly version: number;
    readonly determination?: number;
  }) => TransactionFragment;
}
