import * as z from 'zod';
import { partnersPath } from './portal-routes.ts';
import { defineRoute, type Route } from './route.ts';

/** Where the API has them; their public address is the upload page's own, under `/form`. */
export const formsPath = `${partnersPath}/form`;

/** What a browser without scripts is answered with. */
export const pageAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    html: z.string(),
    /** Where a form of this page goes to, where that is not this site. */
    sendsTo: z.string().optional(),
  }),
  z.object({
    kind: z.literal('see-other'),
    to: z.string().regex(/^\/form(\/|$)/),
    /** What opening gave, to be kept by the browser until then; empty: to be forgotten. */
    session: z.object({ value: z.string(), until: z.iso.datetime() }).optional(),
  }),
  z.object({
    kind: z.literal('download'),
    name: z.string().regex(/^[\w.-]+$/),
    mediaType: z.enum(['text/csv', 'text/plain']),
    text: z.string(),
  }),
]);
export type PageAnswer = z.infer<typeof pageAnswerSchema>;

/** Out of the browser's cookie. Any text is taken: what is no session is answered like one that is over. */
const session = z.string().max(300);
/** Shows that the form was made here, for this session. */
const seal = z.string().max(200);
const uploadPath = z.object({ uploadId: z.ulid() });
const reading = z.strictObject({ session });
const writing = z.strictObject({ session, seal });
const answer = { status: 200, body: pageAnswerSchema } as const;
const ofLink = { function: 'forms-api', access: { kind: 'link' }, response: answer } as const;
const closedProblems = ['link-expired', 'link-revoked', 'agreement-ended'] as const;
const sessionProblems = ['session-ended', ...closedProblems] as const;

/**
 * The upload page as plain forms (docs/adr/0045). Under `/form` on the page's own origin, and no part of the API: a page is
 * for people, and what it says may change.
 */
export const formRoutes = [
  defineRoute({
    ...ofLink,
    operationId: 'showForm',
    method: 'GET',
    path: formsPath,
    summary: 'Where a link is opened',
    request: {},
    problems: [],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'openForm',
    method: 'POST',
    path: `${formsPath}/open`,
    summary: 'Open a link by its typed code, or the link itself, and its code',
    request: { body: z.strictObject({ session, link: z.string().max(400), code: z.string().max(40) }) },
    problems: ['link-not-found', 'forbidden', ...closedProblems],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'closeForm',
    method: 'POST',
    path: `${formsPath}/close`,
    summary: 'Have the browser forget the link',
    request: { body: writing },
    problems: ['forbidden'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'showFormLink',
    method: 'GET',
    path: `${formsPath}/link`,
    summary: 'Who asks for what, and what has been sent',
    request: { body: reading },
    problems: sessionProblems,
  }),
  defineRoute({
    ...ofLink,
    operationId: 'readFormGuide',
    method: 'GET',
    path: `${formsPath}/guide/{what}`,
    summary: 'A file to fill in, or one that is filled in',
    request: { path: z.object({ what: z.enum(['template', 'example']) }), body: reading },
    problems: sessionProblems,
  }),
  defineRoute({
    ...ofLink,
    operationId: 'startForm',
    method: 'POST',
    path: `${formsPath}/files`,
    summary: 'Ask for a place for one file',
    request: { body: writing.extend({ replaces: z.ulid().optional() }) },
    problems: [...sessionProblems, 'forbidden', 'upload-not-found', 'link-used-up', 'try-again'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'showFormFile',
    method: 'GET',
    path: `${formsPath}/files/{uploadId}`,
    summary: 'The form that sends the file; once it has come, what became of it',
    request: { path: uploadPath, query: z.object({ cursor: z.string().max(2000).optional() }), body: reading },
    problems: [...sessionProblems, 'upload-not-found'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'showFormSent',
    method: 'GET',
    path: `${formsPath}/files/{uploadId}/sent`,
    summary: 'Where the file store sends the browser',
    // What the store adds to the address; nothing of it is needed.
    request: { path: uploadPath, query: z.object({ bucket: z.string(), key: z.string(), etag: z.string() }).partial() },
    problems: [],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'readFormReceipt',
    method: 'GET',
    path: `${formsPath}/files/{uploadId}/receipt`,
    summary: 'The signed receipt, to keep',
    request: { path: uploadPath, body: reading },
    problems: [...sessionProblems, 'upload-not-found', 'receipt-not-ready'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'askFormWithdrawal',
    method: 'GET',
    path: `${formsPath}/files/{uploadId}/withdrawal`,
    summary: 'Is the file to be taken back?',
    request: { path: uploadPath, body: reading },
    problems: [...sessionProblems, 'upload-not-found'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'withdrawFormUpload',
    method: 'POST',
    path: `${formsPath}/files/{uploadId}/withdrawal`,
    summary: 'Take the file back: everything that it did is undone',
    request: { path: uploadPath, body: writing },
    problems: [...sessionProblems, 'forbidden', 'upload-not-found', 'state-conflict'],
  }),
  defineRoute({
    ...ofLink,
    operationId: 'askFormNilReturn',
    method: 'GET',
    path: `${formsPath}/nothing`,
    summary: 'Is there nothing to report?',
    request: { body: reading },
    problems: sessionProblems,
  }),
  defineRoute({
    ...ofLink,
    operationId: 'createFormNilReturn',
    method: 'POST',
    path: `${formsPath}/nothing`,
    summary: 'Say that there is nothing to report for the link’s period',
    request: { body: writing },
    problems: [...sessionProblems, 'forbidden', 'file-not-acceptable', 'try-again'],
  }),
] as const satisfies readonly Route[];
