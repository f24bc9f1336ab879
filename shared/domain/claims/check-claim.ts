import { checkDependentChild, checkDiscretion, checkEnoughNeeds, checkEvidenceAtEntry, checkRules, type Answer } from './check-entry.ts';
import { checkAgencies, checkAssessment, checkLeadPractitioner, checkPlan } from './check-method.ts';
import { checkContrary, checkEducation, checkFreshness, checkOutcomes, checkSustained } from './check-outcomes.ts';
import { checkNames, type CheckName, type ClaimCase, type ClaimCheck } from './claim-case.ts';
import { proveNeeds } from './needs-to-prove.ts';

/** 14. One claim for one family under one rule set, whatever it was merged with or split from. */
const checkFirst = ({ lineage, familyId, basis: { ruleSet }, earlierClaims }: ClaimCase): Answer => {
  const family = new Set([familyId, ...lineage]);
  const before = earlierClaims.filter((claim) => claim.ruleSetId === ruleSet.id && family.has(claim.familyId));
  return before.length === 0
    ? { result: 'pass', says: 'Nothing has been claimed for this family under these rules.' }
    : { result: 'fail', says: 'It has been claimed for already.', evidence: before.map(({ claimId }) => claimId) };
};

/** 15. */
const checkAudit = ({ claimant, audit }: ClaimCase): Answer => {
  if (audit === undefined) return { result: 'unknown', says: 'Internal audit has not looked at it yet.' };
  if (audit.by === claimant) return { result: 'fail', says: 'Whoever makes a claim cannot audit it.' };
  return audit.accepted
    ? { result: 'pass', says: 'Internal audit has accepted it.', evidence: [audit.on] }
    : { result: 'fail', says: 'Internal audit has not accepted it.', evidence: [audit.on] };
};

export interface ClaimDecision {
  /** `ready-for-audit`: every check but the audit passes. `open`: something is not known. `not-valid`: a check fails. */
  readonly standing: 'valid' | 'ready-for-audit' | 'open' | 'not-valid';
  readonly checks: readonly ClaimCheck[];
  readonly says: string;
}

const standingOf = (checks: readonly ClaimCheck[], isPayable: boolean): ClaimDecision['standing'] => {
  if (!isPayable || checks.some(({ result }) => result === 'fail')) return 'not-valid';
  const open = checks.filter(({ result }) => result === 'unknown');
  if (open.length === 0) return 'valid';
  return open.every(({ name }) => name === 'internal-audit-by-another') ? 'ready-for-audit' : 'open';
};

/** Holds a claim against the sixteen checks. A check without its fact is unknown, never assumed. */
export const checkClaim = (claim: ClaimCase): ClaimDecision => {
  const proofs = proveNeeds(claim);
  const answers: Readonly<Record<CheckName, Answer>> = {
    'rules-of-the-joining-day': checkRules(claim),
    'dependent-child': checkDependentChild(claim),
    'enough-needs': checkEnoughNeeds(claim),
    'needs-evidenced-at-entry': checkEvidenceAtEntry(claim),
    'lead-practitioner-throughout': checkLeadPractitioner(claim),
    'whole-family-assessment': checkAssessment(claim),
    'plan-covers-every-need': checkPlan(claim),
    'more-than-one-agency': checkAgencies(claim),
    'outcome-for-every-need': checkOutcomes(claim, proofs),
    'outcomes-sustained': checkSustained(claim, proofs),
    'nothing-contrary-since': checkContrary(claim, proofs),
    'school-age-children-in-education': checkEducation(claim),
    'files-newer-than-the-window': checkFreshness(claim, proofs),
    'not-claimed-before': checkFirst(claim),
    'internal-audit-by-another': checkAudit(claim),
    'discretion-explained': checkDiscretion(claim),
  };
  const checks = checkNames.map((name, index): ClaimCheck => ({ number: index + 1, name, evidence: [], ...answers[name] }));
  const { title, claims } = claim.basis.ruleSet;
  const isPayable = claims.kinds.includes(claim.kind);
  const standing = standingOf(checks, isPayable);
  const count = (result: ClaimCheck['result']): string => String(checks.filter((check) => check.result === result).length);
  return {
    standing,
    checks,
    says: isPayable
      ? `${count('pass')} checks pass, ${count('fail')} fail, ${count('unknown')} are not known, ${count('not-applicable')} do not apply.`
      : `${title} knows no such claim: nothing is paid for it.`,
  };
};
