import { ruleSets } from '../../domain/eligibility/rule-set-on.ts';
import type { RuleSetSource } from './case-ports.ts';

/** The rules that families are held against. */
export const ruleSetsInForce: RuleSetSource = {
  findRuleSet: ({ id, version }) => Promise.resolve(ruleSets.find((ruleSet) => ruleSet.id === id && ruleSet.version === version)),
};
