import type { Principal } from '../../domain/access/access.ts';
import { packClaim } from '../../domain/claims/claim-pack.ts';
import { stepClaim, type Claim } from '../../domain/claims/claim.ts';
import type { ClaimDecision } from '../../domain/claims/check-claim.ts';
import { canonicalJson } from '../../domain/eligibility/replay/canonical-json.ts';
import { Refusal } from '../refusal.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { ClaimPorts } from './claim-ports.ts';
import { findClaim, isFamilyChanged, judgeClaim } from './judge-claim.ts';

interface Asked {
  readonly claimId: string;
  readonly ifMatch: number;
  readonly by: Principal;
}

const findVersion = async (ports: ClaimPorts, { claimId, ifMatch }: Asked): Promise<Claim> => {
  const claim = await findClaim(ports, claimId);
  if (claim.version !== ifMatch) throw new Refusal('version-mismatch', { about: [claimId, claim.familyId] });
  return claim;
};

const inOrder = (claim: Claim, next: Claim | undefined): Claim => {
  if (next === undefined) throw new Refusal('state-conflict', { about: [claim.claimId, claim.familyId] });
  return next;
};

const save = async (ports: ClaimPorts, next: Claim, fragments: readonly TransactionFragment[] = []): Promise<Claim> => {
  const { ok } = await ports.transactions.commit([ports.claims.claimFragment(next), ...fragments]);
  if (!ok) throw new Refusal('version-mismatch', { about: [next.claimId, next.familyId] });
  return next;
};

/** Says which checks stand in the way; what their evidence is, the claim itself says. */
const notReady = ({ claimId, familyId }: Claim, { checks, says }: ClaimDecision): Refusal => {
  const open = checks.filter(({ result }) => result === 'fail' || result === 'unknown');
  return new Refusal('claim-not-ready', {
    about: [claimId, familyId],
    errors:
      open.length === 0
        ? [{ code: 'not-payable', message: says, fix: 'Withdraw the claim.' }]
        : open.map(({ number, name, result, says: message }) => ({
            code: name,
            message: `Check ${String(number)}: ${message}`,
            fix: result === 'unknown' ? 'Record what is missing, with its date.' : 'Read the claim: its evidence says what is wrong.',
          })),
  });
};

const familyChanged = ({ claimId, familyId }: Claim): Refusal =>
  new Refusal('claim-not-ready', {
    about: [claimId, familyId],
    errors: [
      {
        code: 'family-changed',
        message: 'The family has been merged, split or put back since the claim was proposed.',
        fix: 'Withdraw the claim, look at the family as it is now, and propose it anew if it still stands.',
      },
    ],
  });

/**
 * Internal audit approves a claim or returns it. Approved is only what passes every check at that moment, by somebody other than who
 * proposed it; what it rests on is packed and sealed then.
 *
 * Throws `claim-not-found`, `version-mismatch`, `state-conflict`, `second-person-needed`, `claim-not-ready`.
 */
export const auditClaim = async (
  ports: ClaimPorts,
  asked: Asked & { readonly answer: 'approve' | 'return'; readonly reason: string },
): Promise<Claim> => {
  const { by, answer, reason } = asked;
  const claim = await findVersion(ports, asked);
  if (claim.claimant === by.id) throw new Refusal('second-person-needed', { about: [claim.claimId, claim.familyId] });
  const word = { by: by.id, at: ports.clock.now(), reason };
  if (answer === 'return') return save(ports, inOrder(claim, stepClaim(claim, 'returned', word)));
  inOrder(claim, stepClaim(claim, 'approved', word));
  const audit = { by: by.id, on: ports.clock.today(), accepted: true };
  const { found, accepted, claimCase, decision } = await judgeClaim(ports, claim, audit);
  if (isFamilyChanged(claim, found)) throw familyChanged(claim);
  if (decision.standing !== 'valid') throw notReady(claim, decision);
  const text = canonicalJson(packClaim(claim.claimId, claimCase, accepted.entry, ports.sha256));
  return save(ports, inOrder(claim, stepClaim(claim, 'approved', { ...word, packSha256: ports.sha256(text) })), [
    ports.claims.packFragment(claim.claimId, text, claim.expiresOn),
    ports.cases.unchangedFragment({ familyId: claim.familyId, version: found.family.version }),
  ]);
};

/**
 * Records that an approved claim has been handed in. Not where the family has been merged or split since, or another claim about it
 * stands in the way.
 */
export const submitClaim = async (ports: ClaimPorts, asked: Asked): Promise<Claim> => {
  const claim = await findVersion(ports, asked);
  const next = inOrder(claim, stepClaim(claim, 'submitted', { by: asked.by.id, at: ports.clock.now() }));
  const { found, decision } = await judgeClaim(ports, claim).catch((error: unknown) => {
    // The family is none any more: it was merged into another.
    if (error instanceof Refusal && error.code === 'state-conflict') throw familyChanged(claim);
    throw error;
  });
  if (isFamilyChanged(claim, found)) throw familyChanged(claim);
  if (decision.checks.some(({ name, result }) => name === 'not-claimed-before' && result !== 'pass')) throw notReady(claim, decision);
  return save(ports, next, [ports.cases.unchangedFragment({ familyId: claim.familyId, version: found.family.version })]);
};

/** Takes a claim back: the family can be claimed for again. */
export const withdrawClaim = async (ports: ClaimPorts, asked: Asked & { readonly reason: string }): Promise<Claim> => {
  const claim = await findVersion(ports, asked);
  const next = inOrder(claim, stepClaim(claim, 'withdrawn', { by: asked.by.id, at: ports.clock.now(), reason: asked.reason }));
  const marks = await ports.claims.findMarks(claim.lineage, claim.ruleSet.id);
  return save(
    ports,
    next,
    marks.filter(({ claimId }) => claimId === claim.claimId).map((mark) => ports.claims.unmarkFragment(mark)),
  );
};
