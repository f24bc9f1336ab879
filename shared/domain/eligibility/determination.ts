import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { accessClassSchema } from '../access/access.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { citationSchema } from './citation.ts';

/** `unknown`: files came, but they do not answer it. `not-covered`: no file that could answer it has come. */
const criterionValueSchema = z.enum(['met', 'not-met', 'unknown', 'not-covered']);
export type CriterionValue = z.infer<typeof criterionValueSchema>;

/** `cannot-tell` is an answer: what is missing could still decide it either way. */
export const outcomeSchema = z.enum(['eligible', 'not-eligible', 'cannot-tell']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** One row of one file that speaks for a criterion. */
export const evidenceSchema = z.object({
  personId: z.string(),
  feed: z.enum(feedIds),
  agency: z.string(),
  uploadId: z.string(),
  /** 1 is the first row under the header. */
  row: z.int().positive(),
  accessClass: accessClassSchema,
  from: isoDateSchema,
  /** The first day on which it no longer holds. */
  to: isoDateSchema.optional(),
  says: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Why a criterion could not be answered, and about whom. */
export const gapSchema = z.object({
  reason: z.enum([
    'no-file',
    'period-not-covered',
    'file-too-old',
    'no-row-for-person',
    'term-missing',
    'no-sessions',
    'birth-date-unknown',
    'restricted',
    'education-or-work-unknown',
    'calendar-too-short',
    'no-assessment',
    'before-birth',
    'dates-impossible',
    'figures-contradict',
    'pregnancy-uncertain',
    'no-adult-known',
  ]),
  feed: z.enum(feedIds).optional(),
  personId: z.string().optional(),
  /** Of the row it is about, where it is about one: who may see that row may see this. */
  accessClass: accessClassSchema.optional(),
  says: z.string(),
});
export type Gap = z.infer<typeof gapSchema>;

export const criterionResultSchema = z.object({
  criterionId: z.string(),
  heading: z.string(),
  question: z.string(),
  value: criterionValueSchema,
  /** The value without parents who live elsewhere. */
  valueInHousehold: criterionValueSchema,
  says: z.string(),
  /** The newest first; at most `evidenceShown` of them, `evidenceCount` says how many there are. */
  evidence: z.array(evidenceSchema),
  evidenceCount: z.int().nonnegative(),
  missing: z.array(gapSchema),
  wouldChange: z.string(),
  citation: citationSchema,
});
export type CriterionResult = z.infer<typeof criterionResultSchema>;

export const headingResultSchema = z.object({
  heading: z.string(),
  title: z.string(),
  value: z.enum(['met', 'not-met', 'unknown']),
  /** Met, or possibly met, only through a parent who lives elsewhere. */
  onlyThroughParentElsewhere: z.boolean(),
});
export type HeadingResult = z.infer<typeof headingResultSchema>;

export const determinationSchema = z.object({
  ruleSet: z.object({ id: z.string(), version: z.string(), title: z.string() }),
  asAt: isoDateSchema,
  outcome: outcomeSchema,
  says: z.string(),
  /** The only number there is: how many of the criteria asked are met. */
  criteriaMet: z.object({ met: z.int().nonnegative(), of: z.int().nonnegative() }),
  headingsMet: z.array(z.string()),
  /** How many of what make a family eligible, besides the dependent child. */
  needed: z.object({ count: z.int().positive(), of: z.enum(['headings', 'needs']) }),
  dependentChild: z.object({
    value: z.enum(['met', 'not-met', 'unknown']),
    says: z.string(),
    personIds: z.array(z.string()),
    missing: z.array(gapSchema),
  }),
  headings: z.array(headingResultSchema),
  criteria: z.array(criterionResultSchema),
  /**
   * The first day on which an answer changes though no new row comes: a look-back ends, somebody has a birthday, a term is over, a
   * file has become too old; more than three months ahead, the first day on which one may. Absent where nothing in sight can. It can tell the date of a row: shown only to whom all rows may be.
   */
  changesOn: isoDateSchema.optional(),
});
export type Determination = z.infer<typeof determinationSchema>;

/** Rows listed per criterion: enough to check it by, and a bound on what is stored. */
export const evidenceShown = 20;
