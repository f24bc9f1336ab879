import { describe, expect, it } from 'vitest';
import { at, type Json, type JsonObject } from '#infra/local/json.ts';
import type { Stack } from '#infra/local/template/assembly.ts';
import { checkResourceTypes, notEmulated } from '#infra/local/host/template/resource-catalogue.ts';
import { templateModel } from '#infra/local/template/template-model.ts';

const stack = (name: string, template: JsonObject): Stack => ({
  name,
  account: '111122223333',
  region: 'eu-west-2',
  template,
  assets: new Map(),
});

const data = stack('data', {
  Resources: { Records: { Type: 'AWS::DynamoDB::Table', Properties: {} }, Files: { Type: 'AWS::S3::Bucket', Properties: {} } },
  Outputs: { Table: { Value: { Ref: 'Records' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Records' } } } },
});

/** Resolves one value in a stack that has a bit of everything. */
const resolved = (value: Json): Json => {
  const services = stack('services', {
    Parameters: { Size: { Type: 'Number', Default: 3 } },
    Mappings: { Sizes: { 'eu-west-2': { small: '1' } } },
    Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-2'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Worker: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'worker' } },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Worker' }, Name: 'live' } },
      Absent: { Type: 'AWS::SQS::Queue', Condition: 'No', Properties: {} },
      Holder: { Type: 'AWS::IAM::Role', Properties: { value } },
    },
  });
  const model = templateModel([data, services], 'http://127.0.0.1:1');
  expect(model.find('Absent')).toBeUndefined();
  return at(model.find('Holder')?.properties, 'value') ?? 'nothing';
};

describe('a template', () => {
  it.each<[Json, Json]>([
    [{ Ref: 'AWS::Region' }, 'eu-west-2'],
    [{ Ref: 'Size' }, 3],
    [{ Ref: 'Queue' }, 'http://127.0.0.1:1/111122223333/services-Queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-2:111122223333:services-Queue'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'services-Queue'],
    [{ Ref: 'Live' }, 'arn:aws:lambda:eu-west-2:111122223333:function:worker:live'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'AWS::Partition' }, 'b']] }, 'a/aws/b'],
    [
      { 'Fn::Sub': '${Worker} in ${AWS::Region} of ${Queue.Arn}, ${!Literal}' },
      'worker in eu-west-2 of arn:aws:sqs:eu-west-2:111122223333:services-Queue, ${Literal}',
    ],
    [{ 'Fn::Sub': ['${Name}-${AWS::AccountId}', { Name: { Ref: 'Worker' } }] }, 'worker-111122223333'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::ImportValue': 'data:Records' }, 'data-Records'],
    [{ 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Table' } }, 'data-Records'],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, '1'],
    [{ 'Fn::If': ['Yes', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['No', 'yes', { Ref: 'AWS::NoValue' }] }, 'nothing'],
    [{ kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    [
      ['a', { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 'b'] }, 'c'],
      ['a', 'c'],
    ],
  ])('resolves %j', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it('with an intrinsic function the host does not know is refused', () => {
    expect(() => resolved({ 'Fn::Transform': {} })).toThrow('Stack services: the local host does not know Fn::Transform.');
  });

  it('that refers to nothing is refused', () => {
    expect(() => resolved({ Ref: 'Nothing' })).toThrow('Stack services refers to Nothing, which it does not have.');
    expect(() => resolved({ 'Fn::ImportValue': 'nothing' })).toThrow('No stack exports nothing');
  });

  it('says why a type is left out, and stops at one nobody has decided about', () => {
    expect(notEmulated.get('AWS::WAFv2::WebACL')).toBe('no domain, certificate or firewall on one machine');
    const withType = (type: string) => templateModel([stack('s', { Resources: { A: { Type: type } } })], '');
    expect(() => checkResourceTypes(withType('AWS::WAFv2::WebACL'))).not.toThrow();
    expect(() => checkResourceTypes(withType('AWS::Redshift::Cluster'))).toThrow('The local host does not know AWS::Redshift::Cluster');
  });
});
