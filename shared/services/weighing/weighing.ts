import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { changeCountsSchema } from '../../domain/eligibility/what-if/count-changes.ts';
import { fileProfileSchema } from '../../domain/uploads/weighing/file-profile.ts';

const count = z.int().nonnegative();

/** What the rows drawn would change about families. */
const familiesEffectSchema = z.object({
  /** Of the people whom the rows are about; each counted once. */
  families: count,
  /** Not there before; one of them. */
  founded: count,
  /** Whether they are eligible, now and then. */
  eligible: changeCountsSchema,
});
export type FamiliesEffect = z.infer<typeof familiesEffectSchema>;

/** What the rows drawn would change, were the file taken in now: counts, worked out by the plans that taking it in makes. */
const fileEffectSchema = z.object({
  /** Rows drawn; of the whole file where `isWhole`. */
  rows: count,
  isWhole: z.boolean(),
  added: count,
  changed: count,
  unchanged: count,
  /** Refused because the file, or an agency's own file, says something else of the same record. */
  refused: count,
  newPeople: count,
  /** Known records by what they now say otherwise. */
  changedFields: z.record(z.string(), count),
  /** People whom a member of staff would be asked about. */
  possibleMatches: count,
  /** Of a snapshot: records of the one before that the file does not have. */
  ended: count.optional(),
  /** Of a file that waits for a person: worked out by the assessing worker, a little later. */
  families: familiesEffectSchema.optional(),
});
export type FileEffect = z.infer<typeof fileEffectSchema>;

/** What has been found out about a file before its first row is applied. */
export const weighingSchema = z.object({
  uploadId: z.ulid(),
  weighedAt: z.iso.datetime(),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  profile: fileProfileSchema,
  effect: fileEffectSchema,
  expiresOn: isoDateSchema,
});
export type Weighing = z.infer<typeof weighingSchema>;
