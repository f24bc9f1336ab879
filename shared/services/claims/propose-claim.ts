import type { Principal } from '../../domain/access/access.ts';
import { caseExpiresOn } from '../../domain/cases/case-retention.ts';
import type { Claim, ClaimKind } from '../../domain/claims/claim.ts';
import { ruleSetBrief } from '../../domain/eligibility/rule-set.ts';
import { lineageIds } from '../../domain/families/past-families.ts';
import { acceptedCase } from '../cases/claim-case-of.ts';
import { findCase } from '../cases/find-case.ts';
import { Refusal } from '../refusal.ts';
import type { IdempotentRequest } from '../uploads/idempotency.ts';
import { claimsOfLineage } from './claims-of-lineage.ts';
import type { ClaimPorts } from './claim-ports.ts';
import { findClaim } from './judge-claim.ts';

interface Asked {
  readonly familyId: string;
  readonly kind: ClaimKind;
  readonly by: Principal;
  readonly idempotencyKey: string;
}

/** Others may be claiming, or the family changing, at the same moment. */
const mostAttempts = 4;

/**
 * Proposes a claim for an accepted family. One family is claimed for once under one rule set, whatever it was merged with or split from:
 * the claim marks every family of its lineage in its own transaction, each mark absent before, and the family as it was read.
 *
 * Throws `family-not-found`, `state-conflict`, `claimed-already`, `invalid-request`, `idempotency-key-reused`, `try-again`.
 */
export const proposeClaim = async (ports: ClaimPorts, asked: Asked): Promise<Claim> => {
  const { familyId, kind, by } = asked;
  const mark: IdempotentRequest = {
    operation: 'proposeClaim',
    actorId: by.id,
    key: asked.idempotencyKey,
    request: JSON.stringify([familyId, kind]),
  };
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await ports.idempotency.begin(mark);
    if (before.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
    if (before.kind === 'replay') return findClaim(ports, before.resourceId);
    const found = await findCase(ports, { familyId, roles: by.roles });
    const { decision, entry } = await acceptedCase(ports, found);
    const { ruleSet } = entry.contents;
    if (!ruleSet.claims.kinds.includes(kind)) throw noSuchResult(familyId);
    const { standing, stale } = await claimsOfLineage(ports, found.family, ruleSet.id);
    if (standing.length > 0) {
      // It may be this very request that was made at the same moment.
      const meanwhile = await ports.idempotency.begin(mark);
      if (meanwhile.kind === 'replay') return findClaim(ports, meanwhile.resourceId);
      throw new Refusal('claimed-already', { about: [familyId, ...standing.map(({ claimId }) => claimId)] });
    }
    const at = ports.clock.now();
    const claim: Claim = {
      claimId: ports.newId(),
      version: 1,
      state: 'proposed',
      familyId,
      lineage: [...lineageIds(found.family)],
      kind,
      ruleSet: ruleSetBrief(ruleSet),
      decision: { entryId: decision.entryId, familyId: decision.familyId, on: decision.on },
      claimant: by.id,
      since: at,
      history: [{ act: 'proposed', by: by.id, at }],
      expiresOn: caseExpiresOn(at),
    };
    const { ok } = await ports.transactions.commit([
      ports.claims.claimFragment(claim),
      ...claim.lineage.map((each) =>
        ports.claims.markFragment(
          { familyId: each, ruleSetId: ruleSet.id, claimId: claim.claimId },
          claim.expiresOn,
          stale.find((old) => old.familyId === each)?.claimId,
        ),
      ),
      ports.cases.unchangedFragment({ familyId, version: found.family.version }),
      ports.idempotency.fragment(mark, { resourceId: claim.claimId, at }),
    ]);
    if (ok) return claim;
  }
  throw new Refusal('try-again');
};

const noSuchResult = (familyId: string): Refusal =>
  new Refusal('invalid-request', {
    about: [familyId],
    errors: [
      {
        pointer: '/body/kind',
        code: 'no-such-result',
        message: 'The rules by which the family was accepted know no such result.',
        fix: 'Use one of the results that `GET /v1/families/{familyId}/outcomes` lists; where it lists none, nothing is claimed under these rules.',
      },
    ],
  });
