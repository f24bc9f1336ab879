import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { claimRulesSchema, ruleSetBriefSchema } from '../eligibility/rule-set.ts';

export const claimKindSchema = claimRulesSchema.shape.kinds.element;
export type ClaimKind = z.infer<typeof claimKindSchema>;

/**
 * `proposed`: waits for internal audit. `returned`: audit found something; withdrawn and proposed again once it is put right. `approved`:
 * may be submitted, and is as it was packed. `submitted`: handed in to the ministry.
 */
export const claimStateSchema = z.enum(['proposed', 'returned', 'approved', 'submitted', 'withdrawn']);
export type ClaimState = z.infer<typeof claimStateSchema>;

const actSchema = z.object({
  act: z.enum(['proposed', 'returned', 'approved', 'submitted', 'withdrawn']),
  by: z.string(),
  at: z.iso.datetime(),
  reason: z.string().optional(),
});

export const claimSchema = z.object({
  claimId: z.ulid(),
  version: z.int().positive(),
  state: claimStateSchema,
  familyId: z.ulid(),
  /** The family and every family whose past is its own, when it was proposed. */
  lineage: z.array(z.ulid()).min(1),
  kind: claimKindSchema,
  ruleSet: ruleSetBriefSchema,
  /** The decision by which the family was accepted. */
  decision: z.object({ entryId: z.ulid(), familyId: z.ulid(), on: isoDateSchema }),
  claimant: z.string(),
  /** Since when it is in its state. */
  since: z.iso.datetime(),
  history: z.array(actSchema).min(1),
  /** SHA-256 of the pack's canonical JSON, from the approval on. */
  packSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  expiresOn: isoDateSchema,
});
export type Claim = z.infer<typeof claimSchema>;

type Step = Exclude<ClaimState, 'proposed'>;

const from: Readonly<Record<Step, readonly ClaimState[]>> = {
  returned: ['proposed'],
  approved: ['proposed'],
  submitted: ['approved'],
  withdrawn: ['proposed', 'returned', 'approved', 'submitted'],
};

/** The claim after a step; undefined where it is not in a state that allows it. */
export const stepClaim = (
  claim: Claim,
  act: Step,
  {
    by,
    at,
    reason,
    packSha256,
  }: { readonly by: string; readonly at: string; readonly reason?: string | undefined; readonly packSha256?: string },
): Claim | undefined =>
  from[act].includes(claim.state)
    ? {
        ...claim,
        version: claim.version + 1,
        state: act,
        since: at,
        history: [...claim.history, { act, by, at, ...(reason !== undefined && { reason }) }],
        ...(packSha256 !== undefined && { packSha256 }),
      }
    : undefined;

/** Of two claims that are about one family the one that stands in the other's way: what was submitted or approved, else the older. */
export const standsBefore = (other: Claim, claim: Pick<Claim, 'claimId' | 'state'>): boolean => {
  if (other.claimId === claim.claimId || other.state === 'withdrawn') return false;
  const rank = ({ state }: Pick<Claim, 'state'>): number =>
    state === 'submitted' ? 0 : state === 'approved' ? 1 : state === 'withdrawn' ? 3 : 2;
  return rank(other) < rank(claim) || (rank(other) === rank(claim) && other.claimId < claim.claimId);
};
