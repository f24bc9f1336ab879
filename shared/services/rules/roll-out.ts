import { ruleSetName, type RuleSetName } from '../../domain/eligibility/rule-set.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { RulesInForce } from './rules-in-force.ts';
import type { RuleSetPorts } from './rule-set-ports.ts';

type Ports = Pick<RuleSetPorts, 'ruleSets' | 'outbox' | 'clock' | 'newId'>;

/** The writes by which all current families are sent to be held against these rules. */
export const rollOutFragments = async (
  { ruleSets, outbox, clock, newId }: Ports,
  name: RuleSetName,
): Promise<{ readonly outboxId: string; readonly fragments: readonly TransactionFragment[] }> => {
  const before = await ruleSets.readRolledOut();
  const outboxId = newId();
  return {
    outboxId,
    fragments: [
      ruleSets.rolledOutFragment(name, before),
      outbox.addFragment({ outboxId, createdAt: clock.now(), work: { kind: 'rules' } }),
    ],
  };
};

/** The entry stands in the outbox: where the announcement fails, the sweep makes it. */
export const announceRollOut = async (queue: RuleSetPorts['queue'], outboxId: string): Promise<void> => {
  try {
    await queue.send([{ kind: 'outbox', outboxId }]);
  } catch {
    // Swept within minutes.
  }
};

/** On a new day other rules may have come into force: sends all current families to be held against them, once. */
export const rollOutRules = async (
  ports: Ports & Pick<RuleSetPorts, 'queue' | 'transactions'> & { readonly rules: Pick<RulesInForce, 'on'> },
): Promise<boolean> => {
  const { ruleSets, rules, clock, transactions, queue } = ports;
  const inForce = ruleSetName((await rules.on(clock.today())).ruleSet);
  const before = await ruleSets.readRolledOut();
  if (before?.id === inForce.id && before.version === inForce.version) return false;
  const { outboxId, fragments } = await rollOutFragments(ports, inForce);
  const { ok } = await transactions.commit(fragments);
  // Whoever was quicker has sent them.
  if (ok) await announceRollOut(queue, outboxId);
  return ok;
};
