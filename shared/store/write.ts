import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { ExpressionScope, type Condition } from './condition.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Item = Key & Readonly<Record<string, unknown>>;

/** What an update does to an item. `add` adds to numbers and sets, `take` removes members of sets. */
export interface Changes {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly add?: Readonly<Record<string, unknown>>;
  readonly take?: Readonly<Record<string, unknown>>;
}

/** One write to one item of one table; a transaction is a list of them. */
export type Write =
  | { readonly kind: 'put'; readonly table: string; readonly item: Item; readonly condition?: Condition | undefined }
  | {
      readonly kind: 'update';
      readonly table: string;
      readonly key: Key;
      readonly changes: Changes;
      readonly condition?: Condition | undefined;
    }
  | { readonly kind: 'delete'; readonly table: string; readonly key: Key; readonly condition?: Condition | undefined }
  | { readonly kind: 'check'; readonly table: string; readonly key: Key; readonly condition: Condition };

/** The parts of a request that put, update and delete share, in the words of the SDK. */
export const writeParameters = (write: Write) => {
  const scope = new ExpressionScope();
  const UpdateExpression = write.kind === 'update' ? updateExpression(write.changes, scope) : undefined;
  const ConditionExpression = write.condition && scope.condition(write.condition);
  return {
    TableName: write.table,
    ...(UpdateExpression !== undefined && { UpdateExpression }),
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...scope.attributes(),
  };
};

const updateExpression = (changes: Changes, scope: ExpressionScope): string => {
  const clause = (word: string, parts: readonly string[]): readonly string[] => (parts.length > 0 ? [`${word} ${parts.join(', ')}`] : []);
  const pairs = (of: Readonly<Record<string, unknown>> = {}, between = ' '): readonly string[] =>
    Object.entries(of)
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => `${scope.name(path)}${between}${scope.value(value)}`);
  return [
    ...clause('SET', pairs(changes.set, ' = ')),
    ...clause(
      'REMOVE',
      (changes.remove ?? []).map((path) => scope.name(path)),
    ),
    ...clause('ADD', pairs(changes.add)),
    ...clause('DELETE', pairs(changes.take)),
  ].join(' ');
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const transactItem = (write: Write): TransactItem => {
  const { UpdateExpression = '', ConditionExpression = '', ...shared } = writeParameters(write);
  const conditional = { ...shared, ...(ConditionExpression !== '' && { ConditionExpression }) };
  switch (write.kind) {
    case 'put':
      return { Put: { ...conditional, Item: { ...write.item } } };
    case 'update':
      return { Update: { ...conditional, UpdateExpression, Key: { ...write.key } } };
    case 'delete':
      return { Delete: { ...conditional, Key: { ...write.key } } };
    case 'check':
      return { ConditionCheck: { ...shared, ConditionExpression, Key: { ...write.key } } };
  }
};
