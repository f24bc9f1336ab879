import type { RuleSetVersionView } from '../../contracts/http/rule-set-routes.ts';
import { compareRuleSets, type RuleChange } from '../../domain/eligibility/life/compare-rule-sets.ts';
import { endOf } from '../../domain/eligibility/life/rule-set-version.ts';
import type { RuleSet, RuleSetName } from '../../domain/eligibility/rule-set.ts';
import type { Clock } from '../clock.ts';
import { decodeCount, encodeCount } from '../paging/cursor.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { RuleSetHead, RuleSetRepository } from './rule-set-repository.ts';
import { listVersions, standingOf, type RulesInForce } from './rules-in-force.ts';

interface Ports {
  readonly ruleSets: Pick<RuleSetRepository, 'listHeads'>;
  readonly rules: Pick<RulesInForce, 'named'>;
  readonly clock: Clock;
}

export const ruleSetView = (head: RuleSetHead, today: string): RuleSetVersionView => {
  const { name, title, council, ruleSet, sha256, drafted, approved, retired, signOffs = [], openSignOffs } = head;
  const effectiveTo = endOf(head);
  return {
    name,
    title,
    ...(council !== undefined && { council }),
    standing: standingOf(head, today),
    effectiveFrom: ruleSet.period.effectiveFrom,
    ...(effectiveTo !== undefined && { effectiveTo }),
    sha256,
    drafted,
    ...(approved && { approved }),
    ...(retired && { retired }),
    signOffs,
    openSignOffs,
  };
};

const list = 'rule sets';

/** The list is read whole, it is short; the cursor counts. */
export const listRuleSets = async (ports: Ports, { limit, cursor }: PageRequest): Promise<Page<RuleSetVersionView>> => {
  const heads = await listVersions(ports.ruleSets);
  const start = decodeCount(list, cursor) ?? 0;
  const end = start + limit;
  const items = heads.slice(start, end).map((head) => ruleSetView(head, ports.clock.today()));
  return { items, ...(end < heads.length && { cursor: encodeCount(list, end) }) };
};

const find = async ({ rules }: Pick<Ports, 'rules'>, name: RuleSetName) => {
  const found = await rules.named(name);
  if (found === undefined) throw new Refusal('rule-set-not-found');
  return found;
};

export const readRuleSet = async (
  ports: Ports,
  name: RuleSetName,
): Promise<{ readonly view: RuleSetVersionView & { readonly ruleSet: RuleSet }; readonly revision: number }> => {
  const { head, ruleSet } = await find(ports, name);
  return { view: { ...ruleSetView(head, ports.clock.today()), ruleSet }, revision: head.revision };
};

/** What `name` says differently from `from`. */
export const readChanges = async (
  ports: Ports,
  { name, from }: { readonly name: RuleSetName; readonly from: RuleSetName },
): Promise<readonly RuleChange[]> => {
  const [before, after] = await Promise.all([find(ports, from), find(ports, name)]);
  return compareRuleSets(before.ruleSet, after.ruleSet);
};
