import type { PackedClaim } from '#shared/domain/claims/claim-pack-schema.ts';
import { verifyClaimPack } from '#shared/domain/claims/claim-pack.ts';
import { canonicalJson, type Sha256 } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { ruleSetName } from '#shared/domain/eligibility/rule-set.ts';

/**
 * The verification of a pack in lines for an auditor. No name, address or fact of a row: ids, dates, checks and hashes. `expected` is the
 * pack's SHA-256 as the system shows it; without it a pack written anew as a whole cannot be told from the one approved.
 */
export const describeClaim = (
  pack: PackedClaim,
  sha256: Sha256,
  expected?: string,
): { readonly lines: readonly string[]; readonly isVerified: boolean } => {
  const { claimId, claim, decision, entry } = pack;
  const { id, version } = ruleSetName(claim.basis.ruleSet);
  const own = sha256(canonicalJson(pack));
  const problems = [
    ...(expected === undefined || expected === own ? [] : ['The pack is not the one with the SHA-256 given.']),
    ...verifyClaimPack(pack, sha256),
  ];
  const { basis } = claim;
  return {
    isVerified: problems.length === 0,
    lines: [
      `Claim ${claimId} for family ${claim.familyId}: ${claim.kind}, as at ${claim.basis.family.asAt}`,
      `Rules ${id} of ${version}${basis.ruleSet.plan ? ` over ${basis.ruleSet.id} of ${basis.ruleSet.version}` : ''}; the family joined on ${claim.casework.joinedOn}; determination sealed ${entry.seal}`,
      `SHA-256 of the pack: ${own} (must be the packSha256 that the system shows for the claim)`,
      ...decision.checks.map(({ number, name, result }) => `  ${String(number).padStart(2)} ${result.padEnd(14)} ${name}`),
      ...(problems.length === 0
        ? [
            `${
              expected === undefined
                ? 'The pack agrees with itself. Whether it is the one that was approved is known only with --sha256 and the packSha256 of the claim:'
                : 'Verified: nothing was changed since it was packed,'
            } its parts fit, the checks come out the same, and the determination at entry was made again. The claim is ${decision.standing}.`,
          ]
        : ['Not verified:', ...problems.map((problem) => `  ${problem}`)]),
    ],
  };
};
