import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';

/** That a record is held, in which content, and whom its mentions were taken to be about. */
export const rowLedgerSchema = z.object({
  /** Keyed hash of agency, feed and record key. */
  rowId: z.string(),
  agency: z.string(),
  feed: z.enum(feedIds),
  /** Keyed hash of the normalised row: equal for rows that say the same. */
  contentHash: z.string(),
  contentVersion: z.int().positive(),
  /** The file that brought this content. */
  uploadId: z.ulid(),
  /** The content came as a referral, not in a file of the agency. */
  referred: z.boolean().optional(),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  status: z.enum(['current', 'ended']),
  endedOn: isoDateSchema.optional(),
  subjects: z.array(z.object({ subject: z.string(), personId: z.ulid() })),
  version: z.int().nonnegative(),
  expiresOn: isoDateSchema,
});
export type RowLedger = z.infer<typeof rowLedgerSchema>;
