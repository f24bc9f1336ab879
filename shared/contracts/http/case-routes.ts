import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { decisionEntrySchema, factEntrySchema } from '../../domain/cases/case-entry.ts';
import { caseStageSchema, determinedSchema } from '../../domain/cases/case-head.ts';
import { workFactSchema } from '../../domain/cases/work-fact.ts';
import { checkNames } from '../../domain/claims/claim-case.ts';
import { claimKindSchema } from '../../domain/claims/claim.ts';
import { citationSchema } from '../../domain/eligibility/citation.ts';
import { ruleSetBriefSchema } from '../../domain/eligibility/rule-set.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const reasonSchema = wordsOf({ least: 5, most: 2000 }).meta({
  description: 'Why, in your own words. Kept with the decision.',
  examples: ['School and health visitor agree that the family wants help.'],
});

const listedStages = ['awaiting', 'declined', 'open', 'closed'] as const;

const caseSummarySchema = z.object({
  familyId: z.ulid(),
  stage: z.enum(listedStages),
  since: z.iso
    .datetime()
    .meta({ description: 'When it became eligible or was decided; the list begins with those that have been so longest' }),
  askedAgain: z.boolean().meta({ description: 'It was declined, and is eligible by a need, or by rules, that it was not then' }),
  allocated: z.boolean(),
  determination: determinedSchema
    .omit({ at: true, met: true })
    .optional()
    .meta({ description: 'What it is determined to be now; its version goes into a decision' }),
});
export type CaseSummaryView = z.infer<typeof caseSummarySchema>;

const decisionViewSchema = decisionEntrySchema
  .omit({ entry: true, replaces: true })
  .extend({ holds: z.boolean().meta({ description: 'False where a later decision has replaced it' }) });

const factViewSchema = factEntrySchema.omit({ entry: true, seenBy: true }).extend({
  shared: z.boolean().meta({ description: 'Also shown to lead practitioners' }),
  holds: z.boolean().meta({ description: 'False where it has been corrected or withdrawn since' }),
});

export const caseViewSchema = z.object({
  familyId: z.ulid(),
  version: z.int().nonnegative(),
  stage: caseStageSchema.optional().meta({ description: 'Absent where your role is not shown decisions' }),
  waitingSince: z.iso.datetime().optional(),
  askedAgain: z.boolean().optional(),
  determination: determinedSchema.optional(),
  decisions: z.array(decisionViewSchema).meta({ description: 'Every decision there ever was, the oldest first' }),
  facts: z.array(factViewSchema).meta({ description: 'Every fact ever recorded that your role is shown, the oldest first' }),
  notShown: z.string().optional(),
});
export type CaseView = z.infer<typeof caseViewSchema>;

const newDecisionSchema = z.strictObject({
  answer: z.enum(['accept', 'decline']),
  reason: reasonSchema,
  determinationVersion: z
    .int()
    .positive()
    .meta({ description: 'Of the determination that you decided on: `determination.version` of the case' }),
  reconsiders: z.boolean().optional().meta({ description: 'true to decide anew about a family that has been decided about' }),
});
export type NewDecision = z.infer<typeof newDecisionSchema>;

const newFactSchema = z.strictObject({
  fact: workFactSchema.optional().meta({ description: 'Leave it out to withdraw the fact that is corrected' }),
  corrects: z
    .strictObject({ entryId: z.ulid(), because: reasonSchema })
    .optional()
    .meta({ description: 'The earlier fact that this one replaces' }),
  shared: z.boolean().optional().meta({
    description:
      'Whether lead practitioners are shown it. They always see what they record themselves; what the programme team records they see only where this is true.',
  }),
});
export type NewFact = z.infer<typeof newFactSchema>;

const clockSchema = z.object({
  is: z.enum(['complete', 'running', 'not-started', 'calendar-too-short']),
  from: isoDateSchema.optional(),
  to: isoDateSchema.optional().meta({ description: 'The first day on which it is complete' }),
  waitsFor: z.enum(['outcome', 'closure']).optional(),
});

export const checkViewSchema = z.object({
  number: z.int().min(1).max(16),
  name: z.enum(checkNames),
  result: z.enum(['pass', 'fail', 'unknown', 'not-applicable']),
  says: z.string(),
  evidence: z.array(z.string()),
});

const needOutcomeSchema = z.object({
  criterionId: z.string(),
  heading: z.string(),
  question: z.string(),
  identifiedOn: isoDateSchema,
  evidence: z.array(z.string()),
  outcome: z.string().meta({ description: 'What must be so' }),
  citation: citationSchema,
  payable: z.boolean().meta({ description: 'Whether a claim may rest on it: confirmed, the council’s own plan, or signed off' }),
  recorded: z.object({ reachedOn: isoDateSchema, evidence: z.array(z.string()), tool: z.string().optional() }).optional(),
  sustain: clockSchema,
  reading: z
    .object({ value: z.enum(['reached', 'not-reached', 'unknown', 'not-applicable']), says: z.string(), against: z.array(z.string()) })
    .optional()
    .meta({ description: 'What the files say over the time it must last; absent until that is over' }),
  contrary: z.array(z.string()).meta({ description: 'What has happened since that speaks against it' }),
});

const outcomesViewSchema = z.object({
  familyId: z.ulid(),
  asAt: isoDateSchema,
  joinedOn: isoDateSchema,
  ruleSet: ruleSetBriefSchema,
  needs: z.array(needOutcomeSchema),
  regressions: z
    .array(z.object({ criterionId: z.string(), events: z.array(z.string()) }))
    .meta({ description: 'Needs that have shown again since the work ended' }),
  results: z
    .array(
      z.object({
        kind: claimKindSchema,
        standing: z.enum(['valid', 'ready-for-audit', 'open', 'not-valid']),
        says: z.string(),
        checks: z.array(checkViewSchema),
      }),
    )
    .meta({ description: 'For each result that these rules know: what a claim would be held against today' }),
});
export type OutcomesView = z.infer<typeof outcomesViewSchema>;

const decides = { kind: 'staff', roles: ['programme-officer'] } as const;
const reads = { kind: 'staff', roles: ['programme-officer', 'auditor'] } as const;
const familyPath = z.object({ familyId: z.ulid() });

export const caseRoutes = [
  defineRoute({
    operationId: 'listCases',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/cases',
    access: reads,
    summary: 'List families by how far they have come: those awaiting a decision, declined, open, closed',
    request: { query: pageQuerySchema.extend({ stage: z.enum(listedStages).default('awaiting') }) },
    response: { status: 200, body: pageOf(caseSummarySchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'readCase',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/families/{familyId}/case',
    access: { kind: 'staff', roles: ['programme-officer', 'lead-practitioner', 'auditor'] },
    summary: 'Read what has been decided about a family and recorded of the work with it',
    request: { path: familyPath, purpose: 'required' },
    response: { status: 200, body: caseViewSchema },
    problems: ['family-not-found'],
  }),
  defineRoute({
    operationId: 'decideFamily',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/families/{familyId}/decisions',
    access: decides,
    summary: 'Accept an eligible family, or decline it, with a reason',
    request: { path: familyPath, body: newDecisionSchema, ifMatch: 'required', purpose: 'required' },
    response: { status: 201, body: caseViewSchema },
    problems: ['family-not-found', 'version-mismatch', 'determination-changed', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'recordFact',
    function: 'cases-api',
    method: 'POST',
    path: '/v1/families/{familyId}/facts',
    access: { kind: 'staff', roles: ['programme-officer', 'lead-practitioner'] },
    summary: 'Record a dated fact of the work with a family, correct one, or withdraw one',
    request: { path: familyPath, body: newFactSchema, ifMatch: 'required', purpose: 'required' },
    response: { status: 201, body: caseViewSchema },
    problems: ['family-not-found', 'version-mismatch', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'readOutcomes',
    function: 'cases-api',
    method: 'GET',
    path: '/v1/families/{familyId}/outcomes',
    access: reads,
    summary: 'Read how far each need of an accepted family has come, and what a claim would be held against',
    request: { path: familyPath, purpose: 'required' },
    response: { status: 200, body: outcomesViewSchema },
    problems: ['family-not-found', 'state-conflict'],
  }),
] as const;
