import type { Determination } from '../eligibility/determination.ts';
import type { OutcomeBasis } from '../outcomes/read-outcome.ts';
import type { Casework } from '../outcomes/casework.ts';
import type { ClaimKind } from './claim.ts';

/** A claim that has been made before, and for which family. */
interface EarlierClaim {
  readonly claimId: string;
  readonly familyId: string;
  readonly ruleSetId: string;
}

/** Everything a claim is judged by. The basis is the family as at today, under the rules of the day it joined. */
export interface ClaimCase {
  readonly familyId: string;
  /** The family itself and every family it was merged with or split from. */
  readonly lineage: readonly string[];
  readonly kind: ClaimKind;
  readonly claimant: string;
  readonly basis: OutcomeBasis;
  readonly casework: Casework;
  /** As the family was determined when it joined. */
  readonly atEntry: Determination;
  readonly earlierClaims: readonly EarlierClaim[];
  readonly audit?: { readonly by: string; readonly on: string; readonly accepted: boolean } | undefined;
}

export type CheckResult = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** The sixteen questions that an internal auditor asks of a claim, by number and name. */
export const checkNames = [
  'rules-of-the-joining-day',
  'dependent-child',
  'enough-needs',
  'needs-evidenced-at-entry',
  'lead-practitioner-throughout',
  'whole-family-assessment',
  'plan-covers-every-need',
  'more-than-one-agency',
  'outcome-for-every-need',
  'outcomes-sustained',
  'nothing-contrary-since',
  'school-age-children-in-education',
  'files-newer-than-the-window',
  'not-claimed-before',
  'internal-audit-by-another',
  'discretion-explained',
] as const;
export type CheckName = (typeof checkNames)[number];

export interface ClaimCheck {
  /** 1 to 16. */
  readonly number: number;
  readonly name: CheckName;
  readonly result: CheckResult;
  readonly says: string;
  /** References, dates and rows in words. */
  readonly evidence: readonly string[];
}
