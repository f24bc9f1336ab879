import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { feedIds, type FeedId } from '../feeds/feed-ids.ts';
import { agencySchema, labelSchema } from './label.ts';

/** How often files of the agreement are to come. `on-request`: when the council asks. */
export const frequencySchema = z.enum(['once', 'weekly', 'monthly', 'half-termly', 'termly', 'quarterly', 'yearly', 'on-request']);

/** A feed that may be sent, and which of its columns: whatever else a file has is left out of it before anybody reads it. */
const agreedFeedSchema = z.object({ feed: z.enum(feedIds), columns: z.array(z.string().min(1).max(60)).min(1).max(100) });

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
