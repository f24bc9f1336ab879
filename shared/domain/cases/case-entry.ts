import * as z from 'zod';
import { visibilities } from '../access/access.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import type { PastFamily } from '../families/family.ts';
import { workFactSchema, type WorkFact } from './work-fact.ts';

const recorded = {
  entryId: z.ulid(),
  /** The family it was recorded about, whatever has become of that family since. */
  familyId: z.ulid(),
  recordedBy: z.string(),
  recordedAt: z.iso.datetime(),
};

/** A person has decided whether the family is offered help. */
export const decisionEntrySchema = z.object({
  ...recorded,
  entry: z.literal('decision'),
  answer: z.enum(['accept', 'decline']),
  reason: z.string(),
  /** The day it holds from: of an accepted family the day it joined. */
  on: isoDateSchema,
  determination: z.object({
    version: z.int().positive(),
    ruleSet: z.object({ id: z.string(), version: z.string(), title: z.string() }),
    /** Criteria that were met. */
    met: z.array(z.string()),
  }),
  /** Earlier decisions that it replaces. */
  replaces: z.array(z.ulid()),
});
export type DecisionEntry = z.infer<typeof decisionEntrySchema>;

/** A fact of the work, the correction of one, or (without a fact) the withdrawal of one. */
export const factEntrySchema = z.object({
  ...recorded,
  entry: z.literal('fact'),
  fact: workFactSchema.optional(),
  corrects: z.object({ entryId: z.ulid(), because: z.string() }).optional(),
  /** `limited`: also shown to roles that see standard records only. */
  seenBy: z.enum(visibilities),
});
export type FactEntry = z.infer<typeof factEntrySchema>;

/** What people have said about the work with a family: written once, never changed. */
export const caseEntrySchema = z.discriminatedUnion('entry', [decisionEntrySchema, factEntrySchema]);
export type CaseEntry = z.infer<typeof caseEntrySchema>;

/** Of the entries about some families those that are about this one, in order of time: of a family it was split from, what was before. */
export const entriesOf = (sources: readonly PastFamily[], entries: readonly CaseEntry[]): readonly CaseEntry[] => {
  const until = new Map(sources.map((source) => [source.familyId, source.until ?? '~']));
  return entries
    .filter(({ familyId, recordedAt }) => recordedAt < (until.get(familyId) ?? ''))
    .toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1));
};

export interface StandingFact extends Omit<FactEntry, 'fact'> {
  readonly fact: WorkFact;
}

export interface StandingEntries {
  readonly decisions: readonly DecisionEntry[];
  /** Facts that nobody has corrected or withdrawn since. */
  readonly facts: readonly StandingFact[];
}

/**
 * What holds of it. A correction holds only where what it corrects is about this family, too: so the correction of another family's
 * fact goes when a merger is undone.
 */
export const standingEntries = (entries: readonly CaseEntry[]): StandingEntries => {
  const known = new Set(entries.map(({ entryId }) => entryId));
  const facts = entries.filter((each) => each.entry === 'fact');
  const valid = facts.filter(({ corrects }) => corrects === undefined || known.has(corrects.entryId));
  const corrected = new Set(valid.flatMap(({ corrects }) => (corrects === undefined ? [] : [corrects.entryId])));
  const decisions = entries.filter((each) => each.entry === 'decision');
  const replaced = new Set(decisions.flatMap(({ replaces }) => replaces));
  return {
    decisions: decisions.filter(({ entryId }) => !replaced.has(entryId)),
    facts: valid.flatMap(({ fact, ...rest }): StandingFact[] =>
      fact === undefined || corrected.has(rest.entryId) ? [] : [{ ...rest, fact }],
    ),
  };
};

/** The decision that holds: that a family was accepted outweighs that a family merged with it was declined. */
export const effectiveDecision = ({ decisions }: Pick<StandingEntries, 'decisions'>): DecisionEntry | undefined =>
  decisions.findLast(({ answer }) => answer === 'accept') ?? decisions.at(-1);
