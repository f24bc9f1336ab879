import * as z from 'zod';
import { criterionResultSchema, determinationSchema, headingResultSchema, type Determination } from '../eligibility/determination.ts';
import { feedsOf, type RuleSet } from '../eligibility/rule-set.ts';
import { feedAccess } from '../feeds/feed-access.ts';
import { isWithin } from './access.ts';

/**
 * An answer as a reader may have it. `not-shown`: a file of a class that the reader may not see could answer it, and what
 * the reader may see does not. It stands there whether or not such a file says anything (docs/adr/0021).
 */
const withNotShown = <Value extends string>(values: readonly Value[]): z.ZodEnum<{ [Key in Value | 'not-shown']: Key }> =>
  z.enum([...values, 'not-shown']);

export const seenOutcomeSchema = withNotShown(determinationSchema.shape.outcome.options);
export type SeenOutcome = z.infer<typeof seenOutcomeSchema>;

export const seenHeadingSchema = headingResultSchema.extend({ value: withNotShown(headingResultSchema.shape.value.options) });

export const seenCriterionSchema = criterionResultSchema.extend({
  value: withNotShown(criterionResultSchema.shape.value.options),
  valueInHousehold: withNotShown(criterionResultSchema.shape.valueInHousehold.options),
});
type SeenCriterion = z.infer<typeof seenCriterionSchema>;

const { dependentChild } = determinationSchema.shape;

export const seenDeterminationSchema = determinationSchema.extend({
  outcome: seenOutcomeSchema,
  /** `notShown`: of so many of them the reader may not know whether they are met. */
  criteriaMet: determinationSchema.shape.criteriaMet.extend({ notShown: z.int().positive().optional() }),
  dependentChild: dependentChild.extend({ value: withNotShown(dependentChild.shape.value.options) }),
  headings: z.array(seenHeadingSchema),
  criteria: z.array(seenCriterionSchema),
});
export type SeenDetermination = z.infer<typeof seenDeterminationSchema>;

const ask = 'Ask the programme team if you need it for your work with this family.';

/** Criteria that a file of another class than the standard one can answer, by the rules alone. */
export const criteriaBeyondStandard = (ruleSet: Pick<RuleSet, 'criteria'>): ReadonlySet<string> =>
  new Set(
    ruleSet.criteria.filter((criterion) => feedsOf(criterion).some((feed) => !isWithin('limited', feedAccess[feed]))).map(({ id }) => id),
  );

/** Made of what the rule says, never of what an evaluation found: whatever else a result may come to hold is not shown. */
const withheld = ({ criterionId, heading, question, citation }: SeenCriterion): SeenCriterion => ({
  criterionId,
  heading,
  question,
  citation,
  value: 'not-shown',
  valueInHousehold: 'not-shown',
  says: `Not shown to your role. ${ask}`,
  evidence: [],
  evidenceCount: 0,
  missing: [],
  wouldChange: 'Not shown to your role.',
});

/**
 * The answer for a reader of standard records, out of what these alone determine. Whatever another class can answer and
 * these do not is `not-shown`, always: so `not-shown` says nothing about what the other files hold. What these show to be met
 * stays met, since other rows could only add to it. When the answer changes next depends on the others: it is not said.
 */
export const limitDetermination = (
  { changesOn: _, ...byStandard }: Determination,
  beyondStandard: ReadonlySet<string>,
): SeenDetermination => {
  const criteria = byStandard.criteria.map((criterion): SeenCriterion => {
    if (!beyondStandard.has(criterion.criterionId)) return criterion;
    // When it stops being met depends on the other files, too.
    return criterion.value === 'met' ? { ...criterion, wouldChange: 'Not shown to your role.' } : withheld(criterion);
  });
  const hidden = criteria.filter(({ value }) => value === 'not-shown');
  const headings = byStandard.headings.map((heading) =>
    heading.value !== 'met' && hidden.some((criterion) => criterion.heading === heading.heading)
      ? { ...heading, value: 'not-shown' as const, onlyThroughParentElsewhere: false }
      : heading,
  );
  const met = byStandard.headingsMet.length;
  const isEligible = byStandard.outcome === 'eligible';
  return {
    ...byStandard,
    criteria,
    headings,
    outcome: isEligible ? 'eligible' : 'not-shown',
    says: isEligible
      ? byStandard.says
      : `Not shown to your role. By what you may see, ${String(met)} of the ${String(headings.length)} headings ${met === 1 ? 'is' : 'are'} met; other files could add to it. ${ask}`,
    criteriaMet: { ...byStandard.criteriaMet, ...(hidden.length > 0 && { notShown: hidden.length }) },
    dependentChild:
      byStandard.dependentChild.value === 'met'
        ? byStandard.dependentChild
        : { ...byStandard.dependentChild, value: 'not-shown', says: `Not shown to your role. ${ask}`, personIds: [], missing: [] },
  };
};

/**
 * How a limited determination is kept beside the whole one: most criteria are the same in both, and those not shown need no
 * more than their id.
 */
export const packedDeterminationSchema = seenDeterminationSchema.omit({ criteria: true }).extend({
  notShown: z.array(z.string()),
  /** Those that are neither: all of them where there is no whole determination. */
  criteria: z.array(seenCriterionSchema),
});
export type PackedDetermination = z.infer<typeof packedDeterminationSchema>;

export const packDetermination = ({ criteria, ...rest }: SeenDetermination, whole: Determination | undefined): PackedDetermination => {
  const same = new Map(whole?.criteria.map((criterion) => [criterion.criterionId, JSON.stringify(seenCriterionSchema.parse(criterion))]));
  const isKept = (criterion: SeenCriterion): boolean =>
    !same.has(criterion.criterionId) ||
    (criterion.value !== 'not-shown' && same.get(criterion.criterionId) !== JSON.stringify(seenCriterionSchema.parse(criterion)));
  return {
    ...rest,
    notShown: criteria.filter(({ value }) => value === 'not-shown').map(({ criterionId }) => criterionId),
    criteria: criteria.filter(isKept),
  };
};

export const unpackDetermination = (
  { notShown, criteria, ...rest }: PackedDetermination,
  whole: Determination | undefined,
): SeenDetermination => {
  const kept = new Map(criteria.map((criterion) => [criterion.criterionId, criterion]));
  const base: readonly SeenCriterion[] = whole?.criteria ?? criteria;
  return {
    ...rest,
    criteria: base.map(
      (criterion) => kept.get(criterion.criterionId) ?? (notShown.includes(criterion.criterionId) ? withheld(criterion) : criterion),
    ),
  };
};
