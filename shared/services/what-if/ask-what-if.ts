import type { WhatIfQuestion, WhatIfView } from '../../contracts/http/what-if-routes.ts';
import type { Principal } from '../../domain/access/access.ts';
import { addDays, formatIsoDate } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import { canonicalJson } from '../../domain/eligibility/replay/canonical-json.ts';
import { ruleSetName } from '../../domain/eligibility/rule-set.ts';
import { noChanges, suppressSmall } from '../../domain/eligibility/what-if/count-changes.ts';
import { Refusal } from '../refusal.ts';
import { hashOf } from '../rules/hash-of.ts';
import { ruleSetOf } from '../rules/propose-rule-set.ts';
import { announceRollOut } from '../rules/roll-out.ts';
import type { RuleSetPorts } from '../rules/rule-set-ports.ts';
import type { HashedRuleSet } from '../rules/rule-set-repository.ts';
import type { Idempotency } from '../uploads/idempotency.ts';
import type { WhatIf, WhatIfRepository } from './what-if.ts';

export interface WhatIfPorts extends RuleSetPorts {
  readonly whatIfs: WhatIfRepository;
  readonly idempotency: Idempotency;
}

const daysKept = 90;

const draftOf = async ({ rules, contents }: WhatIfPorts, question: WhatIfQuestion): Promise<HashedRuleSet> => {
  if (question.kind === 'version') {
    const found = await rules.named(question);
    if (found === undefined) throw new Refusal('rule-set-not-found');
    return found;
  }
  const ruleSet = await ruleSetOf(rules, question);
  const sha256 = hashOf(ruleSet);
  await contents.keep(sha256, canonicalJson(ruleSet));
  return { ruleSet, sha256 };
};

const named = ({ ruleSet, sha256 }: HashedRuleSet) => ({ ...ruleSetName(ruleSet), sha256 });

/** Notes the question; a worker answers it family by family. Nothing but the answer's own counts is written. */
export const askWhatIf = async (
  ports: WhatIfPorts,
  { question, by, idempotencyKey }: { readonly question: WhatIfQuestion; readonly by: Principal; readonly idempotencyKey: string },
): Promise<WhatIf> => {
  const { whatIfs, rules, contents, outbox, idempotency, transactions, queue, clock, newId } = ports;
  const mark = { operation: 'askWhatIf', actorId: by.id, key: idempotencyKey, request: canonicalJson(question) };
  const before = await idempotency.begin(mark);
  if (before.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  if (before.kind === 'replay') return findWhatIf(ports, before.resourceId);
  const draft = await draftOf(ports, question);
  const against = await rules.on(clock.today());
  // Those of the code, too: the worker may be of another release.
  for (const { sha256, ruleSet } of [draft, against]) await contents.keep(sha256, canonicalJson(ruleSet));
  const whatIf: WhatIf = {
    whatIfId: newId(),
    state: 'working',
    draft: named(draft),
    against: named(against),
    asAt: clock.today(),
    askedBy: by.id,
    askedAt: clock.now(),
    families: 0,
    eligible: noChanges,
    criteria: {},
    outboxId: newId(),
    revision: 1,
    expiresOn: formatIsoDate(addDays(dayOf(clock.today()), daysKept)),
  };
  const { whatIfId, outboxId } = whatIf;
  const { ok } = await transactions.commit([
    whatIfs.whatIfFragment(whatIf),
    outbox.addFragment({ outboxId, createdAt: clock.now(), work: { kind: 'what-if', whatIfId } }),
    idempotency.fragment(mark, { resourceId: whatIfId, at: clock.now() }),
  ]);
  if (!ok) throw new Refusal('try-again');
  await announceRollOut(queue, outboxId);
  return whatIf;
};

export const findWhatIf = async ({ whatIfs }: Pick<WhatIfPorts, 'whatIfs'>, whatIfId: string): Promise<WhatIf> => {
  const whatIf = await whatIfs.findWhatIf(whatIfId);
  if (whatIf === undefined) throw new Refusal('what-if-not-found', { about: [whatIfId] });
  return whatIf;
};

/** The answer with small numbers withheld; none while it is being worked out, since two states of it would tell of single families. */
export const whatIfView = ({
  whatIfId,
  state,
  draft,
  against,
  asAt,
  askedAt,
  finishedAt,
  families,
  eligible,
  criteria,
}: WhatIf): WhatIfView => {
  const view = {
    whatIfId,
    state,
    draft: { id: draft.id, version: draft.version },
    draftSha256: draft.sha256,
    against: { id: against.id, version: against.version },
    asAt,
    askedAt,
    ...(finishedAt !== undefined && { finishedAt }),
  };
  if (state !== 'done') return view;
  const all = suppressSmall(eligible);
  const changed = Object.entries(criteria)
    .filter(([, { gain, lose, becomeUnknown, becomeNot }]) => gain + lose + becomeUnknown + becomeNot > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([criterionId, counts]) => ({ criterionId, ...suppressSmall(counts) }));
  const isTotalShown = [all, ...changed].every((each) => each.isTotalShown);
  return {
    ...view,
    result: {
      families: isTotalShown ? families : 'withheld',
      eligible: all.counts,
      criteria: changed.map(({ criterionId, counts }) => ({ criterionId, met: counts })),
    },
  };
};
