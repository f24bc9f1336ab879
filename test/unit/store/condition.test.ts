import { expect, it } from 'vitest';
import { condition, ExpressionScope } from '#shared/store/condition.ts';
import { transactItem } from '#shared/store/write.ts';

it('conditions are compiled with placeholders only', () => {
  const scope = new ExpressionScope();
  const text = scope.condition(
    condition.all(
      condition.oneOf('state', ['clean', 'ingesting']),
      condition.any(condition.absent('leaseOwner'), condition.equals('checkpoint.chunk', 3)),
    ),
  );
  expect(text).toBe('(#n0 IN (:v0, :v1)) AND ((attribute_not_exists(#n1)) OR (#n2.#n3 = :v2))');
  expect(scope.attributes()).toEqual({
    ExpressionAttributeNames: { '#n0': 'state', '#n1': 'leaseOwner', '#n2': 'checkpoint', '#n3': 'chunk' },
    ExpressionAttributeValues: { ':v0': 'clean', ':v1': 'ingesting', ':v2': 3 },
  });
});

it('an update sets, removes and adds in one expression, and leaves out what is undefined', () => {
  const item = transactItem({
    kind: 'update',
    table: 'T',
    key: { pk: 'a', sk: 'b' },
    changes: { set: { state: 'x', left: undefined }, remove: ['lease'], add: { version: 1 } },
    condition: condition.exists('pk'),
  });
  expect(item).toEqual({
    Update: {
      TableName: 'T',
      Key: { pk: 'a', sk: 'b' },
      UpdateExpression: 'SET #n0 = :v0 REMOVE #n1 ADD #n2 :v1',
      ConditionExpression: 'attribute_exists(#n3)',
      ExpressionAttributeNames: { '#n0': 'state', '#n1': 'lease', '#n2': 'version', '#n3': 'pk' },
      ExpressionAttributeValues: { ':v0': 'x', ':v1': 1 },
    },
  });
});
