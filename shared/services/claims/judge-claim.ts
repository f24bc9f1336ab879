import { checkClaim, type ClaimDecision } from '../../domain/claims/check-claim.ts';
import type { ClaimCase } from '../../domain/claims/claim-case.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { lineageIds } from '../../domain/families/past-families.ts';
import { acceptedCase, type AcceptedCase } from '../cases/claim-case-of.ts';
import { findCase, type FoundCase } from '../cases/find-case.ts';
import { Refusal } from '../refusal.ts';
import { claimsOfLineage, earlierClaims } from './claims-of-lineage.ts';
import type { ClaimPorts } from './claim-ports.ts';

/** Who judges claims sees every class of records. */
const roles = ['auditor'] as const;

/** Throws `claim-not-found`. */
export const findClaim = async ({ claims }: Pick<ClaimPorts, 'claims'>, claimId: string): Promise<Claim> => {
  const [claim] = await claims.findClaims([claimId]);
  if (claim === undefined) throw new Refusal('claim-not-found', { about: [claimId] });
  return claim;
};

export interface JudgedClaim {
  readonly found: FoundCase;
  readonly accepted: AcceptedCase;
  readonly claimCase: ClaimCase;
  readonly decision: ClaimDecision;
}

/** Whether the family is what it was when it was claimed for. */
export const isFamilyChanged = ({ lineage }: Claim, { family }: Pick<FoundCase, 'family'>): boolean =>
  family.state !== 'current' || lineageIds(family).toSorted().join() !== [...lineage].toSorted().join();

/** Holds a claim against the sixteen checks, with what is known today. Throws as `findCase` and `acceptedCase` do. */
export const judgeClaim = async (ports: ClaimPorts, claim: Claim, audit?: ClaimCase['audit']): Promise<JudgedClaim> => {
  const found = await findCase(ports, { familyId: claim.familyId, roles });
  const accepted = await acceptedCase(ports, found);
  const others = await claimsOfLineage(ports, found.family, claim.ruleSet.id);
  const claimCase: ClaimCase = {
    ...accepted.claimCase,
    ...earlierClaims(others, claim, found.family),
    kind: claim.kind,
    claimant: claim.claimant,
    ...(audit && { audit }),
  };
  return { found, accepted, claimCase, decision: checkClaim(claimCase) };
};
