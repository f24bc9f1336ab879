import * as z from 'zod';
import { ruleSetVersionSchema } from '../../domain/eligibility/life/rule-set-version.ts';
import { ruleSetSchema, type RuleSet, type RuleSetName } from '../../domain/eligibility/rule-set.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** A version of a rule set without its text, which is kept under its hash: enough to say what stands when, and by whom. */
export const ruleSetHeadSchema = ruleSetVersionSchema.omit({ ruleSet: true }).extend({
  name: z.object({ id: z.string(), version: z.string() }),
  title: z.string(),
  council: z.string().optional(),
  ruleSet: z.object({ period: ruleSetSchema.shape.period }),
  /** Criteria that show a need while no claim may rest on them. */
  openSignOffs: z.array(z.string()),
  /** Came with the code, and nobody has decided anything about it here. */
  shipped: z.boolean(),
  /** Rises with each step; 0 where it is not stored. */
  revision: z.int().nonnegative(),
});
export type RuleSetHead = z.infer<typeof ruleSetHeadSchema>;

/** A rule set with the SHA-256 of its canonical JSON. */
export interface HashedRuleSet {
  readonly ruleSet: RuleSet;
  readonly sha256: string;
}

/** Versions of rule sets and the texts under their hashes. */
export interface RuleSetRepository {
  /** All that are stored, in no order: a few dozen at most. */
  readonly listHeads: () => Promise<readonly RuleSetHead[]>;
  /** One write; goes through only if the revision before it is held (1: none). */
  readonly headFragment: (head: RuleSetHead) => TransactionFragment;
  /** Which version the families have been sent to be held against. */
  readonly readRolledOut: () => Promise<RuleSetName | undefined>;
  /** One write; goes through only if `before` is what is held. */
  readonly rolledOutFragment: (name: RuleSetName, before: RuleSetName | undefined) => TransactionFragment;
}

/** Texts under the SHA-256 of their UTF-8: never changed, kept for ever, no personal data. */
export interface ContentStore {
  /** Writes it unless it is there. */
  readonly keep: (sha256: string, text: string) => Promise<void>;
  readonly find: (sha256: string) => Promise<string | undefined>;
}
