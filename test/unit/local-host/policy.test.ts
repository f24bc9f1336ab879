import { describe, expect, it } from 'vitest';
import { jsonCallDemands } from '#infra/local/host/access/json-call-demands.ts';
import { isAllowed, readStatements } from '#infra/local/access/policy.ts';
import type { Json } from '#infra/local/json.ts';

const may = (statements: Json, action: string, resource: string, context: Record<string, string | readonly string[]> = {}): boolean =>
  isAllowed(readStatements({ Statement: statements }), { action, resource, context });
const allow = (more: Record<string, Json>): Json => [{ Effect: 'Allow', Action: '*', Resource: '*', ...more }];

describe('a role', () => {
  it('allows what a statement names, and nothing else', () => {
    const statements = allow({ Action: ['dynamodb:GetItem', 'dynamodb:Batch*'], Resource: 'arn:aws:dynamodb:eu-west-2:1:table/a' });
    expect(may(statements, 'dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-2:1:table/a')).toBe(true);
    expect(may(statements, 'DynamoDB:batchgetitem', 'arn:aws:dynamodb:eu-west-2:1:table/a')).toBe(true);
    expect(may(statements, 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-2:1:table/a')).toBe(false);
    expect(may(statements, 'dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-2:1:table/A')).toBe(false);
    expect(may(statements, 'dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-2:1:table/a/index/listing')).toBe(false);
    expect(may([], 'dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-2:1:table/a')).toBe(false);
  });

  it('takes * and ? in resources for what they stand for, and every other character for itself', () => {
    const statements = allow({ Resource: ['arn:aws:s3:::files.v1/q/*', 'arn:aws:s3:::files.v1/c/?'] });
    expect(may(statements, 's3:GetObject', 'arn:aws:s3:::files.v1/q/a/b')).toBe(true);
    expect(may(statements, 's3:GetObject', 'arn:aws:s3:::files.v1/c/1')).toBe(true);
    expect(may(statements, 's3:GetObject', 'arn:aws:s3:::files.v1/c/12')).toBe(false);
    expect(may(statements, 's3:GetObject', 'arn:aws:s3:::filesxv1/q/a')).toBe(false);
  });

  it('is overruled by a refusal', () => {
    const statements: Json = [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' },
    ];
    expect(may(statements, 's3:GetObject', 'arn:aws:s3:::b/k')).toBe(true);
    expect(may(statements, 's3:PutObject', 'arn:aws:s3:::b/k')).toBe(false);
  });

  it.each<[Json, Record<string, string | readonly string[]>, boolean]>([
    [{ StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } }, { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' }, true],
    [{ StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } }, { 'kms:ViaService': 'sqs.eu-west-2.amazonaws.com' }, false],
    [{ StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } }, {}, false],
    [{ StringEqualsIfExists: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } }, {}, true],
    [{ StringNotEquals: { 's3:prefix': 'q/' } }, {}, true],
    [{ StringNotEquals: { 's3:prefix': 'q/' } }, { 's3:prefix': 'q/' }, false],
    [{ StringLike: { 's3:prefix': ['q/*', 'c/*'] } }, { 's3:prefix': 'c/1' }, true],
    [{ Null: { 's3:if-none-match': 'true' } }, {}, true],
    [{ Null: { 's3:if-none-match': 'true' } }, { 's3:if-none-match': '*' }, false],
    [{ NumericGreaterThan: { 's3:signatureAge': '300000' } }, { 's3:signatureAge': '300001' }, true],
    [{ NumericGreaterThan: { 's3:signatureAge': '300000' } }, { 's3:signatureAge': '300000' }, false],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
    [{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } }, { 'dynamodb:LeadingKeys': ['a', 'c'] }, false],
    [{ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } }, { 'dynamodb:LeadingKeys': ['a', 'c'] }, true],
  ])('with the condition %j, asked with %j: %s', (condition, context, expected) => {
    expect(may(allow({ Condition: condition }), 'a:b', 'c', context)).toBe(expected);
  });

  it('with a condition the host does not know is not guessed at', () => {
    expect(() => may(allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'a:b', 'c')).toThrow(
      'The local host does not know the policy condition IpAddress.',
    );
  });
});

describe('a call needs', () => {
  const arns = {
    arnOf: (name: string) => `arn:aws:dynamodb:eu-west-2:1:table/${name}`,
    keyOf: (arn: string) => (arn.endsWith('/sealed') ? 'the-key' : undefined),
  };
  const needs = (operation: string, body: Json, service = 'dynamodb') =>
    jsonCallDemands(service, operation, body, arns).map(
      ({ action, resource }) => `${action} ${resource.replace('arn:aws:dynamodb:eu-west-2:1:table/', '')}`,
    );

  it('its own action on its table or index, and decryption where a customer key encrypts it', () => {
    expect(needs('GetItem', { TableName: 'open' })).toEqual(['dynamodb:GetItem open']);
    expect(needs('Query', { TableName: 'sealed', IndexName: 'listing' })).toEqual([
      'dynamodb:Query sealed/index/listing',
      'kms:Decrypt the-key',
    ]);
  });

  it('in a transaction, the action of every part, once', () => {
    const TransactItems = [
      { Put: { TableName: 'open' } },
      { Put: { TableName: 'open' } },
      { Update: { TableName: 'sealed' } },
      { ConditionCheck: { TableName: 'open' } },
      { Delete: { TableName: 'open' } },
    ];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual([
      'dynamodb:PutItem open',
      'dynamodb:UpdateItem sealed',
      'dynamodb:ConditionCheckItem open',
      'dynamodb:DeleteItem open',
      'kms:Decrypt the-key',
    ]);
  });

  it('in a batch, the batch action on every table', () => {
    expect(needs('BatchGetItem', { RequestItems: { open: {}, sealed: {} } })).toEqual([
      'dynamodb:BatchGetItem open',
      'dynamodb:BatchGetItem sealed',
      'kms:Decrypt the-key',
    ]);
  });

  it('the single action for a batch of messages, and both uses of the key to send', () => {
    expect(needs('SendMessageBatch', { QueueUrl: 'sealed' }, 'sqs')).toEqual([
      'sqs:SendMessage sealed',
      'kms:GenerateDataKey the-key',
      'kms:Decrypt the-key',
    ]);
  });

  it('to be known', () => {
    expect(() => needs('ExecuteStatement', {})).toThrow('The local host does not know the call dynamodb:ExecuteStatement.');
  });
});
