import type { DeterminationRecord } from '../eligibility/replay/determination-record.ts';
import { canonicalJson, type Sha256 } from '../eligibility/replay/canonical-json.ts';
import { replayDetermination } from '../eligibility/replay/replay-determination.ts';
import { checkClaim, type ClaimDecision } from './check-claim.ts';
import type { ClaimCase } from './claim-case.ts';

/**
 * A claim with everything it is judged by, for an auditor without access to the system: the case, what the checks said, and the sealed
 * determination at entry, each under its SHA-256.
 */
export interface ClaimPack {
  readonly format: 'claim-pack/1';
  readonly claimId: string;
  readonly claim: ClaimCase;
  readonly decision: ClaimDecision;
  readonly entry: DeterminationRecord;
  readonly hashes: { readonly claim: string; readonly decision: string; readonly entry: string };
}

export const packClaim = (claimId: string, claim: ClaimCase, entry: DeterminationRecord, sha256: Sha256): ClaimPack => {
  const decision = checkClaim(claim);
  const hashOf = (value: unknown): string => sha256(canonicalJson(value));
  return {
    format: 'claim-pack/1',
    claimId,
    claim,
    decision,
    entry,
    hashes: { claim: hashOf(claim), decision: hashOf(decision), entry: hashOf(entry) },
  };
};

/** What is wrong with a pack; nothing where every part is what was packed, the checks come out the same and the entry can be made again. */
export const verifyClaimPack = (pack: ClaimPack, sha256: Sha256): readonly string[] => {
  const hashOf = (value: unknown): string => sha256(canonicalJson(value));
  const parts = (['claim', 'decision', 'entry'] as const).filter((part) => hashOf(pack[part]) !== pack.hashes[part]);
  const replay = replayDetermination(pack.entry, sha256);
  return [
    ...parts.map((part) => `The ${part} is not the one that was packed.`),
    ...(canonicalJson(checkClaim(pack.claim)) === canonicalJson(pack.decision) ? [] : ['The checks do not come out as the pack says.']),
    ...([pack.claim.familyId, ...pack.claim.lineage].includes(pack.entry.familyId)
      ? []
      : ['The determination sealed is of another family than the claim’s.']),
    ...(canonicalJson(pack.entry.determination) === canonicalJson(pack.claim.atEntry)
      ? []
      : ['The claim rests on another determination than the one sealed.']),
    ...(canonicalJson(pack.claim.basis.ruleSet) === canonicalJson(pack.entry.contents.ruleSet)
      ? []
      : ['The claim is held against other rules than those sealed.']),
    ...(replay.verdict === 'broken' ? replay.problems : []),
    ...(replay.verdict === 'differs'
      ? replay.differences.map(({ path }) => `The determination at entry would be another today: ${path}.`)
      : []),
  ];
};
