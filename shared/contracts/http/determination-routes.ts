import * as z from 'zod';
import { seenCriterionSchema, seenDeterminationSchema, seenOutcomeSchema } from '../../domain/access/limited-determination.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { determinationRecordSchema } from '../../domain/eligibility/replay/determination-record.ts';
import { eligibilityViewSchema } from './family-routes.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const familyPath = z.object({ familyId: z.ulid() });
const versionPath = familyPath.extend({ version: z.coerce.number().pipe(z.int().min(1).max(999_999)) });

/** Each holds some tens of kilobytes. */
const mostAtOnce = 25;

const criterionChangeSchema = z.object({
  criterionId: z.string(),
  was: seenCriterionSchema.shape.value.optional().meta({ description: 'Absent where it was not asked' }),
  is: seenCriterionSchema.shape.value.optional(),
  because: z.array(z.enum(['rules', 'rows-came', 'rows-went', 'nothing-missing', 'family-or-day'])),
  says: z.string(),
});

const determinationSummarySchema = z.object({
  version: z.int().positive(),
  determinedAt: z.iso.datetime(),
  asAt: isoDateSchema,
  ruleSet: seenDeterminationSchema.shape.ruleSet,
  outcome: seenOutcomeSchema,
  says: z.string(),
  criteriaMet: seenDeterminationSchema.shape.criteriaMet,
  wasOutcome: seenOutcomeSchema.optional().meta({ description: 'Of the determination before' }),
  changes: z.array(criterionChangeSchema).meta({ description: 'What became of each criterion since the determination before, and why' }),
  isSealed: z.boolean().optional().meta({ description: 'Whether its record can be read and replayed; for roles that see everything' }),
});
export type DeterminationSummaryView = z.infer<typeof determinationSummarySchema>;

export const explanationParagraphsSchema = z.object({
  familyId: z.ulid(),
  version: z.int().positive(),
  asAt: isoDateSchema,
  title: z.string(),
  paragraphs: z.array(z.string()).meta({ description: 'To be printed as they are' }),
});
export type DeterminationExplanation = z.infer<typeof explanationParagraphsSchema>;

const reads = { kind: 'staff', roles: ['programme-officer', 'lead-practitioner', 'auditor'] } as const;

export const determinationRoutes = [
  defineRoute({
    operationId: 'listDeterminations',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}/determinations',
    access: reads,
    summary: 'List what a family has been determined to be, newest first: outcome, what changed, and why',
    request: {
      path: familyPath,
      query: pageQuerySchema.extend({ limit: z.coerce.number().pipe(z.int().min(1).max(mostAtOnce)).default(10) }),
      purpose: 'required',
    },
    response: { status: 200, body: pageOf(determinationSummarySchema) },
    problems: ['family-not-found', 'invalid-cursor'],
  }),
  defineRoute({
    operationId: 'readDetermination',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}/determinations/{version}',
    access: reads,
    summary: 'Read one determination as it was given: every criterion, down to file and row, as far as your role may know',
    request: { path: versionPath, purpose: 'required' },
    response: { status: 200, body: eligibilityViewSchema },
    problems: ['family-not-found', 'determination-not-found'],
  }),
  defineRoute({
    operationId: 'explainDetermination',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}/determinations/{version}/explain',
    access: reads,
    summary:
      'Explain one determination in plain paragraphs: what was found, on which rows, what is missing, what would change it, by which text',
    request: { path: versionPath, purpose: 'required' },
    response: { status: 200, body: explanationParagraphsSchema },
    problems: ['family-not-found', 'determination-not-found'],
  }),
  defineRoute({
    operationId: 'readDeterminationRecord',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}/determinations/{version}/record',
    access: { kind: 'staff', roles: ['programme-officer', 'auditor'] },
    summary: 'Read the sealed record of a determination: everything it was made from, to be replayed with npm run replay',
    request: { path: versionPath, purpose: 'required' },
    response: { status: 200, body: determinationRecordSchema },
    problems: ['family-not-found', 'determination-not-found'],
  }),
] as const;
