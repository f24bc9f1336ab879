import { at, listAt, textsAt } from '../../json.ts';
import type { Resource, TemplateModel } from '../../template/template-model.ts';
import { covers, type Demand, isAllowed, matchesPattern, readStatements, type Statement } from '../../access/policy.ts';

/** One kind of call of one function, as often as it was made. */
export interface RecordedCall {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly count: number;
}

/** An action of an Allow statement that no call needed, or resources of it that none of its actions was used on. */
export interface UnusedGrant {
  readonly function: string;
  readonly action: string;
  readonly resources: readonly string[];
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
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => model.ofType(type));
  const statements = new Map(
    functions.map(({ name, role: arn }) => {
      const role = model.ofType('AWS::IAM::Role').find((candidate) => candidate.arn === arn);
      return [name, role === undefined ? [] : statementsOf(role, attached)] as const;
    }),
  );
  const recorded = new Map<string, { readonly call: Omit<RecordedCall, 'count'>; readonly demand: Demand; count: number }>();

  const decide = (name: string, asked: Demand): { readonly allowed: boolean; readonly record: () => void } => {
    const demand = { ...asked, context: { 'aws:SecureTransport': 'true', ...asked.context } };
    const allowed = isAllowed(statements.get(name) ?? [], demand);
    const { action, resource } = demand;
    const record = (): void => {
      const key = `${name}|${action}|${resource}|${allowed}`;
      const entry = recorded.get(key) ?? { call: { function: name, action, resource, allowed }, demand, count: 0 };
      entry.count++;
      recorded.set(key, entry);
    };
    return { allowed, record };
  };

  return {
    allows: (name, demands) => {
      const decisions = demands.map((demand) => decide(name, demand));
      for (const { record } of decisions) record();
      return decisions.every(({ allowed }) => allowed);
    },
    happensToAllow: (name, demand) => {
      const { allowed, record } = decide(name, demand);
      if (allowed) record();
      return allowed;
    },
    calls: () => [...recorded.values()].map(({ call, count }) => ({ ...call, count })),
    unusedGrants: () =>
      functions.flatMap(({ name }) => {
        const used = [...recorded.values()].filter(({ call }) => call.function === name && call.allowed).map(({ demand }) => demand);
        const grants = (statements.get(name) ?? []).filter(({ effect }) => effect === 'Allow');
        return grants.flatMap((statement) => unusedOf(statement, used)).map((unused) => ({ function: name, ...unused }));
      }),
  };
};

const statementsOf = (role: Resource, attached: readonly Resource[]): readonly Statement[] => {
  const inline = listAt(role.properties, 'Policies').map((policy) => at(policy, 'PolicyDocument'));
  const own = attached.filter(
    ({ arn, properties }) => textsAt(properties, 'Roles').includes(role.ref) || textsAt(role.properties, 'ManagedPolicyArns').includes(arn),
  );
  return [...inline, ...own.map(({ properties }) => at(properties, 'PolicyDocument'))].flatMap(readStatements);
};

const unusedOf = (statement: Statement, used: readonly Demand[]): readonly Omit<UnusedGrant, 'function'>[] => {
  const covered = used.filter((demand) => covers(statement, demand));
  const actions = statement.actions.filter((action) => !byTheService.test(action));
  const unused = actions.filter((action) => !covered.some((demand) => matchesPattern(action, demand.action, 'i')));
  if (unused.length > 0) return unused.map((action) => ({ action, resources: statement.resources }));
  const untouched = statement.resources.filter((resource) => !covered.some((demand) => matchesPattern(resource, demand.resource)));
  return actions.length === 0 || untouched.length === 0 ? [] : [{ action: actions.join(', '), resources: untouched }];
};
