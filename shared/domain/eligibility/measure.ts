import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { factSchema } from '../people/fact.ts';
import { citationSchema, wordsSchema } from './citation.ts';
import { feedFaults } from './feed-facts.ts';

const factKindSchema = z.enum(factSchema.options.map((option) => option.shape.kind.value));

/** As long as anything is kept: a rule that looks further would say nothing more, and could not be worked out. */
const longest = { months: 300, terms: 75, weeks: 1300 } as const;

/** Completed years, half-open: `{ from: 10, below: 18 }` is ten to seventeen. `orUnborn`: and those not born by the day asked about. */
export const agesSchema = z
  .strictObject({
    from: z.int().nonnegative().max(150).optional(),
    below: z.int().positive().max(150).optional(),
    orUnborn: z.boolean().optional(),
  })
  .refine(({ from = 0, below = Infinity }) => from < below, {
    path: ['below'],
    message: 'nobody is of these ages: they end before they begin',
  });
export type Ages = z.infer<typeof agesSchema>;

/** A fact that counts: its kind and, field by field, the value it must have or one of several. */
const factPatternSchema = z
  .strictObject({
    kind: factKindSchema,
    where: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).optional(),
  })
  .superRefine(({ kind, where }, context) => {
    const shape = factSchema.options.find((option) => option.shape.kind.value === kind)?.shape ?? {};
    for (const field of Object.keys(where ?? {}))
      if (!(field in shape)) context.addIssue({ code: 'custom', path: ['where'], message: 'a fact of this kind has no such field' });
  });
export type FactPattern = z.infer<typeof factPatternSchema>;

const rate = {
  /** Which sessions missed: `all` is authorised and unauthorised together. */
  sessions: z.enum(['unauthorised', 'authorised', 'all']),
  op: z.enum(['more-than', 'at-least', 'less-than', 'at-most']),
  /** Of the sessions possible; compared unrounded. */
  percent: z.number().nonnegative().max(100),
};

/** How facts are counted: for each person by themselves, or all of the family together. */
const counting = {
  /** `days`: several facts of one day count once: one incident with several people in it, one suspension that two agencies report. */
  of: z.enum(['facts', 'days']),
  per: z.enum(['person', 'family']),
};
export type Counting = z.infer<z.ZodObject<typeof counting>>;

export const measureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), ...counting, atLeast: z.int().positive().max(1000) }),
  /**
   * Over the terms of one child. The texts say “average” without defining it: `pooled` sums the sessions of all terms and then divides,
   * `mean-of-terms` is the mean of the terms' own rates.
   */
  z.strictObject({ kind: z.literal('session-rate'), reading: z.enum(['pooled', 'mean-of-terms']), ...rate }),
  /** So many of the terms of one child with such a rate. */
  z.strictObject({ kind: z.literal('terms-with-rate'), atLeast: z.int().positive().max(1000), ...rate }),
]);
export type Measure = z.infer<typeof measureSchema>;

/**
 * Where to look. `months`: up to and including the day asked about. `terms`: the last terms completed by then.
 * `current`: whatever holds on the day itself.
 */
const lookBackSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('months'), count: z.int().positive().max(longest.months) }),
  z.strictObject({ unit: z.literal('terms'), count: z.int().positive().max(longest.terms) }),
  z.strictObject({ unit: z.literal('current') }),
]);
export type LookBack = z.infer<typeof lookBackSchema>;

/**
 * What it means when a feed says nothing about a person.
 * `register`: the feed holds every case, so no row in a period its files cover means there was none.
 * `each-person`: the feed answers person by person, so no row means not known; `expected` says of whom a row is expected.
 * `kept-here`: the council itself takes these in, one by one, so it knows without a file that there is none.
 * `assessment`: only a whole-family assessment looks; after one, what it did not name is not so.
 * `says-nothing`: it can show the need, its silence is no answer.
 */
const silenceSchema = z.discriminatedUnion('means', [
  z.strictObject({ means: z.literal('register') }),
  z.strictObject({ means: z.literal('each-person'), expected: agesSchema }),
  z.strictObject({ means: z.literal('kept-here') }),
  z.strictObject({ means: z.literal('assessment') }),
  z.strictObject({ means: z.literal('says-nothing') }),
]);

/** One way in which a need can show. */
export const waySchema = z
  .strictObject({
    facts: z.array(factPatternSchema).min(1),
    /** Where this way is about others than the criterion's own ages. */
    ages: agesSchema.optional(),
    measure: measureSchema,
    lookBack: lookBackSchema,
    /** The feeds that can answer it. `not-met` needs them all to have looked; `met` needs one to have found. */
    feeds: z.array(z.enum(feedIds)).min(1),
    silence: silenceSchema,
  })
  .superRefine(({ measure, lookBack, facts, feeds }, context) => {
    const kinds = [...new Set(facts.map(({ kind }) => kind))];
    for (const message of feedFaults(kinds, feeds)) context.addIssue({ code: 'custom', path: ['feeds'], message });
    if (measure.kind === 'count') return;
    if (lookBack.unit !== 'terms') context.addIssue({ code: 'custom', message: 'a rate of sessions is taken over terms' });
    else if (measure.kind === 'terms-with-rate' && measure.atLeast > lookBack.count)
      context.addIssue({ code: 'custom', message: 'more terms are asked for than looked at' });
    if (facts.some(({ kind }) => kind !== 'school-attendance'))
      context.addIssue({ code: 'custom', message: 'a rate of sessions is taken from attendance' });
  });
export type Way = z.infer<typeof waySchema>;

export const sustainSchema = z.strictObject({ unit: z.enum(['months', 'terms', 'weeks']), count: z.int().positive().max(longest.weeks) });
export type Sustain = z.infer<typeof sustainSchema>;

/**
 * What shows that a need has been dealt with, over the sustain period.
 * `gone`: none of the ways shows it any more. `fewer`: so many per cent fewer of its facts than in the months before the family joined;
 * those of each person are added up. Texts from before it said how to count count every fact.
 * `rate`: attendance of that kind. `recorded`: a person records it, with a validated tool or a document.
 */
export const outcomeMeasureSchema = z.strictObject({
  says: wordsSchema,
  test: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('gone') }),
    z.strictObject({
      kind: z.literal('fewer'),
      of: counting.of.optional(),
      per: counting.per.optional(),
      byPercent: z.int().positive().max(100),
      baselineMonths: z.int().positive().max(longest.months),
    }),
    z.strictObject({ kind: z.literal('rate'), measure: measureSchema }),
    z.strictObject({ kind: z.literal('recorded') }),
  ]),
  citation: citationSchema,
});
export type OutcomeMeasure = z.infer<typeof outcomeMeasureSchema>;
