import * as z from 'zod';
import { citationSchema, wordsSchema } from './citation.ts';
import { criterionIdSchema, criterionSchema, entrySchema, ruleSetSchema, type RuleSet } from './rule-set.ts';

const base = ruleSetSchema.shape;

/**
 * A council's own plan as a layer over a national rule set: what it changes and nothing else, so that everything it does not speak
 * of stays the national rule.
 */
export const localPlanSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  council: wordsSchema,
  /** The rule set, at the version, that it was written for. */
  over: z.strictObject({ id: z.string(), version: z.string() }),
  /** By criterion id (all of its periods): the fields that are different here. */
  changes: z.record(
    criterionIdSchema,
    criterionSchema
      .pick({ question: true, says: true, ages: true, ways: true, outcome: true, sustain: true, citation: true, signedOffBy: true })
      .partial(),
  ),
  adds: z.array(criterionSchema),
  leavesOut: z.array(z.strictObject({ id: criterionIdSchema, because: wordsSchema, citation: citationSchema })),
  entry: entrySchema.optional(),
  daysBehindAllowed: base.daysBehindAllowed.optional(),
  period: base.period.optional(),
});
export type LocalPlan = z.infer<typeof localPlanSchema>;

export type PlanLaid = { readonly ok: true; readonly ruleSet: RuleSet } | { readonly ok: false; readonly problems: readonly string[] };

/** The rule set that a council's plan makes of the national one, or why it makes none. */
export const layPlan = (national: RuleSet, plan: LocalPlan): PlanLaid => {
  const known = new Set(national.criteria.map(({ id }) => id));
  const named = [...Object.keys(plan.changes), ...plan.leavesOut.map(({ id }) => id)];
  const problems = named.filter((id) => !known.has(id)).map((id) => `The plan speaks of ${id}, which ${national.id} has not.`);
  if (plan.over.id !== national.id || plan.over.version !== national.version)
    problems.push(`The plan was written for ${plan.over.id} of ${plan.over.version}.`);
  if (problems.length > 0) return { ok: false, problems };
  const leftOut = new Set(plan.leavesOut.map(({ id }) => id));
  const laid = ruleSetSchema.safeParse({
    ...national,
    ...(plan.entry && { entry: plan.entry }),
    ...(plan.daysBehindAllowed && { daysBehindAllowed: plan.daysBehindAllowed }),
    ...(plan.period && { period: plan.period }),
    criteria: [
      ...national.criteria.filter(({ id }) => !leftOut.has(id)).map((criterion) => ({ ...criterion, ...plan.changes[criterion.id] })),
      ...plan.adds,
    ],
    plan: { id: plan.id, version: plan.version, council: plan.council },
  });
  return laid.success
    ? { ok: true, ruleSet: laid.data }
    : { ok: false, problems: laid.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
};
