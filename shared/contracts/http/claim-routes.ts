import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { fewerThanSmallest, type CountName } from '../../domain/cases/programme-counts.ts';
import { claimSampleSchema } from '../../domain/claims/claim-sample.ts';
import { claimKindSchema, claimSchema, claimStateSchema } from '../../domain/claims/claim.ts';
import { citationSchema } from '../../domain/eligibility/citation.ts';
import { checkViewSchema } from './case-routes.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const reasonSchema = wordsOf({ least: 5, most: 2000 }).meta({
  description: 'Why, in your own words. Kept with the claim.',
  examples: ['Assessment, plan and school figures seen; all in order.'],
});

const claimSummarySchema = claimSchema
  .pick({ claimId: true, version: true, state: true, familyId: true, kind: true, ruleSet: true, since: true })
  .extend({ claimant: z.string().meta({ description: 'Who proposed it; somebody else audits it' }) });
export type ClaimSummaryView = z.infer<typeof claimSummarySchema>;

export const claimViewSchema = claimSummarySchema.extend({
  joinedOn: isoDateSchema.meta({ description: 'The day the family was accepted; the rules of that day hold' }),
  standing: z.enum(['valid', 'ready-for-audit', 'open', 'not-valid']).optional(),
  says: z.string(),
  checks: z
    .array(checkViewSchema)
    .meta({ description: 'As at today; from the approval on as they were then. Empty where the family is no family any more' }),
  familyChanged: z
    .boolean()
    .meta({ description: 'The family has been merged, split or put back since: the claim has to be looked at again' }),
  regressions: z
    .array(z.object({ criterionId: z.string(), events: z.array(z.string()) }))
    .meta({ description: 'Needs that have shown again since it was submitted' }),
  history: claimSchema.shape.history,
  packSha256: claimSchema.shape.packSha256.meta({
    description: 'What `npm run verify-claim -- FILE` must say of the pack',
  }),
});
export type ClaimView = z.infer<typeof claimViewSchema>;

const newClaimSchema = z.strictObject({ familyId: z.ulid(), kind: claimKindSchema });

const newSampleSchema = z.strictObject({
  from: isoDateSchema.meta({ description: 'Of the claims submitted from this day on' }),
  to: isoDateSchema.meta({ description: 'and before this one' }),
  ruleSetId: z.string().min(1).max(80).optional().meta({ description: 'Only claims under these rules' }),
  percent: z.int().min(1).max(100).optional().meta({ description: 'How many of a hundred, rounded up; 10 where it is left out' }),
  seed: z.int().min(0).max(4_294_967_295).optional().meta({ description: 'Leave it out for a random one; it is recorded with the sample' }),
});
export type NewSample = z.infer<typeof newSampleSchema>;

const sampleViewSchema = claimSampleSchema.omit({ expiresOn: true });
const sampleSummarySchema = sampleViewSchema.omit({ population: true, claimIds: true });

const anything = z.looseObject({});
/** `claim-pack/1`, to be verified by `npm run verify-claim` (docs/claims.md); its parts are data of the rules, not of this API. */
const packBodySchema = z.object({
  format: z.literal('claim-pack/1'),
  claimId: z.string(),
  claim: anything.meta({ description: 'Everything the claim was judged by: family, rows, coverage, rules, work' }),
  decision: anything.meta({ description: 'The sixteen checks as they came out' }),
  entry: anything.meta({ description: 'The determination that the family was accepted on, sealed: `npm run replay` makes it again' }),
  hashes: z
    .object({ claim: z.string(), decision: z.string(), entry: z.string() })
    .meta({ description: 'SHA-256 of the canonical JSON of each part' }),
});

const countSchema = z.union([z.int().nonnegative(), z.literal(fewerThanSmallest)]);
const programmeCountsSchema = z.object({
  asAt: isoDateSchema,
  exact: z.boolean().meta({ description: 'False where small numbers are left out and others rounded to the nearest 5' }),
  counts: z.object({
    eligible: countSchema.meta({ description: 'Determined to be eligible, decided about or not' }),
    awaiting: countSchema.meta({ description: 'Waiting for a decision' }),
    accepted: countSchema.meta({ description: 'Open or closed' }),
    declined: countSchema,
    allocated: countSchema.meta({ description: 'Open, with a lead practitioner' }),
    open: countSchema,
    closed: countSchema,
    claimed: countSchema.meta({ description: 'Families with a claim submitted' }),
  } satisfies Record<CountName, typeof countSchema>),
  targets: z.array(
    z.object({
      ruleSetId: z.string(),
      counts: z.enum(['turned-around', 'worked-with']),
      families: z.int().positive(),
      reached: countSchema,
      citation: citationSchema,
    }),
  ),
});
export type ProgrammeCountsView = z.infer<typeof programmeCountsSchema>;

const proposes = { kind: 'staff', roles: ['programme-officer'] } as const;
const audits = { kind: 'staff', roles: ['auditor'] } as const;
const reads = { kind: 'staff', roles: ['programme-officer', 'auditor'] } as const;
const claimPath = z.object({ claimId: z.ulid() });
const samplePath = z.object({ sampleId: z.ulid() });
const changes = ['claim-not-found', 'version-mismatch', 'state-conflict'] as const;

export const claimRoutes = [
  defineRoute({
    operationId: 'proposeClaim',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/claims',
    access: proposes,
    summary: 'Propose a claim for an accepted family, under the rules of the day it joined',
    request: { body: newClaimSchema, idempotencyKey: 'required', purpose: 'required' },
    response: { status: 201, body: claimViewSchema },
    problems: ['family-not-found', 'state-conflict', 'claimed-already', 'idempotency-key-reused'],
  }),
  defineRoute({
    operationId: 'listClaims',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/claims',
    access: reads,
    summary: 'List claims in a state, those first that have been in it longest',
    request: { query: pageQuerySchema.extend({ state: claimStateSchema.default('proposed') }) },
    response: { status: 200, body: pageOf(claimSummarySchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'readClaim',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/claims/{claimId}',
    access: reads,
    summary: 'Read a claim: the sixteen checks with their evidence, and what has happened to it',
    request: { path: claimPath, purpose: 'required' },
    response: { status: 200, body: claimViewSchema },
    problems: ['claim-not-found'],
  }),
  defineRoute({
    operationId: 'auditClaim',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/claims/{claimId}/audits',
    access: audits,
    summary: 'Approve a claim that passes every check, or return it with a reason; never one’s own',
    request: {
      path: claimPath,
      body: z.strictObject({ answer: z.enum(['approve', 'return']), reason: reasonSchema }),
      ifMatch: 'required',
      purpose: 'required',
    },
    response: { status: 200, body: claimViewSchema },
    problems: [...changes, 'second-person-needed', 'claim-not-ready'],
  }),
  defineRoute({
    operationId: 'submitClaim',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/claims/{claimId}/submissions',
    access: proposes,
    summary: 'Record that an approved claim has been handed in',
    request: { path: claimPath, ifMatch: 'required', purpose: 'required' },
    response: { status: 200, body: claimViewSchema },
    problems: [...changes, 'claim-not-ready'],
  }),
  defineRoute({
    operationId: 'withdrawClaim',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/claims/{claimId}/withdrawals',
    access: proposes,
    summary: 'Withdraw a claim with a reason; the family can be claimed for again',
    request: { path: claimPath, body: z.strictObject({ reason: reasonSchema }), ifMatch: 'required', purpose: 'required' },
    response: { status: 200, body: claimViewSchema },
    problems: [...changes],
  }),
  defineRoute({
    operationId: 'readClaimPack',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/claims/{claimId}/pack',
    access: reads,
    summary: 'Download the pack of an approved claim: everything it rests on, to be verified without this system',
    request: { path: claimPath, purpose: 'required' },
    response: { status: 200, body: packBodySchema },
    problems: ['claim-not-found', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'drawClaimSample',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/claim-samples',
    access: audits,
    summary: 'Draw a random sample of submitted claims for a spot check; seed and list are recorded',
    request: { body: newSampleSchema, idempotencyKey: 'required' },
    response: { status: 201, body: sampleViewSchema },
    problems: ['idempotency-key-reused', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'listClaimSamples',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/claim-samples',
    access: reads,
    summary: 'List the samples drawn, newest first',
    request: { query: pageQuerySchema },
    response: { status: 200, body: pageOf(sampleSummarySchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'readClaimSample',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/claim-samples/{sampleId}',
    access: reads,
    summary: 'Read a sample: what was drawn, out of what, with which seed',
    request: { path: samplePath },
    response: { status: 200, body: sampleViewSchema },
    problems: ['sample-not-found'],
  }),
  defineRoute({
    operationId: 'readProgrammeCounts',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/programme/counts',
    access: { kind: 'staff', roles: ['programme-officer', 'auditor', 'data-officer'] },
    summary: 'Count families by how far they have come, and against the council’s targets',
    request: {},
    response: { status: 200, body: programmeCountsSchema },
    problems: [],
  }),
] as const;
