import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { wordsOf } from '../words.ts';

const text = (most: number) => wordsOf({ most });
const criterionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/);
const criterionIds = z.array(criterionId).min(1).max(40);
const evidence = z
  .array(text(300))
  .max(20)
  .meta({
    description: 'References: a file, a note, a plan; no more about a person than is needed to find it',
    examples: [['EHM-4711 review note']],
  });

/**
 * What somebody records about the work with a family, as a dated fact. The least that outcomes and claims need; what is not recorded is
 * not known.
 */
export const workFactSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lead-practitioner'),
    name: text(120).meta({ description: 'Of the practitioner, not of anybody in the family' }),
    service: text(120),
    from: isoDateSchema,
    to: isoDateSchema.optional().meta({ description: 'The first day on which they no longer are' }),
  }),
  z.strictObject({
    kind: z.literal('assessment'),
    on: isoDateSchema,
    personIds: z.array(z.ulid()).min(1).max(30).meta({ description: 'The members who were seen' }),
  }),
  z.strictObject({ kind: z.literal('plan'), on: isoDateSchema, criterionIds }),
  z.strictObject({ kind: z.literal('agency'), name: text(120), from: isoDateSchema, to: isoDateSchema.optional() }),
  z.strictObject({ kind: z.literal('review'), on: isoDateSchema }),
  z.strictObject({ kind: z.literal('need'), criterionId, identifiedOn: isoDateSchema, evidence: evidence.min(1) }),
  z.strictObject({
    kind: z.literal('outcome'),
    criterionId,
    reachedOn: isoDateSchema,
    evidence: evidence.min(1),
    tool: text(120)
      .optional()
      .meta({ description: 'The validated tool, where one was used', examples: ['Family Star'] }),
  }),
  z.strictObject({
    kind: z.literal('discretion'),
    criterionId: criterionId.optional(),
    reason: text(2000),
    decidedBy: text(120),
    grade: text(120).meta({ description: 'Of whoever decided', examples: ['Head of service'] }),
    on: isoDateSchema,
  }),
  z.strictObject({ kind: z.literal('closure'), on: isoDateSchema, reason: text(500) }),
]);
export type WorkFact = z.infer<typeof workFactSchema>;

/** The day it speaks of. */
export const dayOfFact = (fact: WorkFact): string => {
  switch (fact.kind) {
    case 'lead-practitioner':
    case 'agency':
      return fact.from;
    case 'need':
      return fact.identifiedOn;
    case 'outcome':
      return fact.reachedOn;
    default:
      return fact.on;
  }
};

/** Every need that it names. */
export const criteriaNamedIn = (fact: WorkFact): readonly string[] => {
  switch (fact.kind) {
    case 'plan':
      return fact.criterionIds;
    case 'need':
    case 'outcome':
      return [fact.criterionId];
    case 'discretion':
      return fact.criterionId === undefined ? [] : [fact.criterionId];
    default:
      return [];
  }
};

export const peopleNamedIn = (fact: WorkFact): readonly string[] => (fact.kind === 'assessment' ? fact.personIds : []);
