import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import type { Visibility } from '../../domain/access/access.ts';
import {
  packedDeterminationSchema,
  seenDeterminationSchema,
  seenOutcomeSchema,
  type SeenOutcome,
} from '../../domain/access/limited-determination.ts';
import type { FamilyEvidence } from '../../domain/eligibility/family-evidence.ts';
import type { SealedInputs } from '../../domain/eligibility/replay/determination-record.ts';
import { determinationSchema } from '../../domain/eligibility/determination.ts';
import { familyCheckSchema, type Family } from '../../domain/families/family.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

/** A determination as it is kept; `version` rises when its content changes, each version stays in the history. */
export const heldDeterminationSchema = z.object({
  familyId: z.ulid(),
  version: z.int().positive(),
  determinedAt: z.iso.datetime(),
  /** Out of all records; absent where these show no such family. */
  determination: determinationSchema.optional(),
  /** Out of the records of the standard class, with the version and the time that this part of it has; absent where these show no such family. */
  limited: z.object({ version: z.int().positive(), determinedAt: z.iso.datetime(), determination: packedDeterminationSchema }).optional(),
  /** The version of the whole with which each version of the limited part began, the first one first. */
  limitedSince: z.array(z.int().positive()).default([]),
  /** The version whose sealed inputs the whole determination was made from: its own, unless it says again what an earlier one said. */
  inputs: z.int().positive().optional(),
});
export type HeldDetermination = z.infer<typeof heldDeterminationSchema>;

/** What lists show of a family; written with the determination, so that a list never disagrees with it for long. */
export const familySummarySchema = z.object({
  familyId: z.ulid(),
  outcome: seenOutcomeSchema,
  says: z.string(),
  headingsMet: z.array(z.string()),
  criteriaMet: seenDeterminationSchema.shape.criteriaMet,
  memberCount: z.int().positive(),
  childCount: z.int().nonnegative(),
  checks: z.array(familyCheckSchema),
  ruleSet: z.object({ id: z.string(), version: z.string(), title: z.string() }),
  asAt: isoDateSchema,
  updatedAt: z.iso.datetime(),
  /**
   * Of the whole, or of the limited where it stands alone: feeds whose files could still answer something to some reader, each with the
   * mark of what had come of it. Tells whom new files concern.
   */
  open: z.record(z.string(), z.string()).optional(),
  /** Of the whole, or of the limited where it stands alone: the first day on which the answer may change without anything new being known. */
  reassessOn: isoDateSchema.optional(),
});
export type FamilySummary = z.infer<typeof familySummarySchema>;

/** One for each reader who may know of the family. */
export type FamilySummaries = { readonly [Seen in Visibility]: FamilySummary | undefined };

export interface SummaryFilter {
  /** Whose lists; without it those of the whole. */
  readonly visibility?: Visibility | undefined;
  readonly outcome?: SeenOutcome | undefined;
  readonly heading?: string | undefined;
}

/** What one write does to one family. `before` is what was read: the condition of the write. */
export interface FamilyChange {
  readonly before: Family | undefined;
  readonly next: Family;
  /** Absent where only the family changes (merged, ended), or its determination does not. */
  readonly determined?:
    | {
        readonly before: HeldDetermination | undefined;
        readonly held: HeldDetermination;
        readonly summaries: FamilySummaries;
        /** What a new whole determination was made from: to be sealed. */
        readonly evidence?: FamilyEvidence | undefined;
        /** The same under seal, to be kept with it; also of one that is written again as it is. */
        readonly inputs?: SealedInputs | undefined;
      }
    | undefined;
  /** The determination held when a family ends or is merged: it leaves the lists, its history stays. */
  readonly withdrawn?: HeldDetermination | undefined;
  readonly expiresOn: string;
}

export interface FamilyRepository {
  /** In no order; those that do not exist are left out. */
  readonly findFamilies: (familyIds: readonly string[]) => Promise<readonly Family[]>;
  readonly findDeterminations: (familyIds: readonly string[]) => Promise<readonly HeldDetermination[]>;
  /** Versions of one family's determination, in no order; those that do not exist are left out. */
  readonly findVersions: (familyId: string, versions: readonly number[]) => Promise<readonly HeldDetermination[]>;
  /** The newest first, also of a family that has ended; `below`: older than that version. */
  readonly listVersions: (
    familyId: string,
    page: { readonly limit: number; readonly below?: number | undefined },
  ) => Promise<readonly HeldDetermination[]>;
  readonly findInputs: (familyId: string, version: number) => Promise<SealedInputs | undefined>;
  /** One write for every 350 KB, in place of inputs of as many parts; goes through only if they are there. */
  readonly inputsFragment: (inputs: SealedInputs, expiresOn: string) => TransactionFragment;
  /** Every family that a person belongs to now, also as a parent who lives elsewhere. */
  readonly listFamilyIdsOfPerson: (personId: string) => Promise<readonly string[]>;
  /** By family id; without `outcome` all outcomes, one after the other. */
  readonly listSummaries: (filter: SummaryFilter, page: PageRequest) => Promise<Page<FamilySummary>>;
  /** Ids of the families whose day has come, those of the earliest day first. */
  readonly listDueFamilies: (on: string, page: PageRequest) => Promise<Page<string>>;
  /**
   * The writes of families that change together, because people move between them. Each family is written under the
   * condition that it is as it was read, each person's home under the condition that it was in one of these families or none.
   * `group`: all that change, where they do not fit into one transaction.
   */
  readonly changeFragment: (changes: readonly FamilyChange[], group?: readonly FamilyChange[]) => TransactionFragment;
  /**
   * A new determination of a family that stays as it is; fails where the family has changed meanwhile. `prolong`: the family, what
   * binds its people to it and a determination that stays are marked to be kept until `expiresOn` too, without a new version.
   */
  readonly determinationFragment: (
    family: Family,
    determined: NonNullable<FamilyChange['determined']>,
    kept: { readonly expiresOn: string; readonly prolong: boolean },
  ) => TransactionFragment;
}
