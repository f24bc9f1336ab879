import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { feedIds, type FeedId } from '../feeds/feed-ids.ts';
import { agencySchema, labelSchema } from './label.ts';

/** How often files of the agreement are to come. `on-request`: when the council asks. */
export const frequencySchema = z.enum(['once', 'weekly', 'monthly', 'half-termly', 'termly', 'quarterly', 'yearly', 'on-request']);

/** A feed that may be sent, and which of its columns: whatever else a file has is left out of it before anybody reads it. */
const agreedFeedSchema = z.object({
  feed: z.enum(feedIds),
  columns: z.array(z.string().min(1).max(60)).min(1).max(100),
  /** The cohort as far as a file can be held against it: many rows outside of it, and the file waits for a person. */
  limits: z
    .object({
      /** Whole years at the end of the file's period, both included. */
      ages: z
        .object({ from: z.int().min(0).max(120), to: z.int().min(0).max(120) })
        .refine(({ from, to }) => from <= to, { message: 'The first age must not be above the last' })
        .optional(),
      /** Beginnings of postcodes: `L36`, or `L36 9`. */
      postcodes: z
        .array(z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?( \d)?$/, 'Write the first part of a postcode, such as L36'))
        .min(1)
        .max(200)
        .optional(),
      /** LA and establishment number, seven digits. */
      schools: z
        .array(z.string().regex(/^\d{7}$/, 'Write seven digits'))
        .min(1)
        .max(500)
        .optional(),
    })
    .optional(),
});
export type CohortLimits = NonNullable<z.infer<typeof agreedFeedSchema>['limits']>;

/** What two organisations have agreed: the part of an agreement that people write and edit. */
export const agreementTermsSchema = z.object({
  /** The data-sharing agreement's own reference: `DSA-2026-014`. No two agreements have the same. */
  reference: labelSchema(60),
  agency: agencySchema,
  /** The agency's name to show. */
  agencyName: labelSchema(120),
  /** Whom to ask at the agency, by role: `Data manager`. */
  contactRole: labelSchema(80),
  feeds: z.array(agreedFeedSchema).min(1).max(feedIds.length),
  /** Whom the rows may be about: `Pupils on roll, reception to year 11`. */
  cohort: labelSchema(300),
  purposes: z.array(labelSchema(500)).min(1).max(10),
  lawfulBasis: labelSchema(300),
  frequency: frequencySchema,
  /** First and last day on which it is in force. */
  start: isoDateSchema,
  end: isoDateSchema,
});
export type AgreementTerms = z.infer<typeof agreementTermsSchema>;

/** A data-sharing agreement as it is stored. */
export const sharingAgreementSchema = agreementTermsSchema.extend({
  agreementId: z.ulid(),
  createdAt: z.iso.datetime(),
  /** The issuer's subject of the member of staff. */
  createdBy: z.string(),
  editedAt: z.iso.datetime(),
  editedBy: z.string(),
  /** Ended by hand, before its last day. */
  ended: z.object({ at: z.iso.datetime(), by: z.string(), reason: labelSchema(500) }).optional(),
  version: z.int().positive(),
  expiresOn: isoDateSchema,
});
export type SharingAgreement = z.infer<typeof sharingAgreementSchema>;

export const agreementStateSchema = z.enum(['upcoming', 'in-force', 'ended']);
export type AgreementState = z.infer<typeof agreementStateSchema>;

/** `today` is the council's calendar date. */
export const agreementState = ({ start, end, ended }: Pick<SharingAgreement, 'start' | 'end' | 'ended'>, today: string): AgreementState => {
  if (ended !== undefined || end < today) return 'ended';
  return today < start ? 'upcoming' : 'in-force';
};

/** The columns of the feed that may be sent; undefined where the agreement does not cover the feed. */
export const agreedColumns = ({ feeds }: Pick<SharingAgreement, 'feeds'>, feed: FeedId): readonly string[] | undefined =>
  feeds.find((agreed) => agreed.feed === feed)?.columns;

/** What the agreement says of the cohort of a feed, as far as it can be counted. */
export const cohortLimits = ({ feeds }: Pick<SharingAgreement, 'feeds'>, feed: FeedId): CohortLimits =>
  feeds.find((agreed) => agreed.feed === feed)?.limits ?? {};
