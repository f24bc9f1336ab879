import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { effectiveDecision, standingEntries, type CaseEntry, type DecisionEntry } from './case-entry.ts';

/**
 * How far a family has come. `none`: nothing to decide. `awaiting`: eligible, and somebody decides. `over`: no family any more (merged,
 * or nobody is left).
 */
export const caseStageSchema = z.enum(['none', 'awaiting', 'declined', 'open', 'closed', 'over']);
export type CaseStage = z.infer<typeof caseStageSchema>;

/** Of the determination that is held, what a decision rests on. */
export const determinedSchema = z.object({
  version: z.int().positive(),
  at: z.iso.datetime(),
  outcome: z.enum(['eligible', 'not-eligible', 'cannot-tell']),
  ruleSet: z.object({ id: z.string(), version: z.string(), title: z.string() }),
  met: z.array(z.string()),
  headingsMet: z.array(z.string()),
  criteriaMet: z.object({ met: z.int().nonnegative(), of: z.int().nonnegative() }),
});
export type Determined = z.infer<typeof determinedSchema>;

/** How a case stands: worked out from its entries and the determination, and kept so that cases can be listed and counted. */
const caseStandingSchema = z.object({
  stage: caseStageSchema,
  /** Since when it waits; kept until it is decided or there is nothing to decide. */
  waitingSince: z.iso.datetime().optional(),
  /** It was declined, and something that matters is different now. */
  askedAgain: z.boolean().optional(),
  determined: determinedSchema.optional(),
  decision: z
    .object({
      entryId: z.ulid(),
      familyId: z.ulid(),
      answer: z.enum(['accept', 'decline']),
      on: isoDateSchema,
      at: z.iso.datetime(),
      ruleSetId: z.string(),
    })
    .optional(),
  /** A lead practitioner is named and has not ended. */
  allocated: z.boolean(),
  /** Day of the newest whole-family assessment: of all, and of those that every reader is shown. */
  assessedOn: z.object({ whole: isoDateSchema.optional(), limited: isoDateSchema.optional() }),
});
export type CaseStanding = z.infer<typeof caseStandingSchema>;

export const caseHeadSchema = z.object({
  familyId: z.ulid(),
  version: z.int().positive(),
  /** Rises with what readers of standard records are shown. */
  limitedVersion: z.int().nonnegative(),
  /** How many entries there are about this very family. */
  entries: z.int().nonnegative(),
  standing: caseStandingSchema,
  expiresOn: isoDateSchema,
});
export type CaseHead = z.infer<typeof caseHeadSchema>;

/** A family that was declined is asked about again when it is eligible under other rules or shows a need that it did not. */
const isMaterial = (decided: DecisionEntry['determination'], now: Determined): boolean =>
  now.ruleSet.id !== decided.ruleSet.id || now.met.some((criterionId) => !decided.met.includes(criterionId));

const newest = (days: readonly string[]): string | undefined => days.toSorted().at(-1);

/** How a family’s case stands, from everything that is about it. `before`: how it stood. */
export const standingOf = ({
  familyId,
  entries,
  determined,
  isCurrent,
  before,
}: {
  readonly familyId: string;
  readonly entries: readonly CaseEntry[];
  /** Undefined where it is not determined. */
  readonly determined: Determined | undefined;
  readonly isCurrent: boolean;
  readonly before: CaseStanding | undefined;
}): CaseStanding => {
  const { decisions, facts } = standingEntries(entries);
  const decision = effectiveDecision({ decisions });
  const isEligible = determined?.outcome === 'eligible';
  const closure = facts.findLast(({ fact }) => fact.kind === 'closure');
  const isAskedAgain = isEligible && decision?.answer === 'decline' && isMaterial(decision.determination, determined);
  const stage = ((): CaseStage => {
    if (!isCurrent) return 'over';
    if (decision?.answer === 'accept') return closure !== undefined && closure.recordedAt > decision.recordedAt ? 'closed' : 'open';
    if (isAskedAgain) return 'awaiting';
    if (decision !== undefined) return 'declined';
    return isEligible ? 'awaiting' : 'none';
  })();
  // What was decided about a family merged with this one does not end the waiting: if the merger is undone, it waits on.
  const decidedAt = decisions.findLast((own) => own.familyId === familyId)?.recordedAt ?? '';
  const waited = before?.waitingSince !== undefined && before.waitingSince > decidedAt ? before.waitingSince : undefined;
  const waitingSince = isCurrent && !isEligible ? undefined : (waited ?? (stage === 'awaiting' ? determined?.at : undefined));
  const assessments = facts.flatMap(({ fact, seenBy }) => (fact.kind === 'assessment' ? [{ on: fact.on, seenBy }] : []));
  const [whole, limited] = [
    newest(assessments.map(({ on }) => on)),
    newest(assessments.flatMap(({ on, seenBy }) => (seenBy === 'limited' ? [on] : []))),
  ];
  return {
    stage,
    ...(waitingSince !== undefined && { waitingSince }),
    ...(stage === 'awaiting' && isAskedAgain && { askedAgain: true }),
    ...(determined && { determined }),
    ...(decision && {
      decision: {
        entryId: decision.entryId,
        familyId: decision.familyId,
        answer: decision.answer,
        on: decision.on,
        at: decision.recordedAt,
        ruleSetId: decision.determination.ruleSet.id,
      },
    }),
    allocated: stage === 'open' && facts.some(({ fact }) => fact.kind === 'lead-practitioner' && fact.to === undefined),
    assessedOn: { ...(whole !== undefined && { whole }), ...(limited !== undefined && { limited }) },
  };
};
