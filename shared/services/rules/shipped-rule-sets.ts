import { openSignOffs, type RuleSetVersion } from '../../domain/eligibility/life/rule-set-version.ts';
import { ruleSetName, type RuleSet } from '../../domain/eligibility/rule-set.ts';
import { ruleSets } from '../../domain/eligibility/rule-set-on.ts';
import { nationalProgramme } from '../../domain/eligibility/rule-sets/national-programme.ts';
import { hashOf } from './hash-of.ts';
import type { HashedRuleSet, RuleSetHead } from './rule-set-repository.ts';

/** Whoever released the code answers for what it holds; the day is that of the first release. */
const byRelease = { by: 'release', at: '2026-11-01T00:00:00.000Z' } as const;

/** A version without its text. */
export const headOf = (version: RuleSetVersion, { shipped, revision }: Pick<RuleSetHead, 'shipped' | 'revision'>): RuleSetHead => {
  const { ruleSet, ...acts } = version;
  return {
    ...acts,
    name: ruleSetName(ruleSet),
    title: ruleSet.title,
    ...(ruleSet.plan && { council: ruleSet.plan.council }),
    ruleSet: { period: ruleSet.period },
    openSignOffs: [...openSignOffs(ruleSet)],
    shipped,
    revision,
  };
};

interface Shipped extends HashedRuleSet {
  readonly head: RuleSetHead;
}

const ship = (ruleSet: RuleSet): Shipped => {
  const sha256 = hashOf(ruleSet);
  const acts = { drafted: byRelease, ...(ruleSets.includes(ruleSet) && { approved: byRelease }) };
  return { ruleSet, sha256, head: headOf({ ruleSet, sha256, ...acts }, { shipped: true, revision: 0 }) };
};

/**
 * The rule sets that come with the code: the council's programme, approved, and the national generations that it does not follow, to
 * lay a plan over.
 */
export const shippedRuleSets: readonly Shipped[] = [...new Set([...ruleSets, ...nationalProgramme])].map(ship);
