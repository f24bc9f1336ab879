import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';

/** A random sample for a spot check as it was drawn: with the seed and the list of claims anybody can draw it again. */
export const claimSampleSchema = z.object({
  sampleId: z.ulid(),
  drawnBy: z.string(),
  drawnAt: z.iso.datetime(),
  /** Of the claims submitted from the one day to before the other. */
  from: isoDateSchema,
  to: isoDateSchema,
  ruleSetId: z.string().optional(),
  seed: z.int().nonnegative(),
  percent: z.int().min(1).max(100),
  of: z.int().nonnegative(),
  claimIds: z.array(z.ulid()),
  /** Everything it was drawn from. */
  population: z.array(z.ulid()),
  expiresOn: isoDateSchema,
});
export type ClaimSample = z.infer<typeof claimSampleSchema>;

/** More claims than this are drawn from part by part. */
export const largestPopulation = 10_000;
