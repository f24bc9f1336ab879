import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { roleSchema } from '../access/access.ts';
import { apartSchema, restrictionSchema } from './person-profile.ts';

/** Why one person's word is not enough. */
export const judgementRiskSchema = z.enum(['twins-or-siblings', 'conflicting-identifiers', 'same-row', 'protected-person', 'many-records']);
export type JudgementRisk = z.infer<typeof judgementRiskSchema>;

/**
 * `same`: two people are one · `different`: they are two, remember it · `cannot-tell`: remember that somebody looked ·
 * `confirm`: rows that were in doubt are about this person · `split`: some rows are about somebody else · `undo`: an earlier
 * judgement was wrong.
 */
export const judgementKindSchema = z.enum(['same', 'different', 'cannot-tell', 'confirm', 'split', 'undo']);
export type JudgementKind = z.infer<typeof judgementKindSchema>;

/** `proposed`: waits for a second person · `approved`: waits for the worker · `undone`: by a later judgement, `undoneBy`. */
export const judgementStatusSchema = z.enum(['proposed', 'rejected', 'approved', 'applying', 'applied', 'undone']);

const decidedSchema = {
  staffId: z.string(),
  roles: z.array(roleSchema),
  at: z.iso.datetime(),
  /** In the words of whoever decided: shown to those who may see the people, never logged. */
  reason: z.string(),
};

const rowPartSchema = z.object({ rowId: z.string(), subject: z.string() });
export type RowPart = z.infer<typeof rowPartSchema>;

/** Their pairs are written with the judgement's end, in one transaction. */
export const mostRowsJudged = 80;

export const judgementSchema = z.object({
  judgementId: z.ulid(),
  version: z.int().positive(),
  kind: judgementKindSchema,
  status: judgementStatusSchema,
  /** `same`: whose id stays, then whose id leads there · `split`: whose rows they are, then the new person · else the two compared. */
  people: z.array(z.ulid()).min(1).max(2),
  /** `split`, `confirm`: the parts of rows that it is about. */
  rows: z.array(rowPartSchema).max(mostRowsJudged),
  reviewId: z.ulid().optional(),
  /** Of an undo: which judgement. */
  undoes: z.ulid().optional(),
  undoneBy: z.ulid().optional(),
  decided: z.object(decidedSchema),
  risks: z.array(judgementRiskSchema),
  /** The second person's word, where one is needed. */
  second: z.object({ ...decidedSchema, answer: z.enum(['approve', 'reject']) }).optional(),
  /** What people had set about them when it was applied: an undo puts it back. */
  before: z
    .array(z.object({ personId: z.ulid(), restriction: restrictionSchema.optional(), apart: z.array(apartSchema).optional() }))
    .optional(),
  /** The checkpoint: chunks written, and parts of rows reassigned with them. */
  chunk: z.int().nonnegative(),
  moved: z.int().nonnegative(),
  appliedAt: z.iso.datetime().optional(),
  /** The outbox entry that stands until it is applied. */
  outboxId: z.ulid().optional(),
  expiresOn: isoDateSchema,
});
export type Judgement = z.infer<typeof judgementSchema>;

/** Whether somebody may give the second word: not whoever decided. */
export const canApprove = ({ status, decided }: Judgement, staffId: string): 'yes' | 'same-person' | 'not-waiting' =>
  status !== 'proposed' ? 'not-waiting' : decided.staffId === staffId ? 'same-person' : 'yes';

/** What an undo can take back: what has changed something, and is not itself an undo. */
export const canBeUndone = ({ kind, status }: Judgement): boolean => status === 'applied' && kind !== 'undo' && kind !== 'cannot-tell';

/** Ids sort by age: the older one stays, as with families. */
export const keptFirst = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);
