import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { addSeconds } from '../calendar/instant.ts';
import { agencySchema, labelSchema } from './label.ts';
import { mostWrongCodes } from './link-code.ts';
import { agreementState, type SharingAgreement } from './sharing-agreement.ts';

/**
 * An upload link as it is stored. Neither its token nor its code is in it: only keyed hashes of them are kept, the token's
 * elsewhere. What may be sent, why and until when, its agreement says, as it is at the moment.
 */
export const uploadLinkSchema = z.object({
  linkId: z.ulid(),
  agency: agencySchema,
  feed: z.enum(feedIds),
  feedVersion: z.int().positive(),
  agreementId: z.ulid(),
  /** The agreement's reference. */
  agreement: labelSchema(60),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  expiresAt: z.iso.datetime(),
  /** How many files may come through the link, those refused or never sent not counted; absent: any number until it expires. */
  maxUploads: z.int().positive().optional(),
  /** Files granted so far, whatever became of them. */
  uploads: z.int().nonnegative(),
  codeHash: z.string(),
  /** 1 for the first code, one more with each new one. */
  codeNumber: z.int().positive(),
  /** Codes tried since the last right one. */
  codeTries: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  /** The issuer's subject of the member of staff. */
  createdBy: z.string(),
  revokedAt: z.iso.datetime().optional(),
  /** Rises with what staff edit, not with the uploads. */
  version: z.int().positive(),
  expiresOn: isoDateSchema,
});
export type UploadLink = z.infer<typeof uploadLinkSchema>;

export const linkStateSchema = z.enum(['open', 'locked', 'expired', 'agreement-ended', 'revoked']);
export type LinkState = z.infer<typeof linkStateSchema>;

/** Whether it works, leaving aside that too many wrong codes have locked it. Undefined: there is no such agreement any more. */
export const linkState = (
  link: Pick<UploadLink, 'revokedAt' | 'expiresAt' | 'codeTries'>,
  agreement: SharingAgreement | undefined,
  { now, today }: { readonly now: string; readonly today: string },
): LinkState => {
  if (link.revokedAt !== undefined) return 'revoked';
  if (agreement === undefined || agreementState(agreement, today) !== 'in-force') return 'agreement-ended';
  if (link.expiresAt <= now) return 'expired';
  return link.codeTries >= mostWrongCodes ? 'locked' : 'open';
};

/** How many more files may come, given how many of those granted still stand; undefined: any number. */
export const uploadsLeft = (link: UploadLink, standing: number): number | undefined =>
  link.maxUploads === undefined ? undefined : Math.max(0, link.maxUploads - standing);

/** The longest a link may stay open. A longer need is a new link, and with it a new look at the agreement. */
export const longestLinkDays = 90;
export const latestLinkExpiry = (now: string): string => addSeconds(now, longestLinkDays * 86_400);
