import { HostError } from '../host-error.ts';
import { entriesAt, type Json, listAt, textAt, textsAt } from '../json.ts';

/** One statement of an identity policy, as far as the host evaluates it. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a call wants: `s3:PutObject` on an ARN. */
export interface Demand {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export const readStatements = (document: Json | undefined): readonly Statement[] =>
  listAt(document, 'Statement').map((statement) => ({
    effect: textAt(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    actions: textsAt(statement, 'Action'),
    notActions: textsAt(statement, 'NotAction'),
    resources: textsAt(statement, 'Resource'),
    notResources: textsAt(statement, 'NotResource'),
    conditions: entriesAt(statement, 'Condition').flatMap(([operator, keys]) =>
      entriesAt(keys).map(([key]) => ({ operator, key, values: listAt(keys, key).map(String) })),
    ),
  }));

const compiled = new Map<string, RegExp>();

/** `*` stands for any text, `?` for one character; case counts in resources, not in actions. */
export const matchesPattern = (pattern: string, value: string, flags = ''): boolean => {
  if (pattern === '*' || pattern === value) return true;
  const key = `${flags} ${pattern}`;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  const expression = compiled.get(key) ?? new RegExp(`^${source}$`, flags);
  compiled.set(key, expression);
  return expression.test(value);
};

const anyMatches = (patterns: readonly string[], value: string, flags = ''): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, value, flags));

export const covers = (statement: Statement, demand: Demand): boolean =>
  (statement.notActions.length > 0
    ? !anyMatches(statement.notActions, demand.action, 'i')
    : anyMatches(statement.actions, demand.action, 'i')) &&
  (statement.notResources.length > 0
    ? !anyMatches(statement.notResources, demand.resource)
    : anyMatches(statement.resources, demand.resource)) &&
  statement.conditions.every((condition) => holds(condition, demand.context ?? {}));

/** As AWS decides within one account: an explicit Deny wins, then an Allow is needed. */
export const isAllowed = (statements: readonly Statement[], demand: Demand): boolean => {
  const covering = statements.filter((statement) => covers(statement, demand));
  return covering.length > 0 && covering.every(({ effect }) => effect === 'Allow');
};

const comparisons: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: (expected, actual) => matchesPattern(expected, actual),
  ArnEquals: (expected, actual) => matchesPattern(expected, actual),
  ArnLike: (expected, actual) => matchesPattern(expected, actual),
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  NumericEquals: (expected, actual) => Number(expected) === Number(actual),
  NumericLessThan: (expected, actual) => Number(actual) < Number(expected),
  NumericLessThanEquals: (expected, actual) => Number(actual) <= Number(expected),
  NumericGreaterThan: (expected, actual) => Number(actual) > Number(expected),
};

const holds = (condition: Condition, context: Readonly<Record<string, string | readonly string[]>>): boolean => {
  const [set, rest = condition.operator] = /^(ForAllValues|ForAnyValue):(.+)$/.exec(condition.operator)?.slice(1) ?? [];
  const optional = rest.endsWith('IfExists');
  const operator = optional ? rest.slice(0, -'IfExists'.length) : rest;
  const found = Object.entries(context).find(([key]) => key.toLowerCase() === condition.key.toLowerCase())?.[1];
  if (operator === 'Null') return condition.values.includes(String(found === undefined));
  const negated = /^(String|Arn|Numeric)Not/.test(operator);
  const compare = comparisons[operator.replace('Not', '')];
  if (compare === undefined) throw new HostError(`The local host does not know the policy condition ${condition.operator}.`);
  const actual = found === undefined ? [] : typeof found === 'string' ? [found] : found;
  if (actual.length === 0) return optional || negated || set === 'ForAllValues';
  const matches = (value: string): boolean => condition.values.some((expected) => compare(expected, value)) !== negated;
  return set === 'ForAnyValue' || (set === undefined && !negated) ? actual.some(matches) : actual.every(matches);
};
