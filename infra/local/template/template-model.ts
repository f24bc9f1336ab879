import { HostError } from '../host-error.ts';
import type { Stack } from './assembly.ts';
import { type Resolver, stackResolver } from './intrinsics.ts';
import { at, entriesAt, type Json, textAt } from '../json.ts';
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
  readonly ofType: (type: string) => readonly Resource[];
  readonly find: (logicalId: string) => Resource | undefined;
}

/** A whole assembly, each value resolved only when it is asked for. */
export const templateModel = (stacks: readonly Stack[], queueOrigin: string): TemplateModel => {
  const identityIn = (stack: Stack): ((id: string) => Identity) =>
    remembering((id) => {
      const resource = at(stack.template, 'Resources', id);
      if (resource === undefined) throw new HostError(`Stack ${stack.name} refers to ${id}, which it does not have.`);
      // Only names are resolved here: whole properties may refer back to this resource.
      const names = entriesAt(resource, 'Properties').filter(([name]) => /Name$|^Identifier$/.test(name));
      const resolved = names.map(([name, value]) => [name, resolverOf(stack).resolve(value)] as const);
      return identify(stack, id, textAt(resource, 'Type') ?? '', Object.fromEntries(resolved), queueOrigin);
    });
  const output = (stackName: string, id: string): Json => {
    const stack = stacks.find(({ name }) => name === stackName);
    const value = at(stack?.template, 'Outputs', id, 'Value');
    if (stack === undefined || value === undefined)
      throw new HostError(`Stack ${stackName} has no output ${id}: run "npm run synth" again.`);
    return resolverOf(stack).resolve(value);
  };
  const exported = (name: string): Json => {
    for (const stack of stacks) {
      const found = entriesAt(stack.template, 'Outputs').find(
        ([, candidate]) => at(candidate, 'Export') !== undefined && resolverOf(stack).resolve(at(candidate, 'Export', 'Name')) === name,
      );
      if (found !== undefined) return output(stack.name, found[0]);
    }
    throw new HostError(`No stack exports ${name}: run "npm run synth" for the whole app.`);
  };
  const identities = new Map(stacks.map((stack) => [stack, identityIn(stack)]));
  const identity = (stack: Stack, id: string): Identity => (identities.get(stack) ?? identityIn(stack))(id);
  const resolvers = new Map<Stack, Resolver>();
  const resolverOf = (stack: Stack): Resolver => {
    const resolver = resolvers.get(stack) ?? stackResolver(stack, { identity: (id) => identity(stack, id), exported, output });
    resolvers.set(stack, resolver);
    return resolver;
  };

  const existing = stacks.flatMap((stack) =>
    entriesAt(stack.template, 'Resources').flatMap(([logicalId, resource]) => {
      const condition = textAt(resource, 'Condition');
      if (condition !== undefined && !resolverOf(stack).condition(condition)) return [];
      const load = (): Resource => ({
        stack,
        logicalId,
        type: textAt(resource, 'Type') ?? '',
        properties: resolverOf(stack).resolve(at(resource, 'Properties')),
        ...identity(stack, logicalId),
      });
      return [{ type: textAt(resource, 'Type') ?? '', logicalId, load }];
    }),
  );
  return {
    stacks,
    types: new Set(existing.map(({ type }) => type)),
    ofType: remembering((wanted) => existing.filter(({ type }) => type === wanted).map(({ load }) => load())),
    find: remembering((wanted) => existing.find(({ logicalId }) => logicalId === wanted)?.load()),
  };
};

/** Computes each answer once. */
const remembering = <Answer>(compute: (question: string) => Answer): ((question: string) => Answer) => {
  const known = new Map<string, Answer>();
  return (question) => {
    const answer = known.get(question);
    if (answer !== undefined) return answer;
    const computed = compute(question);
    known.set(question, computed);
    return computed;
  };
};
