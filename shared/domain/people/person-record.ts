import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { accessClassSchema } from '../access/access.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { unpackDecision } from './pack-decision.ts';
import { factSchema } from './fact.ts';
import { namedContactSchema, personDetailsSchema, statedRelationSchema } from './person-details.ts';

/**
 * What a person should look at before anybody relies on the assignment of a row. `possible-match`: likely enough to ask, not
 * certain enough to link · `possible-relative`: alike in all that a twin, a sibling or a namesake parent would share.
 */
export const reviewReasonSchema = z.enum(['identifier-conflict', 'several-people', 'possible-match', 'possible-relative']);
export type ReviewReason = z.infer<typeof reviewReasonSchema>;

/**
 * Why a row was taken to be about this person. `matched`: the model is certain enough · `in-doubt`: it is not, so the row
 * has a person of its own until somebody has looked.
 */
export const assignmentReasonSchema = z.enum(['matched', 'in-doubt', 'no-match', 'no-identity', 'assigned-before', 'judgement']);
export type AssignmentReason = z.infer<typeof assignmentReasonSchema>;

/** Other people whom a row could be about as well: the nearest few. */
export const mostReviewedWith = 8;

/** What a model made of a row and the person it was taken to be about, or is asked about: bits are log2 of the odds. */
export const matchDecisionSchema = z.object({
  modelVersion: z.string(),
  thresholds: z.object({ link: z.number(), review: z.number() }),
  probability: z.number().min(0).max(1),
  candidatesSeen: z.int().nonnegative(),
  /** The parts that add up to the bits of the whole. */
  fields: z.array(z.object({ field: z.string(), level: z.string(), bits: z.number() })),
  guards: z.array(z.string()),
});
export type MatchDecision = z.infer<typeof matchDecisionSchema>;

/** Why a row counts as being about a person: what changes when somebody judges otherwise; the row itself does not. */
const assignmentShape = {
  because: assignmentReasonSchema,
  review: reviewReasonSchema.optional(),
  /** Whom the row could be about as well, or with whom it shares what conflicts; where a review is asked for. */
  reviewWith: z.array(z.ulid()).max(mostReviewedWith).optional(),
  /** Somebody decided it, then: of `judgement`. */
  judgement: z.object({ judgementId: z.ulid(), at: z.iso.datetime() }).optional(),
  /** Where a model decided. */
  decision: z.union([z.string().transform(unpackDecision), matchDecisionSchema]).optional(),
};
export const assignmentSchema = z.object(assignmentShape);
export type RecordedAssignment = z.infer<typeof assignmentSchema>;

/**
 * `current`: the newest file says so · `ended`: a later snapshot no longer had the record, its facts hold up to `endedOn`
 * · `superseded`: the same record came with other content; kept to replay earlier decisions, counts no more.
 */
const recordStatusSchema = z.enum(['current', 'ended', 'superseded']);

/** A relation stated by the row, with the person whom the other subject of the row was found to be. */
const recordedRelationSchema = statedRelationSchema.extend({ toPersonId: z.ulid() });

/** What one row of one file says about one person: the evidence that everything else is derived from. */
export const personRecordSchema = z.object({
  personId: z.ulid(),
  /** Keyed hash of agency, feed and record key: the same record in every file. */
  rowId: z.string(),
  subject: z.string(),
  agency: z.string(),
  feed: z.enum(feedIds),
  accessClass: accessClassSchema,
  uploadId: z.ulid(),
  /** In that upload's file; 1 is the first row under the header. */
  row: z.int().positive(),
  periodStart: isoDateSchema,
  /** The last day that the file covers. */
  periodEnd: isoDateSchema,
  /** Whether the feed's files say how things stand, so that the record holds until one says otherwise. */
  standing: z.boolean(),
  details: personDetailsSchema,
  contacts: z.array(namedContactSchema),
  relations: z.array(recordedRelationSchema),
  facts: z.array(factSchema),
  status: recordStatusSchema,
  /** The first day on which it no longer holds: of ended and superseded records. */
  endedOn: isoDateSchema.optional(),
  /** 1 for a record's first content, one more with every change. */
  contentVersion: z.int().positive(),
  ...assignmentShape,
  recordedAt: z.iso.datetime(),
  expiresOn: isoDateSchema,
});
export type PersonRecord = z.infer<typeof personRecordSchema>;

export const assignmentOf = ({ because, review, reviewWith, judgement, decision }: RecordedAssignment): RecordedAssignment => ({
  because,
  ...(review !== undefined && { review }),
  ...(reviewWith !== undefined && { reviewWith }),
  ...(judgement !== undefined && { judgement }),
  ...(decision !== undefined && { decision }),
});

/** The same row, taken to be about `personId` for these reasons and no others. */
export const assigned = (record: PersonRecord, personId: string, assignment: RecordedAssignment): PersonRecord => {
  const { because: _because, review: _review, reviewWith: _reviewWith, judgement: _judgement, decision: _decision, ...row } = record;
  return { ...row, personId, ...assignmentOf(assignment) };
};
