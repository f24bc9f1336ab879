import { standsBefore, type Claim } from '../../domain/claims/claim.ts';
import type { ClaimCase } from '../../domain/claims/claim-case.ts';
import type { Family } from '../../domain/families/family.ts';
import { lineageIds } from '../../domain/families/past-families.ts';
import type { ClaimPorts } from './claim-ports.ts';
import type { ClaimMark } from './claim-repository.ts';

interface LineageClaims {
  /** Claims about families that this family is, was merged with or was split from. */
  readonly standing: readonly Claim[];
  /** Marks that nobody stands behind any more: the merger through which they were set has been undone. */
  readonly stale: readonly ClaimMark[];
}

/**
 * Claims under a rule set about the family, or about one that shares a past with it. A claim marks every family of its lineage; a mark
 * counts as long as the family it stands with belongs to the lineage of the claim's family.
 */
export const claimsOfLineage = async (
  { claims, families }: Pick<ClaimPorts, 'claims' | 'families'>,
  family: Family,
  ruleSetId: string,
): Promise<LineageClaims> => {
  const marks = await claims.findMarks(lineageIds(family), ruleSetId);
  if (marks.length === 0) return { standing: [], stale: [] };
  const found = new Map((await claims.findClaims(marks.map(({ claimId }) => claimId))).map((claim) => [claim.claimId, claim]));
  const claimed = new Map(
    (await families.findFamilies([...new Set([...found.values()].map(({ familyId }) => familyId))])).map((each) => [each.familyId, each]),
  );
  const isStanding = ({ claimId, familyId }: ClaimMark): boolean => {
    const claim = found.get(claimId);
    const its = claim && claimed.get(claim.familyId);
    return claim !== undefined && claim.state !== 'withdrawn' && (its === undefined || lineageIds(its).includes(familyId));
  };
  const standing = new Set(marks.filter(isStanding).map(({ claimId }) => claimId));
  return {
    standing: [...found.values()].filter(({ claimId }) => standing.has(claimId)),
    stale: marks.filter((mark) => !isStanding(mark)),
  };
};

/** What check 14 asks: claims that stand before this one, and the lineage with the families they are about. */
export const earlierClaims = (
  { standing }: LineageClaims,
  claim: Pick<Claim, 'claimId' | 'state'>,
  family: Family,
): Pick<ClaimCase, 'earlierClaims' | 'lineage'> => {
  const before = standing.filter((other) => standsBefore(other, claim));
  return {
    earlierClaims: before.map(({ claimId, familyId, ruleSet }) => ({ claimId, familyId, ruleSetId: ruleSet.id })),
    lineage: [...new Set([...lineageIds(family), ...before.map(({ familyId }) => familyId)])],
  };
};
