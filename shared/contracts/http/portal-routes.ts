import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { fileRefusalSchema, uploadCountsSchema, uploadStateSchema } from '../../domain/uploads/upload.ts';
import { agreementSchema } from '../../domain/uploads/upload-link.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { pageOf, pageSizeSchema } from './paging.ts';
import { defineRoute } from './route.ts';
import { columnNoticeSchemas, rowErrorsSchema } from './upload-routes.ts';

/**
 * What stands behind the `#` of a link's URL. Always in a body, never in a path or a query. Any text is taken here, so
 * that a wrong token and a mistyped one are answered alike (`link-not-found`).
 */
const tokenSchema = z.string().min(1).max(200);

/** One of the link's uploads as its sender sees it. */
const portalUploadSchema = z.object({
  uploadId: z.ulid(),
  reference: z.string().meta({ examples: ['SF-7Q4M-2XPT'] }),
  /** granted: asked for, not yet checked for malware; clean: checked, waiting; ingesting: rows are being read. */
  state: uploadStateSchema,
  size: z.int(),
  counts: uploadCountsSchema,
  ...columnNoticeSchemas,
  refusal: fileRefusalSchema.optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PortalUpload = z.infer<typeof portalUploadSchema>;

/** Answer of `openLink`: who asks for what, why, until when, and what has come already (newest first, the first page). */
export const openedLinkSchema = z.object({
  council: z.string(),
  agency: z.string().meta({ description: 'The name to show' }),
  contactRole: z.string(),
  feed: z.object({
    id: z.enum(feedIds),
    version: z.int(),
    title: z.string(),
    rowMeaning: z.string(),
    kind: z.enum(['snapshot', 'increment']),
  }),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  agreement: agreementSchema,
  expiresAt: z.iso.datetime(),
  largestFile: z.int().meta({ description: 'Bytes' }),
  uploadsLeft: z.int().nonnegative().optional().meta({ description: 'How many more files may come; absent: any number' }),
  uploads: pageOf(portalUploadSchema),
});
export type OpenedLink = z.infer<typeof openedLinkSchema>;

const grantRequestSchema = z.strictObject({
  token: tokenSchema,
  sha256: z
    .string()
    .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be a SHA-256 in base64')
    .meta({ description: "SHA-256 of the file's bytes, base64" }),
  size: z.int().nonnegative().meta({ description: "The file's length in bytes" }),
  contentType: z.literal('text/csv'),
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;

/**
 * Where to send the bytes: one `PUT` of exactly them to `url` with exactly these headers, before `expiresAt`. Asking again
 * for the same bytes gives a fresh URL for the same upload. A store that answers 412 has the file already: that is a success.
 */
export const grantSchema = z.object({
  uploadId: z.ulid(),
  reference: z.string(),
  url: z.url(),
  method: z.literal('PUT'),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
});
export type Grant = z.infer<typeof grantSchema>;

const portalUploadsRequestSchema = z.strictObject({
  token: tokenSchema,
  limit: pageSizeSchema.optional(),
  cursor: z.string().max(2000).optional(),
  /** Also the refused rows of this upload, paged on their own. */
  rowErrorsOf: z.strictObject({ uploadId: z.ulid(), limit: pageSizeSchema.optional(), cursor: z.string().max(2000).optional() }).optional(),
});
export type PortalUploadsRequest = z.infer<typeof portalUploadsRequestSchema>;

export const portalUploadsSchema = pageOf(portalUploadSchema).extend({
  rowErrors: pageOf(rowErrorsSchema).extend({ uploadId: z.ulid() }).optional(),
});
export type PortalUploads = z.infer<typeof portalUploadsSchema>;

/**
 * What the next version of the page's routes takes and answers, agreed before it is served: `openLink` will take the code
 * as well and give a session, which every other request carries instead of the token.
 */
export const sessionSchema = z.string().min(1).max(300).meta({ description: 'What `openLink` gave; good for some hours' });

/** Spoken or written by the council: eight digits. Spaces and hyphens between them do not count. */
export const codeSchema = z
  .string()
  .max(40)
  .meta({ examples: ['4821 9034'] });

export const openLinkRequestSchema = z.strictObject({ token: tokenSchema, code: codeSchema });

/** Besides what `openedLinkSchema` has. */
export const linkSessionSchema = z.object({
  session: sessionSchema,
  sessionExpiresAt: z.iso.datetime(),
  /** What the agreement covers, as the page's opening answer says it. */
  agreement: z.object({
    reference: z.string(),
    purposes: z.array(z.string()).min(1),
    lawfulBasis: z.string(),
    cohort: z.string().meta({ description: 'Whom the rows are about' }),
    frequency: z.enum(['once', 'weekly', 'monthly', 'half-termly', 'termly', 'quarterly', 'yearly', 'on-request']),
    end: isoDateSchema.meta({ description: 'Last day on which it is in force' }),
    /** The feed's columns that may be sent, by name; all others are left out before sending. */
    columns: z.array(z.string()),
  }),
});

/** With a grant, besides digest, length and type of what is sent: what it was made from, and what it stands for. */
export const grantDetailsSchema = z.object({
  /** The file that the person chose, before anything was left out of it. */
  chosen: z.strictObject({ sha256: z.string(), size: z.int().positive() }).optional(),
  /** Names of the columns that the page left out; they stand on the receipt and nowhere else. */
  droppedColumns: z.array(z.string().max(100)).max(200).optional(),
  /** The link's earlier upload that is withdrawn when this one has been taken in. */
  replaces: z.ulid().optional(),
});

/** `POST /v1/portal/withdrawals` (answer: the upload), `POST /v1/portal/nil-returns` (without `uploadId`), `POST /v1/portal/receipts`. */
export const aboutUploadRequestSchema = z.strictObject({ session: sessionSchema, uploadId: z.ulid() });

/** How far an upload is, for the line `sent → scanned → checked → matched → decided`. */
export const uploadStepSchema = z.enum(['sent', 'scanned', 'checked', 'matched', 'decided']);

/** Signed over the bytes of `receipt` as they stand there (UTF-8), ECDSA P-256 with SHA-256, DER in base64. */
export const signedReceiptSchema = z.object({
  receipt: z
    .string()
    .meta({ description: 'JSON text: reference, agreement, digests and lengths of both files, rows, times, dropped columns' }),
  signature: z.string(),
  keyId: z.string().meta({ description: 'Which of the published keys' }),
  algorithm: z.literal('ECDSA_SHA_256'),
});

const linkProblems = ['link-not-found', 'link-expired', 'link-revoked'] as const;

export const portalRoutes = [
  defineRoute({
    operationId: 'openLink',
    function: 'portal-api',
    method: 'POST',
    path: '/v1/portal/link',
    access: { kind: 'link' },
    summary: 'Open an upload link: who asks for what, why, until when, and what has been sent',
    request: { body: z.strictObject({ token: tokenSchema }) },
    response: { status: 200, body: openedLinkSchema },
    problems: linkProblems,
  }),
  defineRoute({
    operationId: 'createGrant',
    function: 'portal-api',
    method: 'POST',
    path: '/v1/portal/grants',
    access: { kind: 'link' },
    summary: 'Ask for a place to send one file to, given its length and SHA-256',
    request: { body: grantRequestSchema },
    response: { status: 201, body: grantSchema },
    problems: [...linkProblems, 'link-used-up', 'file-already-received', 'file-not-acceptable', 'try-again'],
  }),
  defineRoute({
    operationId: 'readPortalUploads',
    function: 'portal-api',
    method: 'POST',
    path: '/v1/portal/uploads',
    access: { kind: 'link' },
    summary: "The link's uploads: states, counts, refusals and, for one of them, the refused rows",
    request: { body: portalUploadsRequestSchema },
    response: { status: 200, body: portalUploadsSchema },
    problems: [...linkProblems, 'upload-not-found'],
  }),
] as const;
