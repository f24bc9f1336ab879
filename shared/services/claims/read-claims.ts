import type { ClaimSummaryView, ClaimView } from '../../contracts/http/claim-routes.ts';
import { claimPackSchema, type PackedClaim } from '../../domain/claims/claim-pack-schema.ts';
import type { Claim, ClaimState } from '../../domain/claims/claim.ts';
import { regressionsSince } from '../../domain/outcomes/read-outcome.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { ClaimPorts } from './claim-ports.ts';
import { findClaim, isFamilyChanged, judgeClaim, type JudgedClaim } from './judge-claim.ts';

const summaryView = ({ claimId, version, state, familyId, kind, ruleSet, since, claimant }: Claim): ClaimSummaryView => ({
  claimId,
  version,
  state,
  familyId,
  kind,
  ruleSet,
  since,
  claimant,
});

export const listClaims = async (
  { claims }: Pick<ClaimPorts, 'claims'>,
  { state, ...page }: PageRequest & { readonly state: ClaimState },
): Promise<Page<ClaimSummaryView>> => {
  const { items, ...rest } = await claims.listClaims(state, page);
  return { items: items.map(summaryView), ...rest };
};

/** The pack of a claim as it was approved. Throws `claim-not-found`, `state-conflict` where it has none. */
export const readClaimPack = async (
  ports: Pick<ClaimPorts, 'claims'>,
  claimId: string,
): Promise<{ readonly claim: Claim; readonly pack: PackedClaim }> => {
  const claim = await findClaim(ports, claimId);
  const text = await ports.claims.readPack(claimId);
  if (text === undefined)
    throw new Refusal('state-conflict', {
      about: [claimId, claim.familyId],
      errors: [
        {
          code: 'not-packed',
          message: 'Only an approved claim has a pack.',
          fix: 'Ask for it once internal audit has approved the claim.',
        },
      ],
    });
  return { claim, pack: claimPackSchema.parse(JSON.parse(text)) };
};

const isPacked = ({ packSha256 }: Claim): boolean => packSha256 !== undefined;

/** Undefined where the family is none any more: it was merged into another, or nobody is left in it. */
const judge = async (ports: ClaimPorts, claim: Claim): Promise<JudgedClaim | undefined> => {
  try {
    return await judgeClaim(ports, claim);
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'state-conflict' || error.code === 'family-not-found')) return undefined;
    throw error;
  }
};

/**
 * A claim as it stands: the checks as at today or, from the approval on, as they were packed; whether the family has changed since; and
 * needs that have shown again since it was handed in.
 */
export const claimView = async (ports: ClaimPorts, claim: Claim): Promise<ClaimView> => {
  const judged = claim.state === 'withdrawn' ? undefined : await judge(ports, claim);
  const decision = isPacked(claim) ? (await readClaimPack(ports, claim.claimId)).pack.decision : judged?.decision;
  const regressions =
    claim.state === 'submitted' && judged
      ? regressionsSince(
          judged.claimCase.basis,
          judged.claimCase.casework.needs.map(({ criterionId }) => criterionId),
          claim.since.slice(0, 10),
        )
      : [];
  return {
    ...summaryView(claim),
    joinedOn: claim.decision.on,
    ...(decision && { standing: decision.standing }),
    says:
      decision?.says ??
      (claim.state === 'withdrawn' ? 'It was withdrawn.' : 'The family is no family any more: the claim has to be looked at again.'),
    checks: (decision?.checks ?? []).map((check) => ({ ...check, evidence: [...check.evidence] })),
    familyChanged: claim.state !== 'withdrawn' && (judged === undefined || isFamilyChanged(claim, judged.found)),
    regressions: regressions.map(({ criterionId, events }) => ({ criterionId, events: [...events] })),
    history: claim.history,
    ...(claim.packSha256 !== undefined && { packSha256: claim.packSha256 }),
  };
};

export const readClaim = async (ports: ClaimPorts, claimId: string): Promise<ClaimView> =>
  claimView(ports, await findClaim(ports, claimId));
