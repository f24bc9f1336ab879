import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { factSchema } from '../people/fact.ts';

const factKindSchema = z.enum(factSchema.options.map((option) => option.shape.kind.value));

/**
 * How well a rule's wording is known. `confirmed`: read in an official source. `local`: a council's own plan, each
 * council may differ. `unconfirmed`: background knowledge; a programme manager signs it off before anything is claimed on it.
 */
const confidenceSchema = z.enum(['confirmed', 'local', 'unconfirmed']);

export const citationSchema = z.object({ source: z.string(), confidence: confidenceSchema });

const dated = {
  effectiveFrom: isoDateSchema,
  /** The first day on which it no longer holds (half-open). */
  effectiveTo: isoDateSchema.optional(),
};

/** Completed years, half-open: `{ from: 10, below: 18 }` is ten to seventeen. */
const agesSchema = z.object({ from: z.int().nonnegative().optional(), below: z.int().positive().optional() });
export type Ages = z.infer<typeof agesSchema>;

/** A fact that counts: its kind and, field by field, the value it must have or one of several. */
const factPatternSchema = z.object({
  kind: factKindSchema,
  where: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).optional(),
});
export type FactPattern = z.infer<typeof factPatternSchema>;

const measureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('count'),
    /** `days`: several facts of one day count once (one incident, several people in it). */
    of: z.enum(['facts', 'days']),
    per: z.enum(['person', 'family']),
    atLeast: z.int().positive(),
  }),
  /** Sessions summed over the terms of one child, then divided, never rounded. */
  z.object({
    kind: z.literal('session-rate'),
    sessions: z.enum(['sessionsUnauthorised', 'sessionsAuthorised']),
    moreThanPercent: z.int().nonnegative(),
  }),
]);
export type Measure = z.infer<typeof measureSchema>;

/**
 * Where to look. `months`: up to and including the day asked about. `terms`: the last terms completed by then.
 * `current`: whatever holds on the day itself.
 */
const lookBackSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('months'), count: z.int().positive() }),
  z.object({ unit: z.literal('terms'), count: z.int().positive() }),
  z.object({ unit: z.literal('current') }),
]);
export type LookBack = z.infer<typeof lookBackSchema>;

/**
 * What it means when a feed says nothing about a person.
 * `register`: the feed holds every case, so no row in a period its files cover means there was none.
 * `each-person`: the feed answers person by person, so no row means not known; `expected` says of whom a row is expected.
 * `kept-here`: the council itself takes these in, one by one, so it knows without a file that there is none.
 */
const silenceSchema = z.discriminatedUnion('means', [
  z.object({ means: z.literal('register') }),
  z.object({ means: z.literal('each-person'), expected: agesSchema }),
  z.object({ means: z.literal('kept-here') }),
]);

const criterionSchema = z.object({
  id: z.string(),
  heading: z.string(),
  /** `family-member`: of any age, also where the age is not known. */
  subject: z.enum(['child', 'adult', 'family-member']),
  /** Narrower than the subject's own ages (child: under 18, adult: 18 or over), at the time of the fact. */
  ages: agesSchema.optional(),
  question: z.string(),
  /** What a lead practitioner would say. */
  says: z.object({ met: z.string(), notMet: z.string(), cannotTell: z.string() }),
  facts: z.array(factPatternSchema).min(1),
  measure: measureSchema,
  lookBack: lookBackSchema,
  /** The feeds that can answer it. `not-met` needs them all to have looked; `met` needs one to have found. */
  feeds: z.array(z.enum(feedIds)).min(1),
  silence: silenceSchema,
  citation: citationSchema,
  ...dated,
});
export type Criterion = z.infer<typeof criterionSchema>;

export const ruleSetSchema = z
  .object({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    headings: z.array(z.object({ id: z.string(), title: z.string() })).min(1),
    /** How many different headings make a family eligible. */
    headingsNeeded: z.object({ count: z.int().positive(), citation: citationSchema }),
    dependentChild: z.object({
      below: z.int().positive(),
      /** Up to this age (not included) while in education, training or out of work. */
      inEducationOrUnemployedBelow: z.int().positive(),
      /** Whether an unborn child makes the family one with a dependent child. */
      unbornCounts: z.boolean(),
      citation: citationSchema,
    }),
    /** At most so many headings may rest only on a parent who lives elsewhere. */
    headingsFromParentElsewhere: z.object({ atMost: z.int().nonnegative(), citation: citationSchema }),
    /** Days that a feed's last file may be behind before its silence, or an open state, no longer counts as known. */
    daysBehindAllowed: z.object({ days: z.partialRecord(z.enum(feedIds), z.int().nonnegative()), citation: citationSchema }),
    criteria: z.array(criterionSchema).min(1),
    /** Criteria of the plan that no feed answers yet: listed so that nobody takes silence about them for an answer. */
    notAsked: z.array(z.object({ id: z.string(), heading: z.string(), question: z.string(), why: z.string(), citation: citationSchema })),
    /** Why these dates. */
    period: z.object({ ...dated, because: z.string(), citation: citationSchema }),
  })
  .superRefine((ruleSet, context) => {
    const headings = new Set(ruleSet.headings.map(({ id }) => id));
    for (const { id, heading } of [...ruleSet.criteria, ...ruleSet.notAsked]) {
      if (!headings.has(heading))
        context.addIssue({ code: 'custom', message: `${id} names heading ${heading}, which the rule set has not` });
    }
    const ids = ruleSet.criteria.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) context.addIssue({ code: 'custom', message: 'criterion ids must differ' });
  });
export type RuleSet = z.infer<typeof ruleSetSchema>;
