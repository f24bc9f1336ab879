import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

const templates = templatesOf(appOf('prod'));
const services = templates.get('Services');
if (!services) throw new Error('no services');

describe('queues', () => {
  const queues = resourcesOf(templates, 'AWS::SQS::Queue');
  const working = queues.filter(({ properties }) => properties['RedrivePolicy'] !== undefined);

  test('are encrypted with a key of ours and keep messages for a fortnight', () => {
    expect(queues).toHaveLength(9);
    services.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: Match.anyValue(), MessageRetentionPeriod: 1209600 });
  });

  test('refuse plain HTTP', () => {
    const policies = JSON.stringify(resourcesOf(templates, 'AWS::SQS::QueuePolicy').map(({ properties }) => properties));
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(9);
  });

  test('give up on a message after five attempts and keep it aside', () => {
    expect(working).toHaveLength(4);
    for (const { properties } of working) {
      expect(properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 });
    }
  });

  test('hide a message for six times as long as its worker may take', () => {
    const timeouts = new Map(
      resourcesOf(templates, 'AWS::Lambda::Function').map(({ logicalId, properties }) => [
        logicalId.replace(/Function[0-9A-F]{8}$/, ''),
        properties['Timeout'],
      ]),
    );
    const visible = new Map(working.map(({ logicalId, properties }) => [logicalId, properties['VisibilityTimeout']]));
    for (const name of ['Screen', 'Ingest', 'Assess']) {
      const [, visibility] = [...visible].find(([id]) => id.startsWith(`Queues${name}`)) ?? [];
      expect(visibility, name).toBe(6 * Number(timeouts.get(`Workers${name}`)));
    }
  });

  test('are read in batches that report which messages failed, by a bounded number of workers', () => {
    services.resourceCountIs('AWS::Lambda::EventSourceMapping', 4);
    services.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
      EventSourceArn: Match.anyValue(),
    });
  });

  test('follow the ingest timeout when it is set for a synthesis', () => {
    const short = templatesOf(appOf('dev', { ingestTimeoutSeconds: 5 })).get('Services');
    short?.hasResourceProperties('AWS::Lambda::Function', { Timeout: 5, MemorySize: 1769 });
    short?.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 30 });
  });
});

describe('rules', () => {
  test('pass verdicts on files of our quarantine bucket on to screening', () => {
    services.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        account: [{ Ref: 'AWS::AccountId' }],
        detail: { s3ObjectDetails: { bucketName: [Match.anyValue()] } },
      },
    });
  });

  test('pass new files of our clean bucket on to reading', () => {
    services.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [Match.anyValue()] }, object: { key: [{ prefix: 'c/' }] } },
      },
    });
  });

  test('sweep every five minutes', () => {
    services.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
  });

  test('have families looked at again every day', () => {
    services.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^QueuesAssessQueue'), 'Arn'] } })],
    });
  });

  test('keep what they cannot deliver', () => {
    services.allResourcesProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })] });
  });
});

test('every file that arrives in quarantine is scanned, and nothing else', () => {
  services.hasResourceProperties('AWS::GuardDuty::MalwareProtectionPlan', {
    ProtectedResource: { S3Bucket: { BucketName: Match.anyValue(), ObjectPrefixes: ['q/', 'f/'] } },
    Actions: { Tagging: { Status: 'ENABLED' } },
  });
});
