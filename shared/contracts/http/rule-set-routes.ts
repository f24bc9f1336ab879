import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { localPlanSchema } from '../../domain/eligibility/local-plan.ts';
import { ruleSetSchema } from '../../domain/eligibility/rule-set.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

export const nameTextSchema = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);
const nameSchema = z.object({ id: nameTextSchema, version: nameTextSchema });
const versionPath = z.object({ ruleSetId: nameTextSchema, version: nameTextSchema });

const actSchema = z.object({ by: z.string(), at: z.iso.datetime() });

const versionShape = {
  name: nameSchema,
  title: z.string(),
  council: z.string().optional().meta({ description: 'Whose plan it is; absent of national rules' }),
  standing: z.enum(['draft', 'approved', 'in-force', 'retired', 'not-adopted']).meta({
    description:
      'Today. approved: begins on a day to come; not-adopted: national rules that this council does not follow, to lay a plan over',
  }),
  effectiveFrom: isoDateSchema,
  effectiveTo: isoDateSchema.optional().meta({ description: 'The first day on which it no longer holds' }),
  sha256: z.string().meta({ description: 'Of its canonical JSON: names the very text' }),
  drafted: actSchema,
  approved: actSchema.optional(),
  retired: actSchema.extend({ on: isoDateSchema, because: z.string(), followedBy: nameSchema.optional() }).optional(),
  signOffs: z
    .array(actSchema.extend({ criterionId: z.string(), name: z.string(), office: z.string() }))
    .meta({ description: 'Who has taken responsibility for which unconfirmed criterion' }),
  openSignOffs: z.array(z.string()).meta({
    description:
      'Criteria that show a need while no claim may rest on them; claims.employment: the weeks in work of a claim of lasting work',
  }),
};

export const ruleSetVersionViewSchema = z.object(versionShape);
export type RuleSetVersionView = z.infer<typeof ruleSetVersionViewSchema>;

/** What nobody may write into a rule set while it is stored under names that end up in keys. */
const proposedName = (name: { readonly id: string; readonly version: string }, context: z.RefinementCtx, path: readonly string[]): void => {
  for (const field of ['id', 'version'] as const)
    if (!nameTextSchema.safeParse(name[field]).success)
      context.addIssue({
        code: 'custom',
        path: [...path, field],
        message: 'It may hold letters, digits, points, hyphens and underscores, 80 of them at most',
        params: { fix: 'Name it like knowsley-six-headings, and its version like 2027-04-01.' },
      });
};

export const proposalSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('plan'), plan: localPlanSchema }),
    z.strictObject({ kind: z.literal('rule-set'), ruleSet: ruleSetSchema }),
  ])
  .superRefine((proposal, context) => {
    if (proposal.kind === 'plan') proposedName(proposal.plan, context, ['plan']);
    else proposedName(proposal.ruleSet, context, ['ruleSet']);
  });

const reasonSchema = wordsOf({ least: 5, most: 2000 });

const reads = { kind: 'staff', roles: ['programme-officer', 'lead-practitioner', 'data-officer', 'auditor'] } as const;
const decides = { kind: 'staff', roles: ['programme-officer'] } as const;

export const ruleSetRoutes = [
  defineRoute({
    operationId: 'listRuleSets',
    function: 'rules-api',
    method: 'GET',
    path: '/v1/rule-sets',
    access: reads,
    summary: 'List all versions of the rules, drafts and those to come among them, by their first day',
    request: { query: pageQuerySchema },
    response: { status: 200, body: pageOf(ruleSetVersionViewSchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'proposeRuleSet',
    function: 'rules-api',
    method: 'POST',
    path: '/v1/rule-sets',
    access: decides,
    summary: 'Propose rules: a council’s plan laid over a version that is there, or a whole rule set. A draft; nobody is held against it',
    request: { body: proposalSchema, idempotencyKey: 'required' },
    response: { status: 201, body: ruleSetVersionViewSchema },
    problems: ['invalid-rule-set', 'rule-set-exists', 'idempotency-key-reused'],
  }),
  defineRoute({
    operationId: 'readRuleSet',
    function: 'rules-api',
    method: 'GET',
    path: '/v1/rule-sets/{ruleSetId}/versions/{version}',
    access: reads,
    summary: 'Read a version of the rules: every criterion with its threshold, source and confidence',
    request: { path: versionPath },
    response: { status: 200, body: z.object({ ...versionShape, ruleSet: ruleSetSchema }) },
    problems: ['rule-set-not-found'],
  }),
  defineRoute({
    operationId: 'compareRuleSets',
    function: 'rules-api',
    method: 'GET',
    path: '/v1/rule-sets/{ruleSetId}/versions/{version}/changes',
    access: reads,
    summary: 'Compare a version with another, change by change',
    request: { path: versionPath, query: z.object({ fromId: nameTextSchema, fromVersion: nameTextSchema }) },
    response: {
      status: 200,
      body: z.object({
        from: nameSchema,
        to: nameSchema,
        changes: z.array(
          z.object({
            path: z.string(),
            criterionId: z.string().optional(),
            before: z.string().optional().meta({ description: 'JSON; absent where there was nothing' }),
            after: z.string().optional(),
            says: z.string(),
          }),
        ),
      }),
    },
    problems: ['rule-set-not-found'],
  }),
  defineRoute({
    operationId: 'signOffCriterion',
    function: 'rules-api',
    method: 'POST',
    path: '/v1/rule-sets/{ruleSetId}/versions/{version}/sign-offs',
    access: decides,
    summary:
      'Take responsibility, by name and office, for an unconfirmed criterion of a draft: claims may rest on it once the draft is in force',
    request: {
      path: versionPath,
      body: z.strictObject({
        criterionId: z.string().min(1).max(80),
        name: wordsOf({ most: 200 }),
        office: wordsOf({ most: 200 }),
      }),
      ifMatch: 'required',
    },
    response: { status: 200, body: ruleSetVersionViewSchema },
    problems: ['rule-set-not-found', 'state-conflict', 'version-mismatch', 'nothing-to-sign-off'],
  }),
  defineRoute({
    operationId: 'approveRuleSet',
    function: 'rules-api',
    method: 'POST',
    path: '/v1/rule-sets/{ruleSetId}/versions/{version}/approve',
    access: decides,
    summary: 'Approve a draft that somebody else wrote: it is in force from its first day, and what is in force then ends',
    request: {
      path: versionPath,
      body: z.strictObject({
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .meta({ description: 'Of the text that you read' }),
      }),
      ifMatch: 'required',
    },
    response: { status: 200, body: ruleSetVersionViewSchema },
    problems: [
      'rule-set-not-found',
      'state-conflict',
      'second-person-needed',
      'version-mismatch',
      'rules-overlap',
      'rules-in-the-past',
      'days-without-rules',
    ],
  }),
  defineRoute({
    operationId: 'retireRuleSet',
    function: 'rules-api',
    method: 'POST',
    path: '/v1/rule-sets/{ruleSetId}/versions/{version}/retire',
    access: decides,
    summary: 'Drop a draft, or take back approved rules that have not begun',
    request: { path: versionPath, body: z.strictObject({ because: reasonSchema }), ifMatch: 'required' },
    response: { status: 200, body: ruleSetVersionViewSchema },
    problems: ['rule-set-not-found', 'state-conflict', 'version-mismatch', 'days-without-rules', 'rules-in-the-past'],
  }),
] as const;
