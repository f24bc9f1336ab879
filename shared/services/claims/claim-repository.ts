import type { ClaimSample } from '../../domain/claims/claim-sample.ts';
import type { Claim, ClaimState } from '../../domain/claims/claim.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

/** One family of a claim’s lineage is claimed for under one rule set: the item that there can be only one of. */
export interface ClaimMark {
  readonly familyId: string;
  readonly ruleSetId: string;
  readonly claimId: string;
}

type SampleSummary = Omit<ClaimSample, 'claimIds' | 'population'>;

export interface ClaimRepository {
  readonly findClaims: (claimIds: readonly string[]) => Promise<readonly Claim[]>;
  /** Those first that have been in the state longest; `between`: in it from the one instant to before the other. */
  readonly listClaims: (state: ClaimState, page: PageRequest & { readonly between?: readonly [string, string] }) => Promise<Page<Claim>>;
  /** Written under the condition that the version before is the one held. */
  readonly claimFragment: (claim: Claim) => TransactionFragment;
  readonly findMarks: (familyIds: readonly string[], ruleSetId: string) => Promise<readonly ClaimMark[]>;
  /** Fails where another claim has marked the family, unless it is the one that may be replaced. */
  readonly markFragment: (mark: ClaimMark, expiresOn: string, replaces: string | undefined) => TransactionFragment;
  /** Fails where the mark is no longer this claim’s. */
  readonly unmarkFragment: (mark: ClaimMark) => TransactionFragment;
  /** The pack's canonical JSON. */
  readonly packFragment: (claimId: string, text: string, expiresOn: string) => TransactionFragment;
  readonly readPack: (claimId: string) => Promise<string | undefined>;
  readonly sampleFragment: (sample: ClaimSample) => TransactionFragment;
  readonly findSample: (sampleId: string) => Promise<ClaimSample | undefined>;
  /** Newest first. */
  readonly listSamples: (page: PageRequest) => Promise<Page<SampleSummary>>;
}
