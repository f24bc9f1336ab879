import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { dueStates } from '../../domain/uploads/due.ts';
import { agreementStateSchema, sharingAgreementSchema } from '../../domain/uploads/sharing-agreement.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const shareSchema = z.number().min(0).max(1).optional();

/**
 * A period in which a file of the feed is expected, and what came of it. `dueOn` is the last day on which it is in time: 14
 * days after the period's end, and the agreement's last day at the latest; bank and school holidays do not move it.
 */
export const duePeriodSchema = z.object({
  start: isoDateSchema,
  end: isoDateSchema,
  dueOn: isoDateSchema,
  state: z.enum(dueStates).meta({
    description:
      'came, came-late: taken in, also “nothing to report”; under-way: sent, not read yet; awaited: there is time; late: there is none; not-sent: the agreement ended first',
  }),
  cameOn: isoDateSchema.optional(),
  daysLate: z.int().positive().optional(),
  files: z.int().nonnegative(),
  quality: z.object({
    complete: shareSchema.meta({ description: 'Of the agreed columns, those that the files had' }),
    valid: shareSchema.meta({ description: 'Of the rows, those that nothing was wrong with' }),
    heldBefore: shareSchema.meta({ description: 'Of the rows taken in, those about records that were held before' }),
  }),
});

/** Somebody at the council has reminded the partner. */
export const chaseSchema = z.object({
  chaseId: z.ulid(),
  agreementId: z.ulid(),
  feed: z.enum(feedIds),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  dueOn: isoDateSchema,
  at: z.iso.datetime(),
  by: z.string(),
  note: z.string().max(500).optional(),
});
export type Chase = z.infer<typeof chaseSchema>;

const chaseViewSchema = chaseSchema.extend({
  reminder: z.string().meta({ description: 'Words to send by e-mail or letter; nothing is sent from here' }),
});
export type ChaseView = z.infer<typeof chaseViewSchema>;

const newChaseSchema = z.strictObject({
  feed: z.enum(feedIds),
  periodEnd: isoDateSchema.meta({ description: 'Of the late period, as `listDueFiles` gives it' }),
  note: z.string().trim().min(1).max(500).optional().meta({ description: 'How, and what was said; no names' }),
});
export type NewChase = z.infer<typeof newChaseSchema>;

const { agreementId, reference, agency, agencyName, contactRole, frequency } = sharingAgreementSchema.shape;

/** What is due under one agreement: the newest periods of each feed, oldest first. */
const dueAgreementSchema = z.object({
  agreementId,
  reference,
  agency,
  agencyName,
  contactRole: contactRole.meta({ description: 'Whom to ask' }),
  frequency,
  state: agreementStateSchema,
  feeds: z.array(
    z.object({
      feed: z.enum(feedIds),
      title: z.string(),
      periods: z.array(duePeriodSchema.extend({ chasedAt: z.iso.datetime().optional().meta({ description: 'The last time' }) })),
    }),
  ),
});
export type DueAgreement = z.infer<typeof dueAgreementSchema>;

const readers = ['data-officer', 'programme-officer', 'auditor'] as const;
const mostAgreements = 10;

export const dueRoutes = [
  defineRoute({
    operationId: 'listDueFiles',
    function: 'links-api',
    method: 'GET',
    path: '/v1/due-files',
    access: { kind: 'staff', roles: readers },
    summary: 'What is due across partners, what came, what is late, and how good it was: by agreement, newest agreement first',
    request: {
      query: pageQuerySchema.extend({
        limit: z.coerce.number().pipe(z.int().min(1).max(mostAgreements)).default(mostAgreements),
        state: z.enum(['late']).optional().meta({
          description: 'Only agreements of this page’s that something is late under; a page may be short or empty and go on all the same',
        }),
      }),
    },
    response: { status: 200, body: pageOf(dueAgreementSchema) },
    problems: [],
  }),
  defineRoute({
    operationId: 'createChase',
    function: 'links-api',
    method: 'POST',
    path: '/v1/agreements/{agreementId}/chases',
    access: { kind: 'staff', roles: ['data-officer', 'programme-officer'] },
    summary: 'Record that a partner has been reminded of a late file; the answer has the words to send',
    request: { path: z.object({ agreementId: z.ulid() }), body: newChaseSchema, idempotencyKey: 'required' },
    response: { status: 201, body: chaseViewSchema },
    problems: ['not-found', 'state-conflict', 'idempotency-key-reused', 'try-again'],
  }),
] as const;
