import { requestExamples } from '#infra/cdk/openapi/request-examples.ts';
import { routes } from '#functions/rules-api/routes.ts';
import type { RulesPorts } from '#functions/rules-api/wiring.ts';
import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import { problemSchema, type ProblemBody } from '#shared/contracts/http/problems.ts';
import { proposalSchema, ruleSetVersionViewSchema, type RuleSetVersionView } from '#shared/contracts/http/rule-set-routes.ts';
import { localPlanSchema, type LocalPlan } from '#shared/domain/eligibility/local-plan.ts';
import type { RuleSetName } from '#shared/domain/eligibility/rule-set.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { newId } from '#shared/platform/ids.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoWhatIfRepository } from '#shared/store/what-if/dynamo-what-if-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { callApi, type ApiCall, type ApiResult } from './api-call.ts';
import type { TestDatabase } from './dynamodb-local.ts';
import { memoryAuditTrail } from './memory-audit-trail.ts';

/** Four suspensions instead of three, from a day on: the plan of the API's own example. */
export const fourSuspensions = (effectiveFrom: string, change: Partial<LocalPlan> = {}): LocalPlan => {
  const proposal = proposalSchema.parse(requestExamples['proposeRuleSet']?.value);
  if (proposal.kind !== 'plan' || proposal.plan.period === undefined) throw new Error('the example is a plan with a period');
  const period = { ...proposal.plan.period, effectiveFrom };
  return localPlanSchema.parse({ ...proposal.plan, version: effectiveFrom, period, ...change });
};

export interface RulesWorld {
  readonly ports: RulesPorts;
  readonly sent: readonly AssessMessage[];
  readonly audit: ReturnType<typeof memoryAuditTrail>;
  readonly call: (call: Omit<ApiCall, 'roles'> & { readonly roles?: readonly string[] }) => Promise<ApiResult>;
  readonly propose: (body: unknown, subject?: string) => Promise<ApiResult>;
  readonly read: (name: RuleSetName) => Promise<RuleSetVersionView & { readonly etag: string }>;
  /** One step in the life of a version, by that person, on what stands there now. */
  readonly step: (name: RuleSetName, what: 'sign-offs' | 'approve' | 'retire', body: object, subject: string) => Promise<ApiResult>;
  /** By one person proposed and by another approved. */
  readonly bringIn: (plan: LocalPlan) => Promise<RuleSetVersionView>;
}

export const problemOf = ({ json }: ApiResult): ProblemBody => problemSchema.parse(json);

/** The rules' own API over the test's tables, at noon of a day. */
export const rulesWorld = ({ client, tables }: TestDatabase, today: () => string): RulesWorld => {
  const table = new DocumentTable(client, tables.Records);
  const sent: AssessMessage[] = [];
  const audit = memoryAuditTrail();
  const ports: RulesPorts = {
    ...dynamoRules(table),
    whatIfs: dynamoWhatIfRepository(table),
    outbox: dynamoOutbox(table),
    queue: {
      send: (messages) => {
        sent.push(...messages);
        return Promise.resolve();
      },
    },
    idempotency: dynamoIdempotency(table),
    transactions: dynamoTransactions(client),
    clock: { now: () => `${today()}T12:00:00.000Z`, today },
    newId,
  };
  const handler = httpHandler(routes(ports), { audit });
  const call: RulesWorld['call'] = (asked) => callApi(handler, { roles: ['programme-officer'], ...asked });
  const pathOf = ({ id, version }: RuleSetName): string => `/v1/rule-sets/${id}/versions/${version}`;
  const read: RulesWorld['read'] = async (name) => {
    const { json, headers } = await call({ path: pathOf(name) });
    return { ...ruleSetVersionViewSchema.parse(json), etag: headers['etag'] ?? '' };
  };
  const propose: RulesWorld['propose'] = (body, subject = 'author') =>
    call({ method: 'POST', path: '/v1/rule-sets', subject, headers: { 'Idempotency-Key': newId() }, body });
  const step: RulesWorld['step'] = async (name, what, body, subject) =>
    call({ method: 'POST', path: `${pathOf(name)}/${what}`, subject, headers: { 'If-Match': (await read(name)).etag }, body });
  return {
    ports,
    sent,
    audit,
    call,
    propose,
    read,
    step,
    bringIn: async (plan) => {
      const proposed = await propose({ kind: 'plan', plan });
      if (proposed.status !== 201) throw new Error(proposed.text);
      const { sha256 } = await read(plan);
      const approved = await step(plan, 'approve', { sha256 }, 'manager');
      if (approved.status !== 200) throw new Error(approved.text);
      return ruleSetVersionViewSchema.parse(approved.json);
    },
  };
};
