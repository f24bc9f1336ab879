import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';

/** A file, note or row that shows something, by its reference. */
const referenceSchema = z.string().trim().min(1);

/**
 * What people record about the work with a family, as dated facts: the least that outcomes and claims need. Nothing here is taken for
 * granted: what is not recorded is not known.
 */
export const caseworkSchema = z.object({
  /** The day the family was accepted: the rules of that day hold. */
  joinedOn: isoDateSchema,
  leadPractitioners: z.array(z.object({ name: z.string(), from: isoDateSchema, to: isoDateSchema.optional() })),
  assessments: z.array(z.object({ on: isoDateSchema, personIds: z.array(z.string()) })),
  plans: z.array(z.object({ on: isoDateSchema, criterionIds: z.array(z.string()) })),
  agencies: z.array(z.object({ name: z.string(), from: isoDateSchema, to: isoDateSchema.optional() })),
  /** Every need, found at the start or later; all of them must have their outcome. */
  needs: z.array(
    z.object({
      criterionId: z.string(),
      identifiedOn: isoDateSchema,
      evidence: z.array(referenceSchema),
      /** Somebody recorded it with evidence of its own, whatever rows show. */
      recorded: z.boolean().optional(),
    }),
  ),
  outcomes: z.array(
    z.object({ criterionId: z.string(), reachedOn: isoDateSchema, evidence: z.array(referenceSchema), tool: z.string().optional() }),
  ),
  /** Equivalent progress accepted, or a family taken on at the council's own discretion. */
  discretion: z.array(
    z.object({ criterionId: z.string().optional(), reason: z.string(), decidedBy: z.string(), grade: z.string(), on: isoDateSchema }),
  ),
  closure: z.object({ on: isoDateSchema, reason: z.string() }).optional(),
});
export type Casework = z.infer<typeof caseworkSchema>;
