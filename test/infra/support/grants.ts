import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';

const oneOrMore = z.preprocess(
  (value): unknown => (Array.isArray(value) ? value : value === undefined ? [] : [value]),
  z.array(z.unknown()),
);

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.unknown().optional(),
});

const documentSchema = z.object({ Statement: z.array(statementSchema) });

const resourceSchema = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

export interface Grant {
  readonly stack: string;
  readonly type: string;
  readonly logicalId: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Text as it is, anything else as JSON. */
  readonly resources: readonly string[];
  readonly condition: string;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every statement of every policy document in a template, whatever it hangs on; who may assume a role left out. */
export const statementsOf = (stack: string, template: Template): readonly Grant[] =>
  Object.entries(templateSchema.parse(template.toJSON()).Resources).flatMap(([logicalId, { Type, Properties }]) =>
    ['PolicyDocument', 'KeyPolicy', 'ManagedPolicyDocument'].flatMap((property) => {
      const document = documentSchema.safeParse(Properties[property]);
      if (!document.success) return [];
      return document.data.Statement.map(({ Effect, Action, Resource, Condition }) => ({
        stack,
        type: Type,
        logicalId,
        effect: Effect,
        actions: Action.map(asText),
        resources: Resource.map(asText),
        condition: JSON.stringify(Condition ?? {}),
      }));
    }),
  );

/** What each function's own policy allows; the name is that of the function's construct (`ApiLinks`, `WorkersIngest`). */
export const policiesOfFunctions = (
  services: Template,
): readonly { readonly name: string; readonly actions: readonly string[]; readonly grants: readonly Grant[] }[] => {
  const grants = statementsOf('Services', services).filter(({ logicalId }) => /^(Api|Workers).*Policy/.test(logicalId));
  const names = [...new Set(grants.map(({ logicalId }) => logicalId.replace(/Policy[0-9A-F]{8}$/, '')))];
  return names.map((name) => {
    const own = grants.filter(({ logicalId }) => logicalId.startsWith(`${name}Policy`));
    return { name, actions: own.flatMap(({ actions }) => actions), grants: own };
  });
};
