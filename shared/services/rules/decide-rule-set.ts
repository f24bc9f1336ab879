import type { Principal } from '../../domain/access/access.ts';
import {
  approveRuleSet,
  retireRuleSet,
  signOffCriterion,
  type LifeRefusal,
  type LifeStep,
  type RuleSetVersion,
} from '../../domain/eligibility/life/rule-set-version.ts';
import { followedBy, leavesDaysWithoutRules, predecessorOf, successorOf } from '../../domain/eligibility/life/follow-on.ts';
import { canonicalJson } from '../../domain/eligibility/replay/canonical-json.ts';
import type { RuleSet, RuleSetName } from '../../domain/eligibility/rule-set.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import { hashOf } from './hash-of.ts';
import { announceRollOut, rollOutFragments } from './roll-out.ts';
import type { RuleSetPorts } from './rule-set-ports.ts';
import type { RuleSetHead } from './rule-set-repository.ts';
import { findVersion, listVersions, standingOf } from './rules-in-force.ts';
import { headOf } from './shipped-rule-sets.ts';

export interface Step {
  readonly name: RuleSetName;
  readonly ifMatch: number;
  readonly by: Principal;
}

const refusalOf: Readonly<Record<LifeRefusal, RefusalCode>> = {
  'not-a-draft': 'state-conflict',
  'approver-is-author': 'second-person-needed',
  'content-changed': 'version-mismatch',
  'overlaps-rules-in-force': 'rules-overlap',
  'takes-effect-in-the-past': 'rules-in-the-past',
  'nothing-to-sign-off': 'nothing-to-sign-off',
  'already-ended': 'state-conflict',
  'ends-in-the-past': 'rules-in-the-past',
  'days-without-rules': 'days-without-rules',
};

const refuse = (refusal: LifeRefusal): never => {
  throw new Refusal(refusalOf[refusal]);
};

const unwrap = (step: LifeStep): RuleSetVersion => (step.ok ? step.version : refuse(step.refusal));

interface Found {
  readonly head: RuleSetHead;
  readonly ruleSet: RuleSet;
  /** Every other version. */
  readonly others: readonly RuleSetHead[];
}

const find = async ({ ruleSets, rules }: RuleSetPorts, { name, ifMatch }: Step): Promise<Found> => {
  const [held, heads] = [await rules.named(name), await listVersions(ruleSets)];
  const head = findVersion(heads, name);
  if (held === undefined || head === undefined) throw new Refusal('rule-set-not-found');
  // What the release brought is not edited here; a plan over it is.
  if (head.revision !== ifMatch || head.sha256 !== held.sha256) throw new Refusal('version-mismatch');
  return { head, ruleSet: held.ruleSet, others: heads.filter((other) => other !== head) };
};

/** The version with its text: what the rules of its life are about. */
const versionOf = ({ head, ruleSet }: Found): RuleSetVersion => {
  const { sha256, drafted, approved, retired, signOffs } = head;
  return { ruleSet, sha256, drafted, ...(approved && { approved }), ...(retired && { retired }), ...(signOffs && { signOffs }) };
};

const nextHead = (version: RuleSetVersion, { shipped, revision }: RuleSetHead): RuleSetHead =>
  headOf(version, { shipped, revision: revision + 1 });

const commit = async (ports: RuleSetPorts, fragments: readonly TransactionFragment[]): Promise<void> => {
  const { ok } = await ports.transactions.commit(fragments);
  if (!ok) throw new Refusal('version-mismatch');
};

/** Somebody named takes responsibility for an unconfirmed criterion of a draft; the draft is another text by it. */
export const signOffRule = async (
  ports: RuleSetPorts,
  step: Step,
  { criterionId, name, office }: { readonly criterionId: string; readonly name: string; readonly office: string },
): Promise<RuleSetHead> => {
  const found = await find(ports, step);
  if (standingOf(found.head, ports.clock.today()) !== 'draft') throw new Refusal('state-conflict');
  const act = { by: step.by.id, at: ports.clock.now() };
  const signedOffBy = { name, office, on: ports.clock.today() };
  const version = unwrap(signOffCriterion(versionOf(found), criterionId, { signedOffBy, act }, hashOf));
  await ports.contents.keep(version.sha256, canonicalJson(version.ruleSet));
  const head = nextHead(version, found.head);
  await commit(ports, [ports.ruleSets.headFragment(head)]);
  return head;
};

/**
 * The second person's word. The version that is in force then ends on the first day of this one, in the same transaction; where that is
 * today, all current families are looked at again.
 */
export const approveVersion = async (ports: RuleSetPorts, step: Step, { read }: { readonly read: string }): Promise<RuleSetHead> => {
  const { ruleSets, clock } = ports;
  const found = await find(ports, step);
  const today = clock.today();
  if (found.head.shipped) throw new Refusal('state-conflict');
  const act = { by: step.by.id, at: clock.now() };
  const predecessor = predecessorOf(found.head, found.others);
  const ended = predecessor && { ...followedBy(predecessor, found.head, act), revision: predecessor.revision + 1 };
  const others = found.others.map((other) => (ended && other === predecessor ? ended : other));
  const version = unwrap(approveRuleSet(versionOf(found), act, { read, today, others }));
  const head = nextHead(version, found.head);
  const gap = leavesDaysWithoutRules(head, others);
  if (gap) refuse(gap);
  const isToday = head.ruleSet.period.effectiveFrom === today;
  const rollOut = isToday ? await rollOutFragments(ports, head.name) : undefined;
  await commit(ports, [ruleSets.headFragment(head), ...(ended ? [ruleSets.headFragment(ended)] : []), ...(rollOut?.fragments ?? [])]);
  if (rollOut) await announceRollOut(ports.queue, rollOut.outboxId);
  return head;
};

/**
 * Drops a draft, or takes back approved rules that have not begun: what they would have followed goes on. Rules in force end when others
 * follow them, and in no other way, so that there is no day without rules.
 */
export const retireVersion = async (ports: RuleSetPorts, step: Step, { because }: { readonly because: string }): Promise<RuleSetHead> => {
  const { ruleSets, clock } = ports;
  const found = await find(ports, step);
  const today = clock.today();
  const standing = standingOf(found.head, today);
  if (standing === 'in-force') throw new Refusal('days-without-rules');
  if (standing !== 'draft' && standing !== 'approved') throw new Refusal('state-conflict');
  const act = { by: step.by.id, at: clock.now() };
  // An approved version can have its end already, by what follows it.
  const { retired: _, ...standingVersion } = versionOf(found);
  const head = nextHead(unwrap(retireRuleSet(standingVersion, act, { on: today, because, today })), found.head);
  const predecessor = standing === 'approved' ? predecessorOf(found.head, found.others) : undefined;
  const goesOn = predecessor && {
    ...followedBy(predecessor, successorOf(predecessor, found.others), act),
    revision: predecessor.revision + 1,
  };
  const gap = goesOn && leavesDaysWithoutRules(goesOn, [...found.others.filter((other) => other !== predecessor)]);
  if (gap) refuse(gap);
  await commit(ports, [ruleSets.headFragment(head), ...(goesOn ? [ruleSets.headFragment(goesOn)] : [])]);
  return head;
};
