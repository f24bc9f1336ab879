import { readdirSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { statementsOf, policiesOfFunctions } from './support/grants.ts';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

const templates = templatesOf(appOf('prod'));
const services = templates.get('Services');
if (!services) throw new Error('no services');
const folders = readdirSync(new URL('../../functions', import.meta.url));
const functions = resourcesOf(templates, 'AWS::Lambda::Function').filter(({ stack }) => stack === 'Services');
const nameOf = (properties: Readonly<Record<string, unknown>>): string => String(properties['Description']);

describe('functions', () => {
  test('are one for each folder under functions/', () => {
    expect(functions).toHaveLength(folders.length);
    services.resourceCountIs('AWS::Lambda::Function', folders.length);
  });

  test('run on Node 24 and ARM, inside the network, traced, with encrypted variables and a share of the concurrency', () => {
    services.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: Match.anyValue() },
      TracingConfig: { Mode: 'Active' },
      KmsKeyArn: Match.anyValue(),
      ReservedConcurrentExecutions: Match.anyValue(),
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
    });
  });

  test('each have a role of their own', () => {
    expect(new Set(functions.map(({ properties }) => JSON.stringify(properties['Role']))).size).toBe(functions.length);
  });

  test('are called through their alias, so that a release can go back', () => {
    services.resourceCountIs('AWS::Lambda::Alias', folders.length);
    services.allResourcesProperties('AWS::Lambda::Alias', { Name: 'live' });
    services.allResourcesProperties('AWS::CodeDeploy::DeploymentGroup', {
      AutoRollbackConfiguration: { Enabled: true, Events: Match.arrayWith(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']) },
      AlarmConfiguration: { Enabled: true, Alarms: [Match.anyValue()] },
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    });
    services.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', folders.length);
    const callers = JSON.stringify([
      ...resourcesOf(templates, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties['FunctionName']),
      ...resourcesOf(templates, 'AWS::Lambda::Permission').map(({ properties }) => properties['FunctionName']),
    ]);
    expect(callers).not.toContain('FunctionArn');
    expect(callers.match(/Live/g)).toHaveLength(folders.length);
  });

  test.each(folders)('%s is given exactly the variables of its schema', async (folder) => {
    const module: unknown = await import(`../../functions/${folder}/config.ts`);
    const { envSchema } = z.object({ envSchema: z.instanceof(z.ZodObject) }).parse(module);
    const found = functions.find(({ logicalId }) => logicalIdsOf(folder).test(logicalId));
    if (!found) throw new Error(`${folder} is not in the template`);
    const { Variables } = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(found.properties['Environment']);
    const given = Object.fromEntries(
      // Names and addresses are known when the stack is deployed; one that is an address serves for all.
      Object.entries(Variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'https://sqs.eu-west-2.amazonaws.com/1/queue',
      ]),
    );
    expect(Object.keys(given).toSorted()).toEqual([...Object.keys(envSchema.shape), 'NODE_OPTIONS'].toSorted());
    expect(envSchema.safeParse(given).success, nameOf(found.properties)).toBe(true);
  });
});

describe('rights', () => {
  const statements = [...templates].flatMap(([stack, template]) => statementsOf(stack, template));

  test('are never given on all actions, and never on all actions of a service', () => {
    expect(statements.length).toBeGreaterThan(60);
    // Keys are left to their account by AWS's own wording, `kms:*`; who in the account may use one, its policies here say.
    const wide = statements.filter(
      ({ effect, type, actions }) => effect === 'Allow' && type !== 'AWS::KMS::Key' && actions.some((action) => action.includes('*')),
    );
    expect(wide).toEqual([]);
  });

  test('are never given on everything, but for what IAM accepts on nothing less', () => {
    const everything = statements.filter(
      ({ effect, type, resources }) => effect === 'Allow' && type !== 'AWS::KMS::Key' && resources.some((resource) => resource === '*'),
    );
    expect(everything.map(({ stack, actions }) => [stack, ...actions])).toEqual([
      ['Network', 'guardduty:SendObjectMalwareScan'],
      ['Services', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      [
        'Services',
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      ['Services', 'guardduty:SendObjectMalwareScan'],
    ]);
  });

  test('never include what destroys, copies out or opens up', () => {
    const dangerous =
      /^(dynamodb:(Scan|DeleteTable|ExportTable|RestoreTable|CreateBackup|PartiQL)|s3:(DeleteBucket|PutBucketPolicy|PutObjectAcl)|kms:(ScheduleKeyDeletion|PutKeyPolicy|CreateGrant|DisableKey)|iam:|sts:|logs:Delete|secretsmanager:(Put|Update|Delete))/;
    const allowed = policiesOfFunctions(services).flatMap(({ name, actions }) => actions.map((action) => `${name} ${action}`));
    expect(allowed.filter((entry) => dangerous.test(entry.split(' ')[1] ?? ''))).toEqual([]);
  });

  test('use keys only on the way through the service that holds the data, but the one that signs receipts', () => {
    const direct = statements.filter(
      ({ stack, type, actions, condition }) =>
        stack === 'Services' &&
        type === 'AWS::IAM::ManagedPolicy' &&
        actions.some((action) => action.startsWith('kms:')) &&
        !condition.includes('kms:ViaService'),
    );
    expect(direct.map(({ logicalId, actions, condition }) => [logicalId.replace(/[0-9A-F]{8}$/, ''), ...actions, condition])).toEqual([
      ['WorkersScreenPolicy', 'kms:Sign', '{"StringEquals":{"kms:SigningAlgorithm":"ECDSA_SHA_256"}}'],
      ['WorkersScreenPolicy', 'kms:GetPublicKey', '{}'],
    ]);
    expect(new Set(direct.flatMap(({ resources }) => resources)).size).toBe(1);
  });

  test('stand in policies of their own, none inside a role', () => {
    expect(resourcesOf(templates, 'AWS::IAM::Policy')).toEqual([]);
    for (const { properties, logicalId } of resourcesOf(templates, 'AWS::IAM::Role'))
      expect(properties, logicalId).not.toHaveProperty('Policies');
  });
});

/** `families-api` stands in the template as `ApiFamiliesFunction…`, `ingest-upload` as `WorkersIngestFunction…`. */
const logicalIdsOf = (folder: string): RegExp => {
  const [first = ''] = folder.split('-');
  const name = first.charAt(0).toUpperCase() + first.slice(1);
  return new RegExp(`^${folder.endsWith('-api') ? 'Api' : 'Workers'}${name}Function`);
};
