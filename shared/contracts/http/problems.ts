import * as z from 'zod';

/** One thing wrong with a request: where, what, and how to put it right. Never the value that was sent. */
const fieldErrorSchema = z.object({
  /** JSON pointer into the request: `/body/birthDate`, `/query/limit`, `/header/if-match`. */
  pointer: z.string().optional(),
  /** The feed's column, where the fault is in a row. */
  column: z.string().optional(),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** The words for a value that is not of a closed list; of one, too, that only the store knows. */
export const notAnOption = (options: readonly string[]): FieldError => ({
  code: 'not-an-option',
  message: 'It is not one of the values allowed.',
  fix: `Use one of: ${options.join(', ')}.`,
});

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** For the person who gets it: what to do. */
  readonly detail: string;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter?: number;
}

/** Every problem the API answers with (RFC 9457). The codes are stable; the words may improve. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid', detail: 'Correct what `errors` lists and send it again.' },
  'malformed-body': {
    status: 400,
    title: 'The body is not JSON we can read',
    detail: 'Send one JSON object in UTF-8, nested 16 levels at most.',
  },
  'invalid-cursor': { status: 400, title: 'The cursor is not valid', detail: 'Start again from the first page, without a cursor.' },
  unauthenticated: { status: 401, title: 'You are not signed in', detail: 'Sign in again and send the access token as a bearer token.' },
  'session-ended': {
    status: 401,
    title: 'You need to open the link again',
    detail: 'Open the link and type its code: some time has passed, or the council has given another code.',
  },
  forbidden: { status: 403, title: 'Your role does not allow this', detail: 'Ask your administrator if you need it for your work.' },
  'second-person-needed': {
    status: 403,
    title: 'Somebody else has to approve this',
    detail: 'Ask a colleague to look at it and approve or reject it: two people decide where a mistake could do harm.',
  },
  'not-found': { status: 404, title: 'There is nothing here', detail: 'Check the address against the API documentation.' },
  'link-not-found': {
    status: 404,
    title: 'This link and code do not open anything',
    detail: 'Check the whole link and the code. After five wrong codes a link locks: then ask the council for a new code.',
  },
  'upload-not-found': {
    status: 404,
    title: 'There is no such upload',
    detail: 'Check the upload id: it is the one that was given when the file was announced.',
  },
  'family-not-found': { status: 404, title: 'There is no such family', detail: 'Check the family id; `GET /v1/families` lists them.' },
  'person-not-found': { status: 404, title: 'There is no such person', detail: 'Check the person id; a search or a family has it.' },
  'review-not-found': { status: 404, title: 'There is no such review', detail: 'Check the review id; `GET /v1/reviews` lists them.' },
  'judgement-not-found': {
    status: 404,
    title: 'There is no such judgement',
    detail: 'Check the judgement id; the review and the person’s history name it.',
  },
  'determination-not-found': {
    status: 404,
    title: 'There is no such determination',
    detail: 'Check the version; `GET /v1/families/{familyId}/determinations` lists them, and says which have a sealed record.',
  },
  'rule-set-not-found': {
    status: 404,
    title: 'There is no such version of a rule set',
    detail: 'Check id and version; `GET /v1/rule-sets` lists them.',
  },
  'what-if-not-found': {
    status: 404,
    title: 'There is no such what-if',
    detail: 'Check the id, or ask again: results are kept for 90 days.',
  },
  'claim-not-found': { status: 404, title: 'There is no such claim', detail: 'Check the claim id; `GET /v1/claims` lists them.' },
  'sample-not-found': { status: 404, title: 'There is no such sample', detail: 'Check the sample id; `GET /v1/claim-samples` lists them.' },
  'method-not-allowed': { status: 405, title: 'That is not done here', detail: 'Use one of the methods in the `Allow` header.' },
  'determination-changed': {
    status: 409,
    title: 'The family is determined to be something else by now',
    detail: 'Read the case and the eligibility again, and decide on the determination that holds.',
  },
  'claimed-already': {
    status: 409,
    title: 'This family has been claimed for under these rules',
    detail:
      'There is one claim for a family under one rule set, whatever it was merged with or split from, and one for two families between which a child has moved, while the child is there. `GET /v1/claims` lists them; withdraw the other one first where this one is right.',
  },
  'claim-not-ready': {
    status: 409,
    title: 'The claim does not pass every check',
    detail: 'Put right what `errors` lists, or return the claim with your reason.',
  },
  'state-conflict': { status: 409, title: 'It is no longer in a state that allows this', detail: 'Read it again to see how it stands.' },
  'rule-set-exists': {
    status: 409,
    title: 'There is a version of that name already',
    detail: 'Give the draft another version. A version is never written over: drop the draft, and propose the next one.',
  },
  'rules-overlap': {
    status: 409,
    title: 'Two rule sets would be in force on one day',
    detail: 'A later version has been approved already. Let this one end on the day that one begins, or take that one back first.',
  },
  'rules-in-the-past': {
    status: 409,
    title: 'Rules take effect today or later',
    detail: 'Families have been held against the rules of the days gone by. Propose it again with a first day to come.',
  },
  'days-without-rules': {
    status: 409,
    title: 'There would be days without rules',
    detail: 'Rules in force end when others follow. Leave the end open, or approve first what comes after.',
  },
  'nothing-to-sign-off': {
    status: 409,
    title: 'This rule needs no sign-off',
    detail: '`openSignOffs` of the version lists those that do.',
  },
  'file-already-received': {
    status: 409,
    title: 'We already have this file',
    detail: 'Nothing more to do: the same file was received before.',
  },
  'receipt-not-ready': {
    status: 409,
    title: 'The receipt is not signed yet',
    detail: 'It is signed once the file has come and was checked for viruses. Try again in a minute; the file itself does not wait for it.',
  },
  'link-expired': { status: 410, title: 'This link has expired', detail: 'Ask the council for a new link.' },
  'link-revoked': { status: 410, title: 'This link was withdrawn', detail: 'Ask the council for a new link.' },
  'agreement-ended': {
    status: 410,
    title: 'The data-sharing agreement behind this link is not in force',
    detail: 'Nothing can be sent under it. Ask the council whether there is a new agreement, and for a new link.',
  },
  'link-used-up': { status: 410, title: 'This link has been used', detail: 'Ask the council for a new link to send another file.' },
  'version-mismatch': {
    status: 412,
    title: 'Someone changed it after you read it',
    detail: 'Read it again, check your change still makes sense, and send it with the new ETag.',
  },
  'body-too-large': {
    status: 413,
    title: 'The request is too large',
    detail: 'Send at most 64 KB in the body, and 10 KB of address and headers. Files go through an upload link.',
  },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON', detail: 'Send it with `Content-Type: application/json`.' },
  'invalid-row': {
    status: 422,
    title: 'The row does not meet the feed’s contract',
    detail: 'Correct the columns that `errors` lists and send it again.',
  },
  'invalid-rule-set': {
    status: 422,
    title: 'These rules cannot be held against families',
    detail: 'Correct what `errors` lists and propose it again.',
  },
  'file-not-acceptable': {
    status: 422,
    title: 'We cannot take this file',
    detail: 'Correct what `errors` lists and choose the file again.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    detail: 'Send a new request with a new key; repeat a request unchanged.',
  },
  'precondition-required': { status: 428, title: 'An If-Match header is needed', detail: 'Read it first and send its ETag in `If-Match`.' },
  'too-many-requests': { status: 429, title: 'Too many requests', detail: 'Wait a moment and try again.', retryAfter: 10 },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'Try again. If it happens again, tell us the correlation id.',
  },
  'audit-unavailable': {
    status: 503,
    title: 'We cannot record access at the moment',
    detail: 'Nothing is shown without a record. Try again in a minute.',
    retryAfter: 30,
  },
  'try-again': { status: 503, title: 'The service is busy', detail: 'Try again in a few seconds.', retryAfter: 5 },
} as const satisfies Record<string, ProblemKind>;
export type ProblemCode = keyof typeof problems;

const problemCodeSchema = z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]);

/** The body of every answer that is not a success, as `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: problemCodeSchema,
  /** Quote it when asking for help. */
  correlationId: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** A name for the kind of problem, not an address. */
export const problemType = (code: ProblemCode): string => `urn:stronger-families:problem:${code}`;
