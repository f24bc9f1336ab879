import { at, listAt, textsAt } from '../template/json.ts';
import type { Resource, TemplateModel } from '../template/template-model.ts';
import { covers, type Demand, isAllowed, matchesPattern, readStatements, type Statement } from './policy.ts';

/** One kind of call of one function, as often as it was made. */
export interface RecordedCall {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly count: number;
}

/** An action or a resource of an Allow statement that no call needed. */
export interface UnusedGrant {
  readonly function: string;
  readonly action?: string;
  readonly resource?: string;
}

export interface FunctionAccess {
  /** Decides and records; true only when every demand is allowed. */
  readonly allows: (functionName: string, demands: readonly Demand[]) => boolean;
  /** For what AWS looks up by the way: a no is neither recorded nor an error. */
  readonly happensToAllow: (functionName: string, demand: Demand) => boolean;
  readonly calls: () => readonly RecordedCall[];
  readonly unusedGrants: () => readonly UnusedGrant[];
}

/** Done by Lambda itself with the function's role; no SDK call shows them. */
const byTheService = /^(logs|ec2|xray|cloudwatch):/i;

/** Every function's role, its policies, and what was asked of them. */
export const functionAccess = (
  model: TemplateModel,
  functions: readonly { readonly name: string; readonly role: string }[],
): FunctionAccess => {
  const roles = model.ofType('AWS::IAM::Role');
  const attached = model.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
  const statements = new Map(
    functions.map(({ name, role: arn }) => {
      const role = roles.find((candidate) => candidate.arn === arn);
      return [name, role === undefined ? [] : statementsOf(role, attached)] as const;
    }),
  );
  const recorded = new Map<string, { call: Omit<RecordedCall, 'count'>; demand: Demand; count: number }>();

  const record = (functionName: string, demand: Demand, allowed: boolean): void => {
    const key = `${functionName}|${demand.action}|${demand.resource}|${allowed}`;
    const entry = recorded.get(key);
    if (entry !== undefined) entry.count++;
    else
      recorded.set(key, { call: { function: functionName, action: demand.action, resource: demand.resource, allowed }, demand, count: 1 });
  };

  return {
    allows: (functionName, demands) => {
      const own = statements.get(functionName) ?? [];
      let all = true;
      for (const demand of demands) {
        const complete: Demand = { ...demand, context: { 'aws:SecureTransport': 'true', ...demand.context } };
        const allowed = isAllowed(own, complete);
        record(functionName, complete, allowed);
        all &&= allowed;
      }
      return all;
    },
    happensToAllow: (functionName, demand) => {
      const allowed = isAllowed(statements.get(functionName) ?? [], demand);
      if (allowed) record(functionName, demand, true);
      return allowed;
    },
    calls: () => [...recorded.values()].map(({ call, count }) => ({ ...call, count })),
    unusedGrants: () =>
      functions.flatMap(({ name }) => {
        const used = [...recorded.values()].filter(({ call }) => call.function === name && call.allowed).map(({ demand }) => demand);
        return (statements.get(name) ?? [])
          .filter(({ effect }) => effect === 'Allow')
          .flatMap((statement) => unusedOf(name, statement, used));
      }),
  };
};

const statementsOf = (role: Resource, attached: readonly Resource[]): readonly Statement[] => [
  ...listAt(role.properties, 'Policies').flatMap((policy) => readStatements(at(policy, 'PolicyDocument'))),
  ...attached
    .filter(
      (policy) =>
        textsAt(policy.properties, 'Roles').includes(role.ref) || textsAt(role.properties, 'ManagedPolicyArns').includes(policy.arn),
    )
    .flatMap((policy) => readStatements(at(policy.properties, 'PolicyDocument'))),
];

const unusedOf = (name: string, statement: Statement, used: readonly Demand[]): readonly UnusedGrant[] => {
  const covered = used.filter((demand) => covers(statement, demand));
  const own = statement.actions.filter((action) => !byTheService.test(action));
  if (own.length === 0) return [];
  return [
    ...own
      .filter((action) => !covered.some((demand) => matchesPattern(action, demand.action, 'i')))
      .map((action) => ({ function: name, action })),
    ...statement.resources
      .filter((resource) => !covered.some((demand) => matchesPattern(resource, demand.resource)))
      .map((resource) => ({ function: name, resource })),
  ];
};
