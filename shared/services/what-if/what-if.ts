import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { changeCountsSchema } from '../../domain/eligibility/what-if/count-changes.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

const namedRulesSchema = z.object({ id: z.string(), version: z.string(), sha256: z.string() });

/** A question about rules, and how far its answer has come. Holds counts, and no family. */
export const whatIfSchema = z.object({
  whatIfId: z.ulid(),
  state: z.enum(['working', 'done']),
  draft: namedRulesSchema,
  against: namedRulesSchema,
  asAt: isoDateSchema,
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  /** Where to go on in the list of families; absent at the beginning and at the end. */
  cursor: z.string().optional(),
  families: z.int().nonnegative(),
  eligible: changeCountsSchema,
  /** By criterion, of either rule set. */
  criteria: z.record(z.string(), changeCountsSchema),
  outboxId: z.ulid(),
  revision: z.int().positive(),
  expiresOn: isoDateSchema,
});
export type WhatIf = z.infer<typeof whatIfSchema>;

export interface WhatIfRepository {
  readonly findWhatIf: (whatIfId: string) => Promise<WhatIf | undefined>;
  /** One write; goes through only if the revision before it is held (1: none). */
  readonly whatIfFragment: (whatIf: WhatIf) => TransactionFragment;
}
