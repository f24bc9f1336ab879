import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { uploadReaders } from '../../domain/access/access.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { fileRefusalSchema, uploadCountsSchema, uploadStateSchema, withdrawalSchema } from '../../domain/uploads/upload.ts';
import { weighingCodeSchema } from '../../domain/uploads/weighing/weighing-finding.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';
import { changeCountsSchema, shownCountSchema } from './what-if-routes.ts';

/**
 * What the file's first row says about its columns; absent until it has been read. A column that the feed has no place for
 * is given by its position only: what stands in a first row is the sender's own and is repeated to nobody.
 */
export const columnNoticeSchemas = {
  columnsMissing: z
    .array(z.string())
    .optional()
    .meta({ description: 'Optional columns that the file does not have: what earlier files said in them no longer holds' }),
  columnsIgnored: z
    .array(z.int().positive())
    .optional()
    .meta({
      description: 'Columns that were not used because the feed has no place for them or the agreement does not cover them, counted from 1',
      examples: [[7, 8]],
    }),
  columnsNotAgreed: z
    .array(z.string())
    .optional()
    .meta({ description: 'Columns of the feed that the agreement does not cover: they were left out before anybody read the file' }),
};

/** Why a file is still without a verdict of the virus check, though it was looked at. */
export const scanNoticeSchema = fileRefusalSchema.meta({
  description: 'The virus check said nothing about the file yet: why, and what its sender is told',
});

/** An upload as staff see it. */
export const uploadViewSchema = z.object({
  uploadId: z.ulid(),
  reference: z.string().meta({ examples: ['SF-7Q4M-2XPT'] }),
  source: z.enum(['link', 'referral']),
  linkId: z.ulid().optional(),
  agency: z.string(),
  feed: z.enum(feedIds),
  feedVersion: z.int(),
  agreement: z.string().meta({ description: "The data-sharing agreement's reference" }),
  agreementId: z.ulid().optional(),
  agreementVersion: z.int().optional().meta({ description: 'As the agreement read when the file was announced' }),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  size: z.int().optional().meta({ description: 'Bytes. Absent until a file that was sent by a form without scripts has come' }),
  sha256: z.string().optional().meta({ description: 'SHA-256 of the file, base64. Absent as `size` is' }),
  nil: z.literal(true).optional().meta({ description: 'The sender had nothing to report' }),
  replaces: z.ulid().optional().meta({ description: 'The upload that is taken back once this one is in' }),
  /** withdrawing: taken back, being undone; withdrawn: nothing of it counts. */
  state: uploadStateSchema,
  withdrawal: withdrawalSchema.optional(),
  counts: uploadCountsSchema.meta({ description: 'Rows so far; final once the state is completed' }),
  ...columnNoticeSchemas,
  waiting: scanNoticeSchema.optional(),
  refusal: fileRefusalSchema.optional().meta({ description: 'Why the whole file was refused' }),
  hold: z
    .object({
      since: z.iso.datetime(),
      findings: z.array(z.object({ code: weighingCodeSchema, message: z.string() })),
      decided: z.object({ at: z.iso.datetime(), what: z.enum(['released', 'sent-back']), reason: z.string() }).optional(),
    })
    .optional()
    .meta({ description: 'Why the file waits, or waited, for a person: it looks, or looked, wrong as a whole' }),
  action: z.string().optional().meta({ description: 'What staff do about what the virus check said' }),
  assessedAt: z.iso.datetime().optional().meta({
    description: 'Of a completed file: when what follows from its rows had been worked out. Absent until then',
  }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.int().meta({ description: 'Rises with every change; an edit sends it back in If-Match' }),
});
export type UploadView = z.infer<typeof uploadViewSchema>;

/** What is wrong with one row: never what stood in it. Row 1 is the first under the header. */
export const rowErrorsSchema = z.object({
  row: z.int().positive(),
  sourceRow: z
    .int()
    .positive()
    .optional()
    .meta({ description: 'Where the row stands in the spreadsheet that the file was made from, where the file has a column `source_row`' }),
  problems: z.array(z.object({ column: z.string().optional(), code: z.string(), message: z.string(), fix: z.string() })),
});
export type RowErrors = z.infer<typeof rowErrorsSchema>;

const smallCountSchema = z.union([z.int().nonnegative(), z.literal('withheld')]).meta({ description: 'withheld: 1 to 4' });

/**
 * What a file will change, or was to change when it was looked at: worked out by the plans that taking it in makes, on all of
 * its rows or on some drawn evenly. Numbers about people that are small enough to tell of one of them are withheld.
 */
const uploadEffectSchema = z.object({
  uploadId: z.ulid(),
  workedOutAt: z.iso.datetime(),
  fileRows: z
    .int()
    .nonnegative()
    .meta({ description: 'Rows in the file; told from its beginning where it is too long to be read at once' }),
  rows: z.int().nonnegative().meta({ description: 'Rows that the numbers below are about' }),
  isWhole: z.boolean().meta({ description: 'false: the numbers are of a sample, drawn evenly from the whole file' }),
  added: z.int().nonnegative().meta({ description: 'Records not held before' }),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  refused: z.int().nonnegative().meta({ description: 'Rows that contradict another row of the file' }),
  ended: z.int().nonnegative().optional().meta({ description: 'Of a feed that says how things stand: records that it no longer has' }),
  newPeople: smallCountSchema,
  possibleMatches: smallCountSchema.meta({ description: 'People whom somebody would be asked about: one person, or two?' }),
  changedFields: z.array(z.object({ field: z.string(), records: smallCountSchema })).meta({ description: 'Most often changed first' }),
  families: z
    .object({
      families: shownCountSchema.meta({ description: 'Families of the people whom the rows are about, each counted once' }),
      founded: smallCountSchema.meta({ description: 'Of these, families that were none before' }),
      eligible: changeCountsSchema.meta({ description: 'Then: with the file. A family that ends or joins another is not eligible then' }),
    })
    .optional()
    .meta({
      description: 'Of a file that waits for a person, some seconds after it began to wait. Records that a file ends are not in it',
    }),
});
export type UploadEffect = z.infer<typeof uploadEffectSchema>;

const readers = uploadReaders;
/** A lead practitioner, too, for what they have referred themselves. */
const readersOfOne = [...uploadReaders, 'lead-practitioner'] as const;
const uploadPath = z.object({ uploadId: z.ulid() });

/** With the first page, to those who may be shown the feed's rows: free text of the sender's. */
const notesViewSchema = z
  .array(z.object({ code: z.string(), column: z.string().optional(), note: z.string(), rows: z.array(z.int().positive()) }))
  .meta({ description: 'What the sender said about rows that are odd and right, by rule and row of the sheet; with the first page' });

export const uploadRoutes = [
  defineRoute({
    operationId: 'listUploads',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/uploads',
    access: { kind: 'staff', roles: readers },
    summary: 'List uploads, newest first',
    request: {
      query: pageQuerySchema.extend({
        linkId: z.ulid().optional().meta({ description: 'Only those that came through this link' }),
        state: z.literal('held').optional().meta({ description: 'Only those that wait for a person, longest first' }),
      }),
    },
    response: { status: 200, body: pageOf(uploadViewSchema) },
    problems: [],
  }),
  defineRoute({
    operationId: 'readUpload',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/uploads/{uploadId}',
    access: { kind: 'staff', roles: readersOfOne },
    summary: 'Read an upload: its state, its counts and, where it was refused, why. Lead practitioners: their own referrals',
    request: { path: uploadPath },
    response: { status: 200, body: uploadViewSchema },
    problems: ['upload-not-found'],
  }),
  defineRoute({
    operationId: 'listRowErrors',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/uploads/{uploadId}/row-errors',
    access: { kind: 'staff', roles: readersOfOne },
    summary:
      'List the refused rows of an upload, by row number, with what is wrong and how to put it right. Lead practitioners: their own referrals',
    request: { path: uploadPath, query: pageQuerySchema },
    response: { status: 200, body: pageOf(rowErrorsSchema).extend({ notes: notesViewSchema.optional() }) },
    problems: ['upload-not-found'],
  }),
  defineRoute({
    operationId: 'withdrawUpload',
    function: 'uploads-api',
    method: 'POST',
    path: '/v1/uploads/{uploadId}/withdraw',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Take an upload back: everything that it did is undone, records, people and families',
    request: { path: uploadPath, body: z.strictObject({ reason: wordsOf({ most: 500 }) }), ifMatch: 'required' },
    response: { status: 200, body: uploadViewSchema },
    problems: ['upload-not-found', 'state-conflict', 'version-mismatch'],
  }),
  defineRoute({
    operationId: 'releaseUpload',
    function: 'uploads-api',
    method: 'POST',
    path: '/v1/uploads/{uploadId}/release',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Let a file that is held be taken in: it is as it should be, and why',
    request: { path: uploadPath, body: z.strictObject({ reason: wordsOf({ most: 500 }) }) },
    response: { status: 200, body: uploadViewSchema },
    problems: ['upload-not-found', 'state-conflict', 'agreement-ended'],
  }),
  defineRoute({
    operationId: 'sendUploadBack',
    function: 'uploads-api',
    method: 'POST',
    path: '/v1/uploads/{uploadId}/send-back',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Send a file that is held back to its sender: nothing of it is used. The sender reads the reason',
    request: {
      path: uploadPath,
      body: z.strictObject({
        reason: wordsOf({ most: 500 }).meta({
          description: 'Shown to the sender. Name nobody',
          examples: ['It is the file of another school'],
        }),
      }),
    },
    response: { status: 200, body: uploadViewSchema },
    problems: ['upload-not-found', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'readUploadEffect',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/uploads/{uploadId}/effect',
    access: { kind: 'staff', roles: readers },
    summary: 'Read what a file will change, before it is taken in: counts only, and nothing is written. Not of referrals',
    request: { path: uploadPath },
    response: { status: 200, body: uploadEffectSchema },
    problems: ['upload-not-found'],
  }),
  defineRoute({
    operationId: 'rescanUpload',
    function: 'uploads-api',
    method: 'POST',
    path: '/v1/uploads/{uploadId}/rescan',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Have a file checked for viruses again that is without a verdict; the verdict comes by itself',
    request: { path: uploadPath },
    response: { status: 200, body: uploadViewSchema },
    problems: ['upload-not-found', 'state-conflict'],
  }),
] as const;
