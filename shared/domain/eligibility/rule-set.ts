import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { citationSchema, signOffSchema, wordsSchema } from './citation.ts';
import { measureSchema, sustainSchema, waySchema, agesSchema, outcomeMeasureSchema } from './measure.ts';

const dated = {
  effectiveFrom: isoDateSchema,
  /** The first day on which it no longer holds (half-open). */
  effectiveTo: isoDateSchema.optional(),
};

/** `P2.H4.3-rent`, `SF.1.1` */
export const criterionIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/);

export const criterionSchema = z.strictObject({
  id: criterionIdSchema,
  heading: z.string(),
  /** `family-member`: of any age, also where the age is not known. */
  subject: z.enum(['child', 'adult', 'family-member']),
  /** Narrower than the subject's own ages (child: under 18, adult: 18 or over), at the time of the fact. */
  ages: agesSchema.optional(),
  question: wordsSchema,
  /** What a lead practitioner would say. */
  says: z.strictObject({ met: wordsSchema, notMet: wordsSchema, cannotTell: wordsSchema }),
  /** Any one of them shows the need. */
  ways: z.array(waySchema).min(1),
  outcome: outcomeMeasureSchema,
  /** How long the outcome must last before it counts. */
  sustain: sustainSchema,
  citation: citationSchema,
  /** Who takes responsibility for a rule that no official text confirms; until then it shows a need and no claim rests on it. */
  signedOffBy: signOffSchema.optional(),
  ...dated,
});
export type Criterion = z.infer<typeof criterionSchema>;

/** What makes a family eligible, besides the dependent child. */
export const entrySchema = z.discriminatedUnion('count', [
  z.strictObject({ count: z.literal('headings'), atLeast: z.int().positive(), citation: citationSchema }),
  /** Needs, wherever they stand; with `distinctHeadings` only one of each heading counts. */
  z.strictObject({
    count: z.literal('needs'),
    atLeast: z.int().positive(),
    distinctHeadings: z.boolean(),
    citation: citationSchema,
  }),
  /** All the core headings, or `coreWithDiscretion` of them and a discretionary one, with a reason recorded. */
  z.strictObject({
    count: z.literal('core-or-discretion'),
    core: z.array(z.string()).min(1),
    discretion: z.array(z.string()).min(1),
    coreWithDiscretion: z.int().positive(),
    citation: citationSchema,
  }),
]);
export type Entry = z.infer<typeof entrySchema>;

/** What a family-level result is called and, where one was, paid for. Without kinds nothing can be claimed. */
export const claimRulesSchema = z.strictObject({
  kinds: z.array(z.enum(['turned-around', 'significant-and-sustained-progress', 'continuous-employment', 'successful-outcome'])),
  /** The day from which an outcome must last. */
  sustainFrom: z.enum(['outcome-reached', 'case-closure']),
  /** Every child of school age must attend, whether or not school was a need. */
  education: z
    .strictObject({ measure: measureSchema, terms: z.int().positive().max(75), ages: agesSchema, citation: citationSchema })
    .optional(),
  /** Weeks in work, of the last so many weeks, for the claim that an adult is in lasting work. */
  employment: z
    .strictObject({
      weeks: z.int().positive().max(1300),
      ofWeeks: z.int().positive().max(1300),
      citation: citationSchema,
      signedOffBy: signOffSchema.optional(),
    })
    .optional(),
  citation: citationSchema,
});

const overlaps = (a: z.infer<typeof criterionSchema>, b: z.infer<typeof criterionSchema>): boolean =>
  (b.effectiveTo === undefined || a.effectiveFrom < b.effectiveTo) && (a.effectiveTo === undefined || b.effectiveFrom < a.effectiveTo);

export const ruleSetSchema = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    title: wordsSchema,
    headings: z.array(z.strictObject({ id: z.string(), title: wordsSchema })).min(1),
    entry: entrySchema,
    dependentChild: z.strictObject({
      below: z.int().positive().max(150),
      /** Up to this age (not included) while in education, training or out of work. */
      inEducationOrUnemployedBelow: z.int().positive().max(150),
      /** Whether an unborn child makes the family one with a dependent child. */
      unbornCounts: z.boolean(),
      /** Whether an expectant parent in the household is enough. */
      expectantParentCounts: z.boolean(),
      citation: citationSchema,
    }),
    /** At most so many headings (or needs) may rest only on a parent who lives elsewhere; absent: no limit is stated. */
    fromParentElsewhere: z.strictObject({ atMost: z.int().nonnegative(), citation: citationSchema }).optional(),
    /** Days that a feed's last file may be behind before its silence, or an open state, no longer counts as known. */
    daysBehindAllowed: z.strictObject({
      days: z.partialRecord(z.enum(feedIds), z.int().nonnegative().max(9125)),
      citation: citationSchema,
    }),
    /** One id may stand more than once, for periods that do not overlap. */
    criteria: z.array(criterionSchema).min(1),
    /** Criteria of the plan that no feed answers yet: listed so that nobody takes silence about them for an answer. */
    notAsked: z.array(
      z.strictObject({ id: z.string(), heading: z.string(), question: wordsSchema, why: wordsSchema, citation: citationSchema }),
    ),
    claims: claimRulesSchema,
    /** Why these dates. */
    period: z.strictObject({ ...dated, because: wordsSchema, citation: citationSchema }),
    /** The council's plan laid over the national rules, where there is one. */
    plan: z.strictObject({ id: z.string(), version: z.string(), council: wordsSchema }).optional(),
  })
  .superRefine((ruleSet, context) => {
    // Where, not what: the answer to a proposal repeats nothing that was sent.
    const issue = (message: string, ...path: PropertyKey[]): void => context.addIssue({ code: 'custom', message, path });
    const headings = new Set(ruleSet.headings.map(({ id }) => id));
    for (const list of ['criteria', 'notAsked'] as const)
      for (const [index, { heading }] of ruleSet[list].entries())
        if (!headings.has(heading)) issue('the rule set has no such heading', list, index, 'heading');
    for (const [index, criterion] of ruleSet.criteria.entries()) {
      if (ruleSet.criteria.slice(0, index).some((other) => other.id === criterion.id && overlaps(other, criterion)))
        issue('criterion ids must differ, unless their dates do', 'criteria', index, 'id');
      if (criterion.effectiveTo !== undefined && criterion.effectiveTo <= criterion.effectiveFrom)
        issue('it ends before it begins', 'criteria', index, 'effectiveTo');
    }
    if (ruleSet.period.effectiveTo !== undefined && ruleSet.period.effectiveTo <= ruleSet.period.effectiveFrom)
      issue('the rule set ends before it begins', 'period', 'effectiveTo');
    const { entry } = ruleSet;
    if (entry.count === 'core-or-discretion') {
      for (const id of [...entry.core, ...entry.discretion]) if (!headings.has(id)) issue('the rule set has no such heading', 'entry');
      if (entry.coreWithDiscretion > entry.core.length)
        issue('the entry rule asks for more core headings than there are', 'entry', 'coreWithDiscretion');
    } else {
      const most = entry.count === 'headings' ? headings.size : new Set(ruleSet.criteria.map(({ id }) => id)).size;
      if (entry.atLeast > most) issue('the entry rule asks for more than there is', 'entry', 'atLeast');
    }
  });
export type RuleSet = z.infer<typeof ruleSetSchema>;

/** What a rule set is called: of a council's plan laid over the national rules, the plan's own name. */
export interface RuleSetName {
  readonly id: string;
  readonly version: string;
}

/** A rule set in few words: the national rules, and the council's plan over them where there is one. */
export const ruleSetBriefSchema = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  plan: z.object({ id: z.string(), version: z.string() }).optional().meta({ description: 'The council’s plan laid over these rules' }),
});

export const ruleSetBrief = ({ id, version, title, plan }: RuleSet): z.infer<typeof ruleSetBriefSchema> => ({
  id,
  version,
  title,
  ...(plan && { plan: { id: plan.id, version: plan.version } }),
});

export const ruleSetName = ({ id, version, plan }: Pick<RuleSet, 'id' | 'version' | 'plan'>): RuleSetName =>
  plan === undefined ? { id, version } : { id: plan.id, version: plan.version };

/** The feeds that can answer a criterion, in any of its ways. */
export const feedsOf = ({ ways }: Pick<Criterion, 'ways'>): Criterion['ways'][number]['feeds'] => [
  ...new Set(ways.flatMap(({ feeds }) => feeds)),
];

export const isInForce = (
  { effectiveFrom, effectiveTo }: { readonly effectiveFrom: string; readonly effectiveTo?: string | undefined },
  on: string,
): boolean => effectiveFrom <= on && (effectiveTo === undefined || on < effectiveTo);
