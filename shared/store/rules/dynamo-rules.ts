import type { RuleSetPorts } from '../../services/rules/rule-set-ports.ts';
import { rulesInForce } from '../../services/rules/rules-in-force.ts';
import type { DocumentTable } from '../document-table.ts';
import { dynamoContentStore } from './dynamo-content-store.ts';
import { dynamoRuleSetRepository } from './dynamo-rule-set-repository.ts';

/** Versions, texts, and which of them is in force: one of each to a process, since texts stay in memory. */
export const dynamoRules = (table: DocumentTable): Pick<RuleSetPorts, 'ruleSets' | 'contents' | 'rules'> => {
  const [ruleSets, contents] = [dynamoRuleSetRepository(table), dynamoContentStore(table)];
  return { ruleSets, contents, rules: rulesInForce({ ruleSets, contents }) };
};
