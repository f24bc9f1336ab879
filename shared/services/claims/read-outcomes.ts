import type { OutcomesView } from '../../contracts/http/case-routes.ts';
import { checkClaim } from '../../domain/claims/check-claim.ts';
import { criterionOf, proveNeeds, type NeedProof } from '../../domain/claims/needs-to-prove.ts';
import { isClaimable } from '../../domain/eligibility/citation.ts';
import { ruleSetBrief } from '../../domain/eligibility/rule-set.ts';
import { contraryEvents, regressionsSince, type OutcomeBasis } from '../../domain/outcomes/read-outcome.ts';
import type { Clock } from '../../domain/outcomes/sustain-clock.ts';
import { claimsOfLineage, earlierClaims } from './claims-of-lineage.ts';
import type { ClaimPorts } from './claim-ports.ts';
import { acceptedCase, type AcceptedCase } from '../cases/claim-case-of.ts';
import { findCase } from '../cases/find-case.ts';
import type { Role } from '../../domain/access/access.ts';
import type { ClaimCase } from '../../domain/claims/claim-case.ts';

type NeedView = OutcomesView['needs'][number];

const clockView = (clock: Clock): NeedView['sustain'] => {
  switch (clock.is) {
    case 'complete':
    case 'running':
      return { is: clock.is, from: clock.window.from, to: clock.window.to };
    case 'not-started':
      return { is: clock.is, waitsFor: clock.waitsFor };
    case 'calendar-too-short':
      return { is: clock.is };
  }
};

/** Fewer of the same is what such an outcome asks for: single events are then no contradiction. */
const contraryTo = ({ criterion, clock }: NeedProof, basis: OutcomeBasis): string[] =>
  (clock.is === 'complete' || clock.is === 'running') && criterion.outcome.test.kind !== 'fewer'
    ? [...contraryEvents(basis, criterion, clock.window)]
    : [];

/** Everybody whom the answer is about. */
const subjectsOf = ({ claimCase }: AcceptedCase): readonly string[] => [
  claimCase.familyId,
  ...claimCase.basis.family.members.map(({ personId }) => personId),
];

/** Throws `family-not-found`, `state-conflict` where the family has not been accepted. */
export const readOutcomes = async (
  ports: ClaimPorts,
  asked: { readonly familyId: string; readonly roles: readonly Role[] },
): Promise<{ readonly view: OutcomesView; readonly subjects: readonly string[] }> => {
  const found = await findCase(ports, asked);
  const accepted = await acceptedCase(ports, found);
  const others = await claimsOfLineage(ports, found.family, accepted.claimCase.basis.ruleSet.id);
  // As for a claim that is still to be made: whatever stands, stands before it.
  const before = earlierClaims(others, { claimId: '', state: 'withdrawn' }, found.family);
  return { view: outcomesView(accepted, before), subjects: subjectsOf(accepted) };
};

/** How far each need of an accepted family has come, and what a claim of each kind would be held against today. */
const outcomesView = ({ decision, claimCase }: AcceptedCase, before: Pick<ClaimCase, 'earlierClaims' | 'lineage'>): OutcomesView => {
  const { basis, casework, familyId } = claimCase;
  const { ruleSet } = basis;
  const named = { ...claimCase, ...before, claimant: '' };
  // Of every need, also where a kind of claim asks for some of them only.
  const proofs = proveNeeds({ ...named, kind: 'significant-and-sustained-progress' });
  const needs = casework.needs.flatMap(({ criterionId, identifiedOn, evidence }): NeedView[] => {
    const criterion = criterionOf(ruleSet, criterionId, decision.on);
    const proof = proofs.find((each) => each.criterion === criterion);
    if (criterion === undefined || proof === undefined) return [];
    const { recorded, outcome, clock } = proof;
    return [
      {
        criterionId,
        heading: criterion.heading,
        question: criterion.question,
        identifiedOn,
        evidence,
        outcome: criterion.outcome.says,
        citation: criterion.citation,
        payable: isClaimable(criterion),
        ...(recorded && {
          recorded: {
            reachedOn: recorded.reachedOn,
            evidence: recorded.evidence,
            ...(recorded.tool !== undefined && { tool: recorded.tool }),
          },
        }),
        sustain: clockView(clock),
        ...(outcome && { reading: { value: outcome.value, says: outcome.says, against: [...outcome.against] } }),
        contrary: contraryTo(proof, basis),
      },
    ];
  });
  const closedOn = casework.closure?.on;
  return {
    familyId,
    asAt: basis.family.asAt,
    joinedOn: decision.on,
    ruleSet: ruleSetBrief(ruleSet),
    needs,
    regressions:
      closedOn === undefined
        ? []
        : regressionsSince(
            basis,
            casework.needs.map(({ criterionId }) => criterionId),
            closedOn,
          ).map(({ criterionId, events }) => ({ criterionId, events: [...events] })),
    results: ruleSet.claims.kinds.map((kind) => {
      const { standing, says, checks } = checkClaim({ ...named, kind });
      return { kind, standing, says, checks: checks.map((check) => ({ ...check, evidence: [...check.evidence] })) };
    }),
  };
};
