import type { Principal } from '../../domain/access/access.ts';
import { broughtSignOffs, inheritSignOffs } from '../../domain/eligibility/life/inherit-sign-offs.ts';
import { draftRuleSet } from '../../domain/eligibility/life/rule-set-version.ts';
import { layPlan, type LocalPlan } from '../../domain/eligibility/local-plan.ts';
import { canonicalJson } from '../../domain/eligibility/replay/canonical-json.ts';
import { ruleSetName, type RuleSet } from '../../domain/eligibility/rule-set.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { Refusal } from '../refusal.ts';
import type { Idempotency } from '../uploads/idempotency.ts';
import { hashOf } from './hash-of.ts';
import type { RuleSetPorts } from './rule-set-ports.ts';
import type { RuleSetHead } from './rule-set-repository.ts';
import { findVersion, listVersions, type RulesInForce } from './rules-in-force.ts';
import { headOf } from './shipped-rule-sets.ts';

/** A whole rule set, or a council's plan as a layer over one that is there. */
export type Proposal = { readonly kind: 'plan'; readonly plan: LocalPlan } | { readonly kind: 'rule-set'; readonly ruleSet: RuleSet };

const refuse = (...errors: readonly FieldError[]): never => {
  throw new Refusal('invalid-rule-set', { errors });
};

const noSignOffs = (pointer: string, ids: readonly string[]): void => {
  if (ids.length > 0)
    refuse({
      pointer,
      code: 'sign-off-in-draft',
      message: 'A proposal cannot bring a sign-off along: it is an act of the person who takes responsibility.',
      fix: `Leave out signedOffBy, and have each criterion signed off once the draft is there: ${ids.slice(0, 20).join(', ')}.`,
    });
};

/** The rule set that a proposal makes, with the sign-offs of rules that it leaves as they are. Throws `invalid-rule-set` with what is wrong. */
export const ruleSetOf = async (rules: Pick<RulesInForce, 'named'>, proposal: Proposal): Promise<RuleSet> => {
  if (proposal.kind === 'rule-set') {
    noSignOffs('/body/ruleSet', broughtSignOffs(proposal.ruleSet));
    if (proposal.ruleSet.plan !== undefined)
      refuse({
        pointer: '/body/ruleSet/plan',
        code: 'plan-in-rule-set',
        message: 'A whole rule set is no plan of a council.',
        fix: 'Leave out plan, or send kind "plan" with what the council changes.',
      });
    return proposal.ruleSet;
  }
  const { plan } = proposal;
  const changed = Object.entries(plan.changes).flatMap(([id, change]) => (change.signedOffBy === undefined ? [] : [id]));
  noSignOffs('/body/plan', [...changed, ...broughtSignOffs({ criteria: plan.adds })]);
  const base = await rules.named(plan.over);
  if (base === undefined)
    return refuse({
      pointer: '/body/plan/over',
      code: 'no-such-base',
      message: 'There is no rule set of that id and version to lay the plan over.',
      fix: 'Take id and version from GET /v1/rule-sets.',
    });
  const laid = layPlan({ ...base.ruleSet, ...plan.over }, plan);
  if (!laid.ok)
    return refuse(
      ...laid.problems.slice(0, 20).map((problem) => ({
        pointer: '/body/plan',
        code: 'plan-does-not-fit',
        message: problem,
        fix: 'Correct the plan; GET the rule set it lies over to see what is there.',
      })),
    );
  // The plan's own name stands in `plan`; what it is laid over keeps the name of the national rules.
  const { id, version } = base.ruleSet;
  return inheritSignOffs({ ...laid.ruleSet, id, version }, base.ruleSet);
};

interface Ports extends RuleSetPorts {
  readonly idempotency: Idempotency;
}

/** Writes down a draft. Nothing is held against it until somebody else approves it. */
export const proposeRuleSet = async (
  ports: Ports,
  { proposal, by, idempotencyKey }: { readonly proposal: Proposal; readonly by: Principal; readonly idempotencyKey: string },
): Promise<RuleSetHead> => {
  const { ruleSets, contents, rules, idempotency, transactions, clock } = ports;
  const mark = { operation: 'proposeRuleSet', actorId: by.id, key: idempotencyKey, request: canonicalJson(proposal) };
  const ruleSet = await ruleSetOf(rules, proposal);
  const name = ruleSetName(ruleSet);
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  const there = findVersion(await listVersions(ruleSets), name);
  if (outcome.kind === 'replay' && there) return there;
  if (there) throw new Refusal('rule-set-exists', { about: [there.sha256] });
  const sha256 = hashOf(ruleSet);
  await contents.keep(sha256, canonicalJson(ruleSet));
  const head = headOf(draftRuleSet(ruleSet, sha256, { by: by.id, at: clock.now() }), { shipped: false, revision: 1 });
  const { ok } = await transactions.commit([
    ruleSets.headFragment(head),
    idempotency.fragment(mark, { resourceId: `${name.id}#${name.version}`, at: clock.now() }),
  ]);
  if (!ok) throw new Refusal('try-again');
  return head;
};
