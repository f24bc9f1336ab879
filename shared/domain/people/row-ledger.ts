import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema, type IsoDate } from '../calendar/calendar-date.ts';
import { ledgerExpiresOn } from './record-retention.ts';

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
  /** A referral brought this content first, before a file of the agency had it. */
  referral: z.object({ uploadId: z.ulid(), row: z.int().positive(), periodStart: isoDateSchema, periodEnd: isoDateSchema }).optional(),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  status: z.enum(['current', 'ended']),
  endedOn: isoDateSchema.optional(),
  /**
   * The row has been erased, on a person's request or by order: no file brings it back. Nothing of its content is here any more, and
   * nothing of whom it was about (docs/adr/0023).
   */
  erasedOn: isoDateSchema.optional(),
  subjects: z.array(z.object({ subject: z.string(), personId: z.ulid() })),
  version: z.int().nonnegative(),
  expiresOn: isoDateSchema,
});
export type RowLedger = z.infer<typeof rowLedgerSchema>;

/** What an erasure leaves in the place of a row's ledger, with the version that is held: a marker, for as long as ledgers are kept. */
export const erasedLedger = (
  { rowId, agency, feed, contentVersion, uploadId, periodStart, periodEnd, version }: RowLedger,
  on: IsoDate,
): RowLedger => ({
  rowId,
  agency,
  feed,
  contentHash: '',
  contentVersion,
  uploadId,
  periodStart,
  periodEnd,
  status: 'ended',
  endedOn: on,
  erasedOn: on,
  subjects: [],
  version,
  expiresOn: ledgerExpiresOn(on),
});
