import { ruleSetHeadSchema, type RuleSetRepository } from '../../services/rules/rule-set-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { fragmentOf } from '../transactions.ts';
import { rolledOutKey, rolledOutSchema, rulesPartition, schemaVersion, versionKey, versionPrefix } from './rule-set-items.ts';

/** Versions of rule sets in one small partition of the records table, read whole (docs/access-patterns.md). */
export const dynamoRuleSetRepository = (table: DocumentTable): RuleSetRepository => ({
  listHeads: () => table.queryAll({ partition: rulesPartition, beginsWith: versionPrefix }, ruleSetHeadSchema),

  headFragment: (head) =>
    fragmentOf([
      table.putWrite(
        { ...versionKey(head.name), ...head, schemaVersion },
        head.revision === 1 ? condition.absent('pk') : condition.equals('revision', head.revision - 1),
      ),
    ]),

  readRolledOut: () => table.get(rolledOutKey, rolledOutSchema),

  rolledOutFragment: ({ id, version }, before) =>
    fragmentOf([
      table.putWrite(
        { ...rolledOutKey, id, version, schemaVersion },
        before === undefined
          ? condition.absent('pk')
          : condition.all(condition.equals('id', before.id), condition.equals('version', before.version)),
      ),
    ]),
});
