import { ruleSetRoutes } from '#shared/contracts/http/rule-set-routes.ts';
import { whatIfRoutes } from '#shared/contracts/http/what-if-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { approveVersion, retireVersion, signOffRule } from '#shared/services/rules/decide-rule-set.ts';
import { proposeRuleSet } from '#shared/services/rules/propose-rule-set.ts';
import { listRuleSets, readChanges, readRuleSet, ruleSetView } from '#shared/services/rules/read-rule-sets.ts';
import type { RuleSetHead } from '#shared/services/rules/rule-set-repository.ts';
import { askWhatIf, findWhatIf, whatIfView } from '#shared/services/what-if/ask-what-if.ts';
import type { RulesPorts } from './wiring.ts';

const [list, propose, read, compare, signOff, approve, retire] = ruleSetRoutes;

const [ask, readOne] = whatIfRoutes;

const nameOf = ({ ruleSetId, version }: { readonly ruleSetId: string; readonly version: string }) => ({ id: ruleSetId, version });
const pathOf = ({ name }: RuleSetHead): `/v1/${string}` => `/v1/rule-sets/${name.id}/versions/${name.version}`;

export const routes = (ports: RulesPorts): RouteHandlers => {
  const decided = (head: RuleSetHead) => ({ body: ruleSetView(head, ports.clock.today()), etag: head.revision, subjects: [head.sha256] });
  return [
    handle(list, async ({ query }) => ({ body: await listRuleSets(ports, query), subjects: [] })),
    handle(propose, async ({ body, principal, idempotencyKey }) => {
      const head = await proposeRuleSet(ports, { proposal: body, by: principal, idempotencyKey });
      return { ...decided(head), location: pathOf(head) };
    }),
    handle(read, async ({ path }) => {
      const { view, revision } = await readRuleSet(ports, nameOf(path));
      return { body: view, etag: revision, subjects: [view.sha256] };
    }),
    handle(compare, async ({ path, query }) => {
      const [name, from] = [nameOf(path), { id: query.fromId, version: query.fromVersion }];
      return { body: { from, to: name, changes: [...(await readChanges(ports, { name, from }))] }, subjects: [] };
    }),
    handle(signOff, async ({ path, body, ifMatch, principal }) =>
      decided(await signOffRule(ports, { name: nameOf(path), ifMatch, by: principal }, body)),
    ),
    handle(approve, async ({ path, body, ifMatch, principal }) =>
      decided(await approveVersion(ports, { name: nameOf(path), ifMatch, by: principal }, { read: body.sha256 })),
    ),
    handle(retire, async ({ path, body, ifMatch, principal }) =>
      decided(await retireVersion(ports, { name: nameOf(path), ifMatch, by: principal }, body)),
    ),
    handle(ask, async ({ body, principal, idempotencyKey }) => {
      const whatIf = await askWhatIf(ports, { question: body, by: principal, idempotencyKey });
      return { body: whatIfView(whatIf), location: `/v1/what-ifs/${whatIf.whatIfId}`, subjects: [whatIf.whatIfId, whatIf.draft.sha256] };
    }),
    handle(readOne, async ({ path }) => {
      const whatIf = await findWhatIf(ports, path.whatIfId);
      return { body: whatIfView(whatIf), subjects: [whatIf.whatIfId] };
    }),
  ];
};
