import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { localPlanSchema } from '../../domain/eligibility/local-plan.ts';
import { nameTextSchema } from './rule-set-routes.ts';
import { defineRoute } from './route.ts';

const nameSchema = z.object({ id: z.string(), version: z.string() });

export const shownCountSchema = z
  .union([z.int().nonnegative(), z.literal('withheld')])
  .meta({ description: 'withheld: 1 to 4, or a number from which one of 1 to 4 could be worked out' });

/** Of something that is so, is not, or cannot be told, now and then. */
export const changeCountsSchema = z.object({
  gain: shownCountSchema.meta({ description: 'Not so now, or not known; so then' }),
  lose: shownCountSchema.meta({ description: 'So now, not so then' }),
  becomeUnknown: shownCountSchema.meta({ description: 'Answered now, cannot be told then' }),
  stayUnknown: shownCountSchema.meta({ description: 'Cannot be told now, nor then' }),
  becomeNot: shownCountSchema.meta({ description: 'Cannot be told now, not so then' }),
  stay: shownCountSchema.meta({ description: 'So now and then' }),
  stayNot: shownCountSchema.meta({ description: 'Not so now, nor then' }),
});

const whatIfViewSchema = z.object({
  whatIfId: z.ulid(),
  state: z.enum(['working', 'done']).meta({ description: 'working: ask again in a minute' }),
  draft: nameSchema,
  draftSha256: z.string(),
  against: nameSchema.meta({ description: 'The rules that were in force when it was asked' }),
  asAt: isoDateSchema,
  askedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  result: z
    .object({
      families: shownCountSchema.meta({ description: 'Current families, each counted once' }),
      eligible: changeCountsSchema.meta({ description: 'Then: under the draft' }),
      criteria: z
        .array(z.object({ criterionId: z.string(), met: changeCountsSchema }))
        .meta({ description: 'Criteria that come out otherwise for at least one family' }),
    })
    .optional(),
});
export type WhatIfView = z.infer<typeof whatIfViewSchema>;

const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('version'), id: nameTextSchema, version: nameTextSchema }),
  z.strictObject({ kind: z.literal('plan'), plan: localPlanSchema }),
]);
export type WhatIfQuestion = z.infer<typeof questionSchema>;

export const whatIfRoutes = [
  defineRoute({
    operationId: 'askWhatIf',
    function: 'rules-api',
    method: 'POST',
    path: '/v1/what-ifs',
    access: { kind: 'staff', roles: ['programme-officer'] },
    summary: 'Ask what a draft, or a plan not yet proposed, would mean for all current families: counts only, and nothing is changed',
    request: { body: questionSchema, idempotencyKey: 'required' },
    response: { status: 202, body: whatIfViewSchema },
    problems: ['rule-set-not-found', 'invalid-rule-set', 'idempotency-key-reused'],
  }),
  defineRoute({
    operationId: 'readWhatIf',
    function: 'rules-api',
    method: 'GET',
    path: '/v1/what-ifs/{whatIfId}',
    access: { kind: 'staff', roles: ['programme-officer', 'auditor'] },
    summary: 'Read who would gain, who would lose, and what could not be told, in numbers',
    request: { path: z.object({ whatIfId: z.ulid() }) },
    response: { status: 200, body: whatIfViewSchema },
    problems: ['what-if-not-found'],
  }),
] as const;
