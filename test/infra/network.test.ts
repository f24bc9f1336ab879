import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAllowed, readStatements, type Demand } from '#infra/local/access/policy.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { templateModel } from '#infra/local/template/template-model.ts';
import { asText, at, textAt, textsAt } from '#infra/local/json.ts';
import { appOf } from './support/synthesise.ts';

const account = '000000000000';
const outdir = mkdtempSync(join(tmpdir(), 'network-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
appOf('prod', {
  outdir,
  config: {
    network: {
      kind: 'isolated',
      zones: ['eu-west-2a', 'eu-west-2b'],
      interfaceEndpoints: ['sqs', 'secretsmanager', 'guardduty', 'kms', 'logs'],
    },
  },
}).synth();
const model = templateModel(readAssembly(outdir), 'https://sqs.local');

/** Service → whether its endpoint lets a call through that an account's credentials make. */
const endpoints = new Map(
  model.ofType('AWS::EC2::VPCEndpoint').map(({ properties }) => {
    const service =
      asText(at(properties, 'ServiceName') ?? '')
        .split('.')
        .at(-1) ?? '';
    const statements = readStatements(at(properties, 'PolicyDocument'));
    return [
      service,
      (demand: Demand, by = account) => isAllowed(statements, { ...demand, context: { 'aws:PrincipalAccount': by } }),
    ] as const;
  }),
);
const through = (demand: Demand, by?: string): boolean => endpoints.get(demand.action.split(':')[0] ?? '')?.(demand, by) ?? false;

/** Done by the Lambda service outside the network, or by another service in the function's name. */
const notInTheNetwork = /^(kms:(Decrypt|GenerateDataKey)$|logs:|ec2:|xray:|sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)$)/;

const demands = model
  .ofType('AWS::IAM::ManagedPolicy')
  .filter(({ logicalId }) => /^(Api|Workers).*Policy/.test(logicalId))
  .flatMap(({ properties }) => readStatements(at(properties, 'PolicyDocument')))
  .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((resource) => ({ action, resource }))))
  .filter(({ action }) => !notInTheNetwork.test(action));

describe('the endpoints of the network', () => {
  test('each have a policy', () => {
    expect([...endpoints.keys()].toSorted()).toEqual(['dynamodb', 'guardduty', 'kms', 'logs', 's3', 'secretsmanager', 'sqs']);
    for (const { properties, logicalId } of model.ofType('AWS::EC2::VPCEndpoint')) {
      expect(textAt(properties, 'PolicyDocument', 'Version'), logicalId).toBe('2012-10-17');
    }
  });

  test('let through every call that a function’s role allows', () => {
    expect(new Set(demands.map(({ action }) => action.split(':')[0]))).toEqual(
      new Set(['dynamodb', 'guardduty', 'kms', 's3', 'secretsmanager', 'sqs']),
    );
    expect(demands.filter((demand) => !through(demand))).toEqual([]);
  });

  test('let none of these calls through with another account’s credentials', () => {
    expect(demands.filter((demand) => through(demand, '444455556666'))).toEqual([]);
  });

  test('let no call through to what is not ours', () => {
    const elsewhere: readonly Demand[] = [
      { action: 's3:PutObject', resource: 'arn:aws:s3:::somebody-else/stolen.csv' },
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::somebody-else' },
      {
        action: 'dynamodb:PutItem',
        resource: `arn:aws:dynamodb:eu-west-2:444455556666:table/${model.ofType('AWS::DynamoDB::Table')[0]?.ref ?? ''}`,
      },
      { action: 'dynamodb:PutItem', resource: `arn:aws:dynamodb:eu-west-2:${account}:table/another` },
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-2:444455556666:stronger-families-prod-services-Queue' },
      { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-2:${account}:another` },
      { action: 'secretsmanager:GetSecretValue', resource: `arn:aws:secretsmanager:eu-west-2:${account}:secret:another` },
      { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-2:444455556666:key/1' },
      { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:eu-west-2:444455556666:log-group:stronger-families-prod-services-x' },
    ];
    expect(elsewhere.filter((demand) => through(demand))).toEqual([]);
  });

  test('let no call through that deletes a table or a bucket, or opens one', () => {
    const table = model.ofType('AWS::DynamoDB::Table')[0]?.arn ?? '';
    const bucket = model.ofType('AWS::S3::Bucket').find(({ logicalId }) => logicalId.startsWith('Quarantine'))?.arn ?? '';
    const grave: readonly Demand[] = [
      { action: 'dynamodb:DeleteTable', resource: table },
      { action: 'dynamodb:Scan', resource: table },
      { action: 's3:DeleteBucket', resource: bucket },
      { action: 's3:PutBucketPolicy', resource: bucket },
      { action: 's3:PutObjectAcl', resource: `${bucket}/q/1` },
    ];
    expect(grave.filter((demand) => through(demand))).toEqual([]);
  });

  test('are in every zone of the network', () => {
    const zones = model.ofType('AWS::EC2::Subnet').length;
    expect(zones).toBe(2);
    for (const { properties } of model.ofType('AWS::EC2::VPCEndpoint')) {
      const places =
        textAt(properties, 'VpcEndpointType') === 'Gateway' ? textsAt(properties, 'RouteTableIds') : textsAt(properties, 'SubnetIds');
      expect(places).toHaveLength(zones);
    }
  });
});
