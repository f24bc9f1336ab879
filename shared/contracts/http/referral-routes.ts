import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { agencySchema } from '../../domain/uploads/label.ts';
import { agreementTermsSchema } from '../../domain/uploads/sharing-agreement.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { defineRoute } from './route.ts';

/** One row of a feed as JSON: the same columns and the same rules as in a file. */
const newReferralSchema = z.strictObject({
  agency: agencySchema.meta({ description: 'Who it comes from', examples: ['northfield-academy'] }),
  feed: z.enum(feedIds),
  agreement: agreementTermsSchema.shape.reference.meta({
    description:
      'The reference of the data-sharing agreement with the agency that lets it send this: in force today, with this feed and these columns',
    examples: ['DSA-2026-014'],
  }),
  periodStart: isoDateSchema.optional().meta({ description: 'First day that the row is about; left out: a year before its end' }),
  periodEnd: isoDateSchema.optional().meta({ description: 'Last day that the row is about; left out: today' }),
  row: z
    .record(z.string().max(100), z.string().max(2000))
    .refine((row) => Object.keys(row).length <= 100, {
      error: 'has more columns than any feed',
      params: { fix: 'Send the columns of the feed only.' },
    })
    .meta({
      description: 'Column name → text, as a cell of the file would hold it',
      examples: [{ forename: 'Aoife', surname: 'Example' }],
    }),
});
export type NewReferral = z.infer<typeof newReferralSchema>;

const acceptedReferralSchema = z.object({
  uploadId: z.ulid().meta({ description: 'Follow it with `GET /v1/uploads/{uploadId}`' }),
  reference: z.string().meta({ examples: ['SF-7Q4M-2XPT'] }),
});
export type AcceptedReferral = z.infer<typeof acceptedReferralSchema>;

export const referralRoutes = [
  defineRoute({
    operationId: 'createReferral',
    function: 'referrals-api',
    method: 'POST',
    path: '/v1/referrals',
    access: { kind: 'staff', roles: ['programme-officer', 'lead-practitioner'] },
    summary: 'Refer people with one row of a feed; it is processed like a row of a file',
    request: { body: newReferralSchema, idempotencyKey: 'required' },
    response: { status: 202, body: acceptedReferralSchema },
    problems: ['invalid-row', 'idempotency-key-reused', 'state-conflict'],
  }),
] as const;
