import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { judgementKindSchema } from './judgement.ts';
import { reviewReasonSchema } from './person-record.ts';

/** `proposed`: a member of staff wants the two compared. */
export const askedBecauseSchema = z.enum([...reviewReasonSchema.options, 'proposed']);
export type AskedBecause = z.infer<typeof askedBecauseSchema>;

/** `open`: nobody has answered · `awaiting-approval`: a second person has to · `parked`: somebody could not tell. */
export const reviewStateSchema = z.enum(['open', 'awaiting-approval', 'parked', 'decided']);
export type ReviewState = z.infer<typeof reviewStateSchema>;

/** What the answer can do to the families concerned. A class, no measure of any family. In the order in which reviews are listed. */
export const reviewEffectSchema = z.enum(['would-change', 'may-change', 'no-change']);
export type ReviewEffect = z.infer<typeof reviewEffectSchema>;

export const reviewAnswerSchema = z.enum(['same', 'different', 'cannot-tell']);
export type ReviewAnswer = z.infer<typeof reviewAnswerSchema>;

/** Rows that are named with a review; more may be in doubt, and are decided with it. */
export const mostRowsReviewed = 20;

/**
 * A question to people: are these two one person? With one person only: are these rows about them? Whatever the answer,
 * everything goes on meanwhile, with the rows where they are.
 */
export const reviewSchema = z.object({
  reviewId: z.ulid(),
  version: z.int().positive(),
  because: askedBecauseSchema,
  state: reviewStateSchema,
  people: z.array(z.ulid()).min(1).max(2),
  rows: z.array(z.object({ rowId: z.string(), subject: z.string() })).max(mostRowsReviewed),
  effect: reviewEffectSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The last judgement made on it. */
  judgement: z.object({ judgementId: z.ulid(), kind: judgementKindSchema }).optional(),
  expiresOn: isoDateSchema,
});
export type Review = z.infer<typeof reviewSchema>;

/** What was said about two people, or about a row and a person. Outlives the review, so that nobody is asked twice. */
export const pairSchema = z.object({
  pairId: z.string(),
  version: z.int().nonnegative(),
  state: z.enum(['open', 'same', 'different', 'cannot-tell', 'undone']),
  reviewId: z.ulid().optional(),
  judgementId: z.ulid().optional(),
  /** Match keys of the identifiers that both had when the last answer was given. */
  identifiers: z.array(z.string()),
});
export type Pair = z.infer<typeof pairSchema>;

export const pairOfPeople = (a: string, b: string): string => (a < b ? `${a}#${b}` : `${b}#${a}`);
export const pairOfRow = (personId: string, { rowId, subject }: { rowId: string; subject: string }): string =>
  `${personId}#${rowId}#${subject}`;

const decisive = /^(NHS|UPN|NINO)#/;

/** The identifiers, as match keys, that two people have in common. */
export const sharedIdentifiers = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.filter((key) => decisive.test(key) && b.includes(key)).toSorted();

/** Whether to ask (again): never asked; or answered, and an identifier agrees that did not then. */
export const mayAsk = (pair: Pair | undefined, shared: readonly string[]): boolean => {
  if (pair === undefined || pair.state === 'undone') return true;
  if (pair.state === 'open' || pair.state === 'same') return false;
  return shared.some((key) => !pair.identifiers.includes(key));
};
