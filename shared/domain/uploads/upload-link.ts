import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { addSeconds } from '../calendar/instant.ts';

/** An organisation that sends files: a short name that may stand in keys, logs and lists. */
export const agencySchema = z
  .string()
  .max(60)
  .refine((text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text), {
    error: 'must be small letters, digits and single hyphens',
    params: { code: 'agency-id', fix: 'Write it like northfield-academy.' },
  });

/** One line of text for people to read. No e-mail address: a link names a role, never a person. */
const labelSchema = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !/[@\p{Cc}\p{Cf}]/u.test(text), {
      error: 'must be one line of text without an e-mail address',
      params: { code: 'label', fix: 'Leave out e-mail addresses, line breaks and invisible characters.' },
    });

/** What allows the agency to share this feed. */
export const agreementSchema = z.object({
  /** The data-sharing agreement's own reference: `DSA-2026-014`. */
  reference: labelSchema(60),
  purpose: labelSchema(500),
  lawfulBasis: labelSchema(300),
});

export const linkLabels = { agencyName: labelSchema(120), contactRole: labelSchema(80) } as const;

/** An upload link as it is stored. Its token is not in it: only the token's keyed hash is kept, elsewhere. */
export const uploadLinkSchema = z.object({
  linkId: z.ulid(),
  agency: agencySchema,
  agencyName: linkLabels.agencyName,
  feed: z.enum(feedIds),
  feedVersion: z.int().positive(),
  agreement: agreementSchema,
  /** Whom to ask, by role: `Data manager`. */
  contactRole: linkLabels.contactRole,
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  expiresAt: z.iso.datetime(),
  /** How many files may come through the link, those refused or never sent not counted; absent: any number until it expires. */
  maxUploads: z.int().positive().optional(),
  /** Files granted so far, whatever became of them. */
  uploads: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  /** The issuer's subject of the member of staff. */
  createdBy: z.string(),
  revokedAt: z.iso.datetime().optional(),
  /** Rises with what staff edit, not with the uploads. */
  version: z.int().positive(),
  expiresOn: isoDateSchema,
});
export type UploadLink = z.infer<typeof uploadLinkSchema>;

export const linkStateSchema = z.enum(['open', 'expired', 'revoked']);
export type LinkState = z.infer<typeof linkStateSchema>;

export const linkState = (link: UploadLink, now: string): LinkState => {
  if (link.revokedAt !== undefined) return 'revoked';
  return link.expiresAt <= now ? 'expired' : 'open';
};

/** How many more files may come, given how many of those granted still stand; undefined: any number. */
export const uploadsLeft = (link: UploadLink, standing: number): number | undefined =>
  link.maxUploads === undefined ? undefined : Math.max(0, link.maxUploads - standing);

/** The longest a link may stay open. A longer need is a new link, and with it a new look at the agreement. */
export const longestLinkDays = 90;
export const latestLinkExpiry = (now: string): string => addSeconds(now, longestLinkDays * 86_400);
