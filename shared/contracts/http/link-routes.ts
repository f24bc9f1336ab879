import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { agencySchema } from '../../domain/uploads/label.ts';
import { linkStateSchema } from '../../domain/uploads/upload-link.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

/**
 * Body of `createLink`. The agreement is in force and covers the feed; the period's end is not before its start, its days lie
 * within seven years back and two ahead; the link expires after now, within 90 days and not after the agreement.
 */
export const newLinkSchema = z.strictObject({
  agreementId: z.ulid().meta({ description: 'What allows the agency to send the feed: `GET /v1/agreements` lists them' }),
  feed: z.enum(feedIds),
  periodStart: isoDateSchema.meta({ description: 'First day that the files are about', examples: ['2026-09-01'] }),
  periodEnd: isoDateSchema.meta({ description: 'Last day that the files are about', examples: ['2026-12-18'] }),
  expiresAt: z.iso
    .datetime()
    .meta({ description: 'When the link stops working, at most 90 days ahead', examples: ['2026-12-31T17:00:00Z'] }),
  maxUploads: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: 'How many files may come, those refused or never sent not counted; left out: any number' }),
});
export type NewLink = z.infer<typeof newLinkSchema>;

/** A link as staff see it. `state` is as of the answer. */
export const linkViewSchema = z.object({
  linkId: z.ulid(),
  /** locked: five wrong codes; `newLinkCode` opens it again. */
  state: linkStateSchema,
  agency: agencySchema,
  agreement: z.string().meta({ description: "The agreement's reference", examples: ['DSA-2026-014'] }),
  ...newLinkSchema.shape,
  feedVersion: z.int(),
  uploads: z.int().nonnegative().meta({ description: 'Files granted so far, whatever became of them' }),
  codeNumber: z.int().positive().meta({ description: 'Which code opens it: 1 is the first' }),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  revokedAt: z.iso.datetime().optional(),
  version: z.int().positive(),
});
export type LinkView = z.infer<typeof linkViewSchema>;

/** Eight digits: `4821 9034`. */
const codeSchema = z.string().meta({
  description: 'Opens the link, together with its URL. Tell it by another channel than the URL. Shown once and never again',
  examples: ['4821 9034'],
});

/**
 * The answer of `createLink`. `url`, `typedCode` and `code` are there once only: none is kept, so the same Idempotency-Key later gives
 * the same link with `urlGiven: 'before'` and without them. Whoever lost the URL revokes the link and creates another;
 * whoever lost the code asks for a new one.
 */
export const createdLinkSchema = linkViewSchema.extend({
  url: z.url().optional().meta({ description: 'To be sent to the agency. Holds the secret token; shown once and never again' }),
  code: codeSchema.optional(),
  formUrl: z.url().optional().meta({
    description:
      'For somebody whose browser runs no scripts, or who has the link on paper: the page to open, and to type `typedCode` and `code` into',
  }),
  typedCode: z
    .string()
    .optional()
    .meta({
      description: 'Stands for the URL where it has to be typed: as secret as the URL. Shown once and never again',
      examples: ['7Q4M-2XPT-K9RD-W4HN-BC8V'],
    }),
  urlGiven: z.enum(['now', 'before']),
});
export type CreatedLink = z.infer<typeof createdLinkSchema>;

export const linkRoutes = [
  defineRoute({
    operationId: 'createLink',
    function: 'links-api',
    method: 'POST',
    path: '/v1/links',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Create an upload link for a feed of an agreement',
    request: { body: newLinkSchema, idempotencyKey: 'required' },
    response: { status: 201, body: createdLinkSchema },
    problems: ['idempotency-key-reused'],
  }),
  defineRoute({
    operationId: 'listLinks',
    function: 'links-api',
    method: 'GET',
    path: '/v1/links',
    access: { kind: 'staff', roles: ['data-officer', 'auditor'] },
    summary: 'List upload links, newest first',
    request: { query: pageQuerySchema },
    response: { status: 200, body: pageOf(linkViewSchema) },
    problems: [],
  }),
  defineRoute({
    operationId: 'readLink',
    function: 'links-api',
    method: 'GET',
    path: '/v1/links/{linkId}',
    access: { kind: 'staff', roles: ['data-officer', 'auditor'] },
    summary: 'Read an upload link',
    request: { path: z.object({ linkId: z.ulid() }) },
    response: { status: 200, body: linkViewSchema },
    problems: ['not-found'],
  }),
  defineRoute({
    operationId: 'revokeLink',
    function: 'links-api',
    method: 'POST',
    path: '/v1/links/{linkId}/revoke',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Revoke an upload link: nothing more comes through it, and files not yet being processed are refused',
    request: { path: z.object({ linkId: z.ulid() }), ifMatch: 'required' },
    response: { status: 200, body: linkViewSchema },
    problems: ['not-found', 'version-mismatch'],
  }),
  defineRoute({
    operationId: 'newLinkCode',
    function: 'links-api',
    method: 'POST',
    path: '/v1/links/{linkId}/code',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Give an upload link a new code: the one before and everything opened with it end, and a locked link opens again',
    request: { path: z.object({ linkId: z.ulid() }), ifMatch: 'required' },
    response: { status: 200, body: linkViewSchema.extend({ code: codeSchema }) },
    problems: ['not-found', 'version-mismatch', 'state-conflict'],
  }),
] as const;
