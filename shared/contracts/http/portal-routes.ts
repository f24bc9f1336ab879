import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { signedReceiptSchema } from '../../domain/uploads/receipt.ts';
import { queryNoteSchema, queryNotesSchema } from '../../domain/uploads/query-note.ts';
import { announcedSchema, fileRefusalSchema, uploadCountsSchema, uploadStateSchema } from '../../domain/uploads/upload.ts';
import { frequencySchema } from '../../domain/uploads/sharing-agreement.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { duePeriodSchema } from './due-routes.ts';
import { pageOf, pageSizeSchema } from './paging.ts';
import { defineRoute } from './route.ts';
import { columnNoticeSchemas, rowErrorsSchema, scanNoticeSchema } from './upload-routes.ts';

/**
 * What stands behind the `#` of a link's URL. Always in a body, never in a path or a query. Any text is taken here, so
 * that a wrong token and a mistyped one are answered alike (`link-not-found`).
 */
const tokenSchema = z.string().min(1).max(200);

/** Spoken or written by the council: eight digits. Spaces and hyphens between them do not count. */
const codeSchema = z
  .string()
  .max(40)
  .meta({ examples: ['4821 9034'] });

/** What opening the link gave, for everything after it. Any text is taken here: what is no session is answered like one that is over. */
const sessionSchema = z.string().min(1).max(300).meta({ description: 'What `openLink` gave' });

/** One of the link's uploads as its sender sees it. */
const portalUploadSchema = z.object({
  uploadId: z.ulid(),
  reference: z.string().meta({ examples: ['SF-7Q4M-2XPT'] }),
  /**
   * granted: asked for, not yet checked for malware; clean, ready: checked, waiting; held: looks wrong as a whole, waits for a
   * person; ingesting: rows are being read.
   */
  state: uploadStateSchema,
  size: z.int().optional().meta({ description: 'Bytes. Absent until a file that was sent by a form without scripts has come' }),
  nil: z.literal(true).optional().meta({ description: 'Nothing to report: a file without rows' }),
  replaces: z.ulid().optional(),
  counts: uploadCountsSchema,
  ...columnNoticeSchemas,
  waiting: scanNoticeSchema.optional(),
  refusal: fileRefusalSchema.optional(),
  waitsBecause: z.array(z.string()).optional().meta({ description: 'Of a file that is held: what its sender should look at' }),
  assessedAt: z.iso.datetime().optional().meta({
    description: 'Of a completed file: when what follows from its rows had been worked out. Absent until then',
  }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PortalUpload = z.infer<typeof portalUploadSchema>;

/**
 * A wrong link, a wrong code and a link that five wrong codes have locked are all answered alike, `link-not-found`: the
 * answer tells nobody which it was.
 */
const openLinkRequestSchema = z.strictObject({ token: tokenSchema, code: codeSchema });

/**
 * Answer of `openLink`: who asks for what, why, until when, and what has come already (newest first, the first page).
 * Every other request carries `session`; it is good until `sessionExpiresAt`, or until the council closes the link or gives
 * it another code.
 */
export const openedLinkSchema = z.object({
  session: sessionSchema,
  sessionExpiresAt: z.iso.datetime(),
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
  agreement: z.object({
    reference: z.string(),
    purposes: z.array(z.string()).min(1),
    lawfulBasis: z.string(),
    cohort: z.string().meta({ description: 'Whom the rows may be about' }),
    frequency: frequencySchema,
    end: isoDateSchema.meta({ description: 'Last day on which the agreement is in force' }),
    columns: z.array(z.string()).meta({ description: "The feed's columns that may be sent; leave all others out before sending" }),
  }),
  expiresAt: z.iso.datetime(),
  largestFile: z.int().meta({ description: 'Bytes' }),
  uploadsLeft: z.int().nonnegative().optional().meta({ description: 'How many more files may come; absent: any number' }),
  due: z
    .array(duePeriodSchema)
    .meta({ description: 'What was expected of this feed under the agreement, and what came: the newest periods, oldest first' }),
  uploads: pageOf(portalUploadSchema),
});
export type OpenedLink = z.infer<typeof openedLinkSchema>;

/** Comma, semicolon or tab between the cells, in UTF-8, UTF-16 or Windows-1252; or an Excel workbook. */
const fileTypes = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

const grantRequestSchema = z.strictObject({
  session: sessionSchema,
  sha256: z
    .string()
    .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be a SHA-256 in base64')
    .meta({ description: "SHA-256 of the file's bytes, base64" }),
  size: z.int().nonnegative().meta({ description: "The file's length in bytes" }),
  contentType: z.enum(fileTypes).meta({ description: 'Is signed, and sent as `content-type`; what the file is, its bytes tell' }),
  announced: announcedSchema
    .optional()
    .meta({ description: 'What the page says about the file chosen, for the receipt; digests in base64' }),
  replaces: z.ulid().optional().meta({ description: 'An upload of this link that is taken back once this file has been taken in' }),
  notes: queryNotesSchema.optional().meta({
    description:
      'What the sender says of rows that are odd and right. `digest`: any 32 hexadecimal digits by which the sender knows the same row again',
  }),
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
  session: sessionSchema,
  limit: pageSizeSchema.optional(),
  cursor: z.string().max(2000).optional(),
  /** Also the refused rows of this upload, paged on their own. */
  rowErrorsOf: z.strictObject({ uploadId: z.ulid(), limit: pageSizeSchema.optional(), cursor: z.string().max(2000).optional() }).optional(),
  /** Also what was said of odd rows of the last files. */
  notes: z.literal(true).optional(),
});
export type PortalUploadsRequest = z.infer<typeof portalUploadsRequestSchema>;

export const portalUploadsSchema = pageOf(portalUploadSchema).extend({
  rowErrors: pageOf(rowErrorsSchema).extend({ uploadId: z.ulid() }).optional(),
  notes: z
    .array(queryNoteSchema)
    .optional()
    .meta({ description: 'Where asked for: notes on odd rows of the last files under the agreement, of each row and rule the newest' }),
});
export type PortalUploads = z.infer<typeof portalUploadsSchema>;

const closedProblems = ['link-expired', 'link-revoked', 'agreement-ended'] as const;
const sessionProblems = ['session-ended', ...closedProblems] as const;

/** All that a link opens is under it, and nothing of the staff's: the upload page's own origin passes on nothing else. */
export const partnersPath = '/v1/portal';

export const portalRoutes = [
  defineRoute({
    operationId: 'openLink',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/link`,
    access: { kind: 'link' },
    summary: 'Open an upload link with its code: who asks for what, why, until when, and what has been sent',
    request: { body: openLinkRequestSchema },
    response: { status: 200, body: openedLinkSchema },
    problems: ['link-not-found', ...closedProblems],
  }),
  defineRoute({
    operationId: 'createGrant',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/grants`,
    access: { kind: 'link' },
    summary: 'Ask for a place to send one file to, given its length and SHA-256',
    request: { body: grantRequestSchema },
    response: { status: 201, body: grantSchema },
    problems: [...sessionProblems, 'upload-not-found', 'link-used-up', 'file-already-received', 'file-not-acceptable', 'try-again'],
  }),
  defineRoute({
    operationId: 'readPortalUploads',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/uploads`,
    access: { kind: 'link' },
    summary: "The link's uploads: states, counts, refusals and, for one of them, the refused rows",
    request: { body: portalUploadsRequestSchema },
    response: { status: 200, body: portalUploadsSchema },
    problems: [...sessionProblems, 'upload-not-found'],
  }),
  defineRoute({
    operationId: 'withdrawPortalUpload',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/withdrawals`,
    access: { kind: 'link' },
    summary: 'Take back what was sent through the link: everything that the file did is undone',
    request: { body: z.strictObject({ session: sessionSchema, uploadId: z.ulid() }) },
    response: { status: 202, body: portalUploadSchema },
    problems: [...sessionProblems, 'upload-not-found', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'createNilReturn',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/nil-returns`,
    access: { kind: 'link' },
    summary: 'Say that there is nothing to report for the link’s period',
    request: { body: z.strictObject({ session: sessionSchema }) },
    response: { status: 201, body: portalUploadSchema },
    problems: [...sessionProblems, 'file-not-acceptable', 'try-again'],
  }),
  defineRoute({
    operationId: 'readPortalReceipt',
    function: 'portal-api',
    method: 'POST',
    path: `${partnersPath}/receipts`,
    access: { kind: 'link' },
    summary: 'The signed receipt of a file that came through the link',
    request: { body: z.strictObject({ session: sessionSchema, uploadId: z.ulid() }) },
    response: { status: 200, body: signedReceiptSchema },
    problems: [...sessionProblems, 'upload-not-found', 'receipt-not-ready'],
  }),
] as const;
