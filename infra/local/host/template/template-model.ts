import { HostError } from '../host-error.ts';
import type { Stack } from './assembly.ts';
import { at, entriesAt, type Json, isJsonObject, listAt, textAt } from './json.ts';
import { identify, type Identity } from './resource-names.ts';

export interface Resource extends Identity {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** All intrinsic functions resolved. */
  readonly properties: Json;
}

export interface TemplateModel {
  readonly stacks: readonly Stack[];
  readonly types: ReadonlySet<string>;
  readonly ofType: (...types: readonly string[]) => readonly Resource[];
  readonly find: (logicalId: string) => Resource | undefined;
  /** `<stack name>.<output id>` → value. */
  readonly outputs: () => Readonly<Record<string, string>>;
}

/** Resolves a whole assembly's intrinsic functions, each value only when it is asked for. */
export const templateModel = (stacks: readonly Stack[], queueOrigin: string): TemplateModel => {
  const identities = new Map<string, Identity>();
  const resolvedProperties = new Map<string, Json>();

  const definition = (stack: Stack, id: string): Json | undefined => at(stack.template, 'Resources', id);

  const identity = (stack: Stack, id: string): Identity => {
    const key = `${stack.name}/${id}`;
    const known = identities.get(key);
    if (known !== undefined) return known;
    const resource = definition(stack, id);
    if (resource === undefined) throw new HostError(`Stack ${stack.name} refers to ${id}, which it does not have.`);
    // Only names are resolved here: whole properties may refer back to this resource.
    const names = Object.fromEntries(
      entriesAt(resource, 'Properties')
        .filter(([name]) => /(^Name|Name|^Identifier)$/.test(name))
        .map(([name, value]) => [name, resolve(stack, value)]),
    );
    const made = identify(stack, id, textAt(resource, 'Type') ?? '', names, queueOrigin);
    identities.set(key, made);
    return made;
  };

  const reference = (stack: Stack, name: string): Json => {
    const pseudo = pseudoParameter(stack, name);
    if (pseudo !== undefined) return pseudo;
    const parameter = at(stack.template, 'Parameters', name);
    if (parameter !== undefined) {
      const value = at(parameter, 'Default');
      if (value === undefined) throw new HostError(`Stack ${stack.name} has the parameter ${name} without a default.`);
      return value;
    }
    return identity(stack, name).ref;
  };

  const attribute = (stack: Stack, id: string, name: string): string => {
    const { arn, attributes } = identity(stack, id);
    return attributes[name] ?? (name === 'Arn' ? arn : `${arn}/${name}`);
  };

  const condition = (stack: Stack, value: Json): boolean => {
    if (typeof value === 'string') {
      const named = at(stack.template, 'Conditions', value);
      if (named === undefined) throw new HostError(`Stack ${stack.name} has no condition ${value}.`);
      return condition(stack, named);
    }
    const [name, argument] = entriesAt(value)[0] ?? ['', null];
    const parts = listAt(argument);
    if (name === 'Fn::Equals') return JSON.stringify(resolve(stack, parts[0] ?? null)) === JSON.stringify(resolve(stack, parts[1] ?? null));
    if (name === 'Fn::Not') return !condition(stack, parts[0] ?? null);
    if (name === 'Fn::And') return parts.every((part) => condition(stack, part));
    if (name === 'Fn::Or') return parts.some((part) => condition(stack, part));
    if (name === 'Condition') return condition(stack, argument);
    throw new HostError(`Stack ${stack.name}: the host does not know the condition ${name}.`);
  };

  const text = (stack: Stack, value: Json | undefined): string => {
    const resolved = value === undefined ? undefined : resolve(stack, value);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw new HostError(`Stack ${stack.name}: expected text, not ${JSON.stringify(value)}.`);
  };

  const substitute = (stack: Stack, argument: Json): string => {
    const parts = listAt(argument);
    const variables = parts[1];
    return text(stack, parts[0]).replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const own = at(variables, name);
      if (own !== undefined) return text(stack, own);
      const [id = '', ...rest] = name.split('.');
      return rest.length === 0 ? text(stack, reference(stack, id)) : attribute(stack, id, rest.join('.'));
    });
  };

  const imported = (name: string): Json => {
    for (const stack of stacks) {
      for (const [, output] of entriesAt(stack.template, 'Outputs')) {
        const exportName = at(output, 'Export', 'Name');
        if (exportName !== undefined && resolve(stack, exportName) === name) return resolve(stack, at(output, 'Value') ?? null);
      }
    }
    throw new HostError(`No stack of the assembly exports ${name}: run "npm run synth" for the whole app.`);
  };

  const intrinsic = (stack: Stack, name: string, argument: Json): Json | undefined => {
    const parts = listAt(argument);
    switch (name) {
      case 'Ref':
        return reference(stack, text(stack, argument));
      case 'Fn::GetAtt': {
        const [id = '', ...rest] = typeof argument === 'string' ? argument.split('.') : parts.map((part) => text(stack, part));
        return attribute(stack, id, rest.join('.'));
      }
      case 'Fn::Sub':
        return substitute(stack, argument);
      case 'Fn::Join':
        return listAt(resolve(stack, parts[1] ?? []))
          .map((part) => text(stack, part))
          .join(text(stack, parts[0]));
      case 'Fn::Select':
        return listAt(resolve(stack, parts[1] ?? []))[Number(text(stack, parts[0]))] ?? null;
      case 'Fn::Split':
        return text(stack, parts[1]).split(text(stack, parts[0]));
      case 'Fn::ImportValue':
        return imported(text(stack, argument));
      case 'Fn::GetStackOutput': {
        const other = stacks.find((candidate) => candidate.name === textAt(argument, 'StackName'));
        const value = at(other?.template, 'Outputs', textAt(argument, 'OutputName') ?? '', 'Value');
        if (other === undefined || value === undefined) throw new HostError(`Stack ${stack.name}: no output ${JSON.stringify(argument)}.`);
        return resolve(other, value);
      }
      case 'Fn::FindInMap': {
        const [map = '', first = '', second = ''] = parts.map((part) => text(stack, part));
        return at(stack.template, 'Mappings', map, first, second) ?? null;
      }
      case 'Fn::If':
        return resolve(stack, (condition(stack, parts[0] ?? null) ? parts[1] : parts[2]) ?? null);
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => `${stack.region}${zone}`);
      case 'Fn::Base64':
        return Buffer.from(text(stack, argument)).toString('base64');
      default:
        if (name.startsWith('Fn::')) throw new HostError(`Stack ${stack.name}: the host does not know ${name}.`);
        return undefined;
    }
  };

  const isAbsent = (value: Json): boolean => isJsonObject(value) && value['Ref'] === 'AWS::NoValue';

  const resolve = (stack: Stack, value: Json): Json => {
    if (Array.isArray(value)) return listAt(value).flatMap((item) => (isAbsent(item) ? [] : [resolve(stack, item)]));
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    const result = first !== undefined && entries.length === 1 ? intrinsic(stack, first[0], first[1]) : undefined;
    if (result !== undefined) return result;
    const kept = entries.filter(([, item]) => !isAbsent(chosen(stack, item)));
    return Object.fromEntries(kept.map(([name, item]) => [name, resolve(stack, item)]));
  };

  /** `{ "Fn::If": [c, x, { Ref: AWS::NoValue }] }` removes the property where the condition says so. */
  const chosen = (stack: Stack, value: Json): Json => {
    const parts = listAt(value, 'Fn::If');
    return parts.length === 3 ? ((condition(stack, parts[0] ?? null) ? parts[1] : parts[2]) ?? null) : value;
  };

  const existing = stacks.flatMap((stack) =>
    entriesAt(stack.template, 'Resources')
      .filter(([, resource]) => {
        const named = textAt(resource, 'Condition');
        return named === undefined || condition(stack, named);
      })
      .map(([id, resource]) => ({ stack, id, type: textAt(resource, 'Type') ?? '' })),
  );

  const load = ({ stack, id, type }: { stack: Stack; id: string; type: string }): Resource => {
    const key = `${stack.name}/${id}`;
    const properties = resolvedProperties.get(key) ?? resolve(stack, at(definition(stack, id), 'Properties') ?? {});
    resolvedProperties.set(key, properties);
    return { stack, logicalId: id, type, properties, ...identity(stack, id) };
  };

  return {
    stacks,
    types: new Set(existing.map(({ type }) => type)),
    ofType: (...types) => existing.filter(({ type }) => types.includes(type)).map(load),
    find: (logicalId) => existing.filter(({ id }) => id === logicalId).map(load)[0],
    outputs: () =>
      Object.fromEntries(
        stacks.flatMap((stack) =>
          entriesAt(stack.template, 'Outputs').map(([id, output]) => [`${stack.name}.${id}`, text(stack, at(output, 'Value'))]),
        ),
      ),
  };
};

const pseudoParameter = (stack: Stack, name: string): string | undefined => {
  const values: Readonly<Record<string, string>> = {
    'AWS::Region': stack.region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
    'AWS::NoValue': '',
  };
  return values[name];
};
