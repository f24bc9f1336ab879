import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { judgementKindSchema, judgementRiskSchema, judgementStatusSchema, mostRowsJudged } from '../../domain/people/judgement.ts';
import { assignmentReasonSchema, matchDecisionSchema } from '../../domain/people/person-record.ts';
import { askedBecauseSchema, reviewAnswerSchema, reviewEffectSchema, reviewStateSchema } from '../../domain/people/review.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const reasonSchema = wordsOf({ least: 5, most: 2000 }).meta({
  description: 'Why, in your own words. Kept with the decision.',
  examples: ['The school confirmed that both rows are one pupil.'],
});

const rowPartSchema = z.object({
  rowId: z.string().min(1).max(60),
  subject: z
    .string()
    .min(1)
    .max(60)
    .meta({ description: 'Which of the people in the row', examples: ['pupil'] }),
});

export const reviewSummarySchema = z.object({
  reviewId: z.ulid(),
  because: askedBecauseSchema.meta({ description: 'Why the question is asked; proposed: a colleague asked it' }),
  state: reviewStateSchema,
  effect: reviewEffectSchema.meta({ description: 'What the answer can do to whether a family is eligible' }),
  people: z.array(z.ulid()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type ReviewSummaryView = z.infer<typeof reviewSummarySchema>;

const valueSchema = z.object({
  value: z.string(),
  sources: z.array(z.object({ agency: z.string(), feed: z.enum(feedIds), lastSeenOn: isoDateSchema })),
});

const sideSchema = z.discriminatedUnion('access', [
  z.object({ access: z.literal('shown'), personId: z.ulid(), version: z.int().positive(), rows: z.int().nonnegative() }),
  z.object({ access: z.literal('restricted'), personId: z.ulid(), detail: z.string() }),
]);

/** One field of the two sides, beside each other. */
const comparedFieldSchema = z.object({
  field: z.string().meta({ examples: ['birth date'] }),
  agreement: z.enum(['agrees', 'differs', 'not-known', 'withheld']),
  says: z.string().meta({ examples: ['The birth date agrees.'] }),
  first: z.array(valueSchema),
  second: z.array(valueSchema),
});

/** How a model came to its probability: bits add up, line by line. */
const waterfallSchema = z.object({
  decision: matchDecisionSchema,
  lines: z.array(z.object({ says: z.string(), bits: z.number(), runningBits: z.number() })),
  says: z.string(),
});

export const judgementViewSchema = z.object({
  judgementId: z.ulid(),
  kind: judgementKindSchema,
  status: judgementStatusSchema,
  people: z.array(z.ulid()),
  reviewId: z.ulid().optional(),
  undoes: z.ulid().optional(),
  undoneBy: z.ulid().optional(),
  risks: z.array(judgementRiskSchema).meta({ description: 'Why a second person has to approve it' }),
  decided: z.object({ staffId: z.string(), at: z.iso.datetime(), reason: z.string() }),
  second: z.object({ staffId: z.string(), at: z.iso.datetime(), reason: z.string(), answer: z.enum(['approve', 'reject']) }).optional(),
  rowsMoved: z.int().nonnegative(),
  appliedAt: z.iso.datetime().optional(),
});
export type JudgementView = z.infer<typeof judgementViewSchema>;

export const reviewViewSchema = reviewSummarySchema.omit({ people: true }).extend({
  says: z.string().meta({ description: 'What is asked, and why' }),
  sides: z.array(sideSchema).min(2).max(2),
  comparison: z.array(comparedFieldSchema),
  arithmetic: z.array(waterfallSchema).meta({ description: 'Empty where no model was asked' }),
  risks: z.array(judgementRiskSchema).meta({ description: 'Why "same" would need a second person' }),
  judgement: judgementViewSchema.optional(),
});
export type ReviewView = z.infer<typeof reviewViewSchema>;

const staySchema = z.object({
  rowId: z.string(),
  subject: z.string(),
  agency: z.string(),
  feed: z.enum(feedIds),
  uploadId: z.ulid(),
  row: z.int().positive(),
  from: z.iso.datetime(),
  to: z.iso.datetime().optional(),
  because: assignmentReasonSchema,
  says: z.string(),
  judgementId: z.ulid().optional().meta({ description: 'The judgement that put the row here' }),
  endedBy: z
    .object({ judgementId: z.ulid().optional(), uploadId: z.ulid().optional(), personId: z.ulid().optional() })
    .optional()
    .meta({ description: 'The judgement that moved it, and to whom' }),
});
export type StayView = z.infer<typeof staySchema>;

const withheldSchema = z.int().nonnegative().meta({ description: 'Rows that your role may not see' });

export const historySchema = z.object({
  personId: z.ulid(),
  on: isoDateSchema.optional(),
  redirectsTo: z.ulid().optional().meta({ description: 'The person that all rows were judged to be about' }),
  items: z.array(staySchema),
  withheld: withheldSchema,
});
export type HistoryView = z.infer<typeof historySchema>;

export const explanationSchema = z.object({
  personId: z.ulid(),
  asAt: z.iso.datetime(),
  /** To be printed as it is, paragraph by paragraph. */
  title: z.string(),
  paragraphs: z.array(z.string()),
  rows: z.array(
    rowPartSchema.extend({
      agency: z.string(),
      feed: z.enum(feedIds),
      feedTitle: z.string(),
      row: z.int().positive(),
      uploadId: z.ulid(),
      since: z.iso.datetime(),
      says: z.string(),
    }),
  ),
  corrections: z.array(z.object({ at: z.iso.datetime(), judgementId: z.ulid(), says: z.string() })),
  withheld: withheldSchema,
});
export type ExplanationView = z.infer<typeof explanationSchema>;

const decisionSchema = z.object({ review: reviewSummarySchema, judgement: judgementViewSchema });

const decides = { kind: 'staff', roles: ['programme-officer'] } as const;
const reads = { kind: 'staff', roles: ['programme-officer', 'auditor'] } as const;
const reviewPath = z.object({ reviewId: z.ulid() });
const personPath = z.object({ personId: z.ulid() });
const judgementPath = z.object({ judgementId: z.ulid() });

export const reviewRoutes = [
  defineRoute({
    operationId: 'listReviews',
    function: 'reviews-api',
    method: 'GET',
    path: '/v1/reviews',
    access: reads,
    summary: 'List reviews, those first whose answer would change what a family is',
    request: {
      query: pageQuerySchema.extend({
        state: reviewStateSchema.default('open'),
        reason: askedBecauseSchema.optional().meta({ description: 'Only those asked for this reason' }),
      }),
    },
    response: { status: 200, body: pageOf(reviewSummarySchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'proposeReview',
    function: 'reviews-api',
    method: 'POST',
    path: '/v1/reviews',
    access: decides,
    summary: 'Ask for two people to be compared; where that is asked already, its review is the answer',
    request: { body: z.strictObject({ first: z.ulid(), second: z.ulid() }), purpose: 'required' },
    response: { status: 200, body: reviewSummarySchema },
    problems: ['person-not-found', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'readReview',
    function: 'reviews-api',
    method: 'GET',
    path: '/v1/reviews/{reviewId}',
    access: reads,
    summary: 'Read a review: both sides field by field, and what matching made of them',
    request: { path: reviewPath, purpose: 'required' },
    response: { status: 200, body: reviewViewSchema },
    problems: ['review-not-found', 'person-not-found'],
  }),
  defineRoute({
    operationId: 'decideReview',
    function: 'reviews-api',
    method: 'POST',
    path: '/v1/reviews/{reviewId}/decisions',
    access: decides,
    summary: 'Answer a review: the same person, different people, or it cannot be told',
    request: {
      path: reviewPath,
      body: z.strictObject({ answer: reviewAnswerSchema, reason: reasonSchema }),
      ifMatch: 'required',
      purpose: 'required',
    },
    response: { status: 202, body: decisionSchema },
    problems: ['review-not-found', 'person-not-found', 'version-mismatch', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'readJudgement',
    function: 'reviews-api',
    method: 'GET',
    path: '/v1/judgements/{judgementId}',
    access: reads,
    summary: 'Read a judgement about people: what was decided, by whom, why, and how far it is carried out',
    request: { path: judgementPath, purpose: 'required' },
    response: { status: 200, body: judgementViewSchema },
    problems: ['judgement-not-found'],
  }),
  defineRoute({
    operationId: 'approveJudgement',
    function: 'reviews-api',
    method: 'POST',
    path: '/v1/judgements/{judgementId}/approvals',
    access: decides,
    summary: 'Approve or reject a judgement that needs a second person',
    request: {
      path: judgementPath,
      body: z.strictObject({ answer: z.enum(['approve', 'reject']), reason: reasonSchema }),
      ifMatch: 'required',
      purpose: 'required',
    },
    response: { status: 202, body: judgementViewSchema },
    problems: ['judgement-not-found', 'version-mismatch', 'state-conflict', 'second-person-needed'],
  }),
  defineRoute({
    operationId: 'undoJudgement',
    function: 'reviews-api',
    method: 'POST',
    path: '/v1/judgements/{judgementId}/undo',
    access: decides,
    summary: 'Take a judgement back: people, families and what follows are as they were',
    request: { path: judgementPath, body: z.strictObject({ reason: reasonSchema }), ifMatch: 'required', purpose: 'required' },
    response: { status: 202, body: judgementViewSchema },
    problems: ['judgement-not-found', 'version-mismatch', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'splitPerson',
    function: 'reviews-api',
    method: 'POST',
    path: '/v1/people/{personId}/splits',
    access: decides,
    summary: 'Say that some of a person’s rows are about somebody else',
    request: {
      path: personPath,
      body: z.strictObject({ rows: z.array(rowPartSchema.strict()).min(1).max(mostRowsJudged), reason: reasonSchema }),
      ifMatch: 'required',
      purpose: 'required',
    },
    response: { status: 202, body: judgementViewSchema },
    problems: ['person-not-found', 'version-mismatch'],
  }),
  defineRoute({
    operationId: 'readPersonHistory',
    function: 'reviews-api',
    method: 'GET',
    path: '/v1/people/{personId}/history',
    access: reads,
    summary: 'Read which rows were taken to be about a person, at the end of a day or ever, and why',
    request: { path: personPath, query: z.object({ on: isoDateSchema.optional() }), purpose: 'required' },
    response: { status: 200, body: historySchema },
    problems: ['person-not-found'],
  }),
  defineRoute({
    operationId: 'explainPerson',
    function: 'reviews-api',
    method: 'GET',
    path: '/v1/people/{personId}/explanation',
    access: reads,
    summary: 'Say in plain English why these rows are one person, to print for whoever asks about their data',
    request: { path: personPath, purpose: 'required' },
    response: { status: 200, body: explanationSchema },
    problems: ['person-not-found'],
  }),
] as const;
