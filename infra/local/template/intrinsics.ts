import { HostError } from '../host-error.ts';
import type { Stack } from './assembly.ts';
import { at, type Json, isJsonObject, listAt, textAt } from '../json.ts';
import type { Identity } from './resource-names.ts';

/** What resolving needs to know of the rest of the assembly. */
export interface Surroundings {
  readonly identity: (logicalId: string) => Identity;
  /** The value that any stack exports under this name. */
  readonly exported: (name: string) => Json;
  readonly output: (stackName: string, outputId: string) => Json;
}

export interface Resolver {
  /** The value with all intrinsic functions resolved; null where nothing is left of it. */
  readonly resolve: (value: Json | undefined) => Json;
  readonly condition: (name: string) => boolean;
}

/** CloudFormation's intrinsic functions and conditions, within one stack. */
export const stackResolver = (stack: Stack, { identity, exported, output }: Surroundings): Resolver => {
  const pseudoParameters: Readonly<Record<string, string | undefined>> = {
    'AWS::Region': stack.region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
  };

  const text = (value: Json | undefined): string => {
    const resolved = value === undefined ? undefined : resolveOptional(value);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw new HostError(`Stack ${stack.name}: expected text, not ${JSON.stringify(value)}.`);
  };
  const list = (value: Json | undefined): readonly Json[] => listAt(value === undefined ? undefined : resolveOptional(value));
  const condition = (name: string): boolean => resolveOptional(at(stack.template, 'Conditions', name) ?? false) === true;
  const reference = (name: string): Json | undefined => {
    if (name === 'AWS::NoValue') return undefined;
    return pseudoParameters[name] ?? at(stack.template, 'Parameters', name, 'Default') ?? identity(name).ref;
  };
  const attribute = ([id = '', ...rest]: readonly string[]): string => {
    const { arn, attributes } = identity(id);
    const name = rest.join('.');
    return attributes[name] ?? (name === 'Arn' ? arn : `${arn}/${name}`);
  };
  const substitute = (template: Json | undefined, variables: Json | undefined): string =>
    (typeof template === 'string' ? template : '').replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      return text(at(variables, name) ?? (name.includes('.') ? attribute(name.split('.')) : reference(name)));
    });

  const functions: Readonly<Record<string, (parts: readonly Json[], argument: Json) => Json | undefined>> = {
    Ref: (_parts, argument) => reference(text(argument)),
    Condition: (_parts, argument) => condition(text(argument)),
    'Fn::And': (parts) => parts.every((part) => resolveOptional(part) === true),
    'Fn::Equals': ([first, second]) => text(first) === text(second),
    'Fn::FindInMap': (parts) => at(stack.template, 'Mappings', ...parts.map(text)),
    'Fn::GetAtt': (parts, argument) => attribute(typeof argument === 'string' ? argument.split('.') : parts.map(text)),
    'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${stack.region}${zone}`),
    'Fn::GetStackOutput': (_parts, argument) => output(textAt(argument, 'StackName') ?? '', textAt(argument, 'OutputName') ?? ''),
    'Fn::If': ([name, yes = null, no = null]) => resolveOptional(condition(text(name)) ? yes : no),
    'Fn::ImportValue': (_parts, argument) => exported(text(argument)),
    'Fn::Join': ([separator, parts]) => list(parts).map(text).join(text(separator)),
    'Fn::Not': ([part]) => resolveOptional(part ?? false) !== true,
    'Fn::Or': (parts) => parts.some((part) => resolveOptional(part) === true),
    'Fn::Select': ([index, parts]) => list(parts)[Number(text(index))],
    'Fn::Split': ([separator, value]) => text(value).split(text(separator)),
    'Fn::Sub': ([template, variables]) => substitute(template, variables),
  };

  /** Undefined where the template says `AWS::NoValue`: that property or element is not there. */
  const resolveOptional = (value: Json): Json | undefined => {
    if (Array.isArray(value)) return listAt(value).flatMap((item) => resolveOptional(item) ?? []);
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value);
    const [name = '', argument = null] = entries.length === 1 ? (entries[0] ?? []) : [];
    const known = functions[name];
    if (known !== undefined) return known(listAt(argument), argument);
    if (name.startsWith('Fn::')) throw new HostError(`Stack ${stack.name}: the local host does not know ${name}.`);
    return Object.fromEntries(
      entries.flatMap(([key, item]) => {
        const resolved = resolveOptional(item);
        return resolved === undefined ? [] : [[key, resolved]];
      }),
    );
  };

  return { resolve: (value) => (value === undefined ? undefined : resolveOptional(value)) ?? null, condition };
};
