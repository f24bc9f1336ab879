import * as z from 'zod';
import { comparisonKindOf, comparisons } from '../compare/comparison-kinds.ts';

const probability = z.number().gt(0).max(1);

/** How often a level is seen in rows of the same person (m) and of two different people (u). */
const levelSchema = z.object({ level: z.string(), m: probability, u: probability });

const frequenciesSchema = z.object({
  /** Number of people that the counts are out of. */
  people: z.number().positive(),
  /** How many other people to expect with a value that is not listed. */
  unseen: z.number().positive(),
  /** Other people with this value, for the values that are shared. */
  values: z.record(z.string(), z.number().positive()),
});

const fieldSchema = z.object({
  /** A field of `MatchRow`; `id:*` and `other:*` stand for those that are not named. */
  field: z.string(),
  levels: z.array(levelSchema),
  frequencies: frequenciesSchema.optional(),
  /** m by level of rows of one source, in the order of `levels`, where they differ. */
  sources: z.record(z.string(), z.array(probability)).optional(),
});

/**
 * All that the engine knows about how people's rows agree and disagree, as data. `version` names it in every decision.
 */
export const matchModelSchema = z
  .object({
    format: z.literal(1),
    version: z.string().min(1),
    cleaningVersion: z.int(),
    /** People that rows may be about: a row is about a given one with the chance of one in so many before anything is compared. */
    people: z.number().min(1),
    /** Others of the same family or home for each person. */
    relatives: z.number().nonnegative(),
    fields: z.array(fieldSchema),
    /** Bits for a person who already has a row of the same source, by source: below nought where a source has one row a person. */
    repeats: z.record(z.string(), z.number()),
  })
  .superRefine(({ fields }, context) => {
    for (const [index, { field, levels }] of fields.entries()) {
      const expected = comparisons[comparisonKindOf(field)].levels;
      if (levels.length !== expected.length || levels.some(({ level }, at) => level !== expected[at]))
        context.addIssue({ code: 'custom', path: ['fields', index, 'levels'], message: `${field} has the levels ${expected.join(', ')}` });
    }
  });

export type MatchModel = z.infer<typeof matchModelSchema>;
export type FieldModel = MatchModel['fields'][number];
