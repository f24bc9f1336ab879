import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const functionsFolder = fileURLToPath(new URL('./functions/', import.meta.url));
const arnOf = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const ref = (id: string): Json => ({ Ref: id });
const role = (id: string, actions: readonly (readonly [action: Json, resource: Json])[]): Record<string, Json> => ({
  [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [ref(`${id}Policy`)] } },
  [`${id}Policy`]: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Statement: actions.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })) } },
  },
});
const lambda = (id: string, name: string, properties: Record<string, Json>): Record<string, Json> => ({
  [id]: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
      Handler: 'index.handler',
      MemorySize: 256,
      Role: arnOf(`${id}Role`),
      Runtime: 'nodejs24.x',
      Tags: [{ Key: 'function', Value: name }],
      ...properties,
    },
  },
});
const objectsOf = (bucket: string): Json => ({ 'Fn::Join': ['', [arnOf(bucket), '/*']] });

/** A small system with one of everything the host emulates. */
export const fixtureResources = (): Record<string, Json> => ({
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'listing',
          KeySchema: [
            { AttributeName: 'listPk', KeyType: 'HASH' },
            { AttributeName: 'listSk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: {
        SecretStringTemplate: '{"version":1}',
        GenerateStringKey: 'key',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    },
  },
  Quarantine: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Key') } }],
      },
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ['https://upload.example.gov.uk'],
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
          },
        ],
      },
    },
  },
  QuarantinePolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref('Quarantine'),
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: { 'Fn::Join': ['', [arnOf('Quarantine'), '/once/*']] },
            Condition: { Null: { 's3:if-none-match': 'true' } },
          },
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    },
  },
  Clean: { Type: 'AWS::S3::Bucket', Properties: {} },
  Plan: {
    Type: 'AWS::GuardDuty::MalwareProtectionPlan',
    Properties: { ProtectedResource: { S3Bucket: { BucketName: ref('Quarantine'), ObjectPrefixes: ['q/'] } } },
  },
  DeadLetters: { Type: 'AWS::SQS::Queue', Properties: {} },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: { VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetters'), maxReceiveCount: 2 } },
  },
  Verdicts: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'verdicts' } },
  VerdictRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.guardduty'], detail: { s3ObjectDetails: { bucketName: [ref('Quarantine')] } } },
      Targets: [{ Id: 'q', Arn: arnOf('Verdicts') }],
    },
  },
  CreatedRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { object: { key: [{ prefix: 'q/' }] } } },
      Targets: [{ Id: 'q', Arn: arnOf('Verdicts') }],
    },
  },
  Schedule: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Id: 'f', Arn: ref('WorkerAlias') }] },
  },
  ...role('Probe', [
    [['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem', 'dynamodb:BatchGetItem'], arnOf('Table')],
    ['dynamodb:Query', { 'Fn::Sub': '${Table.Arn}/index/listing' }],
    [['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion', 's3:DeleteObjectVersion'], objectsOf('Quarantine')],
    ['s3:PutObject', objectsOf('Clean')],
    [['kms:GenerateDataKey', 'kms:Decrypt'], arnOf('Key')],
    ['sqs:SendMessage', arnOf('Queue')],
    ['sqs:SendMessage', arnOf('DeadLetters')],
    ['secretsmanager:GetSecretValue', ref('Secret')],
    [['logs:PutLogEvents'], '*'],
  ]),
  ...lambda('Probe', 'probe', {
    Timeout: 20,
    Environment: {
      Variables: {
        TABLE: ref('Table'),
        QUEUE_URL: ref('Queue'),
        SECRET_ARN: ref('Secret'),
        QUARANTINE: ref('Quarantine'),
        PORTAL_ORIGIN: 'https://upload.example.gov.uk',
      },
    },
  }),
  ...role('Worker', [[['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('Queue')]]),
  ...lambda('Worker', 'worker', { Timeout: 2 }),
  WorkerVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Worker') } },
  WorkerAlias: {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: ref('Worker'), FunctionVersion: { 'Fn::GetAtt': ['WorkerVersion', 'Version'] }, Name: 'live' },
  },
  WorkerMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: ref('WorkerAlias'),
      EventSourceArn: arnOf('Queue'),
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  UserPool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: {} },
  Scopes: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { Identifier: 'service', Scopes: [{ ScopeName: 'use' }] } },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  Unauthorized: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      ResponseType: 'UNAUTHORIZED',
      StatusCode: '401',
      ResponseTemplates: { 'application/problem+json': '{"code":"unauthorised","correlationId":"$context.requestId"}' },
      ResponseParameters: { 'gatewayresponse.header.www-authenticate': "'Bearer'" },
    },
  },
  Items: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'items' } },
  Item: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: ref('Items'), PathPart: '{itemId}' } },
  ItemSearch: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: ref('Items'), PathPart: 'search' } },
  GetItem: method('Item', 'GET', { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['service/use'] }),
  PostSearch: method('ItemSearch', 'POST', { AuthorizationType: 'NONE' }),
  GetSearch: method('ItemSearch', 'GET', { AuthorizationType: 'NONE' }),
  Files: {
    Type: 'Custom::CDKBucketDeployment',
    Properties: {
      ServiceToken: 'deployer',
      SourceObjectKeys: ['portal.zip'],
      SourceMarkers: [{ '<<origin>>': 'https://upload.example.gov.uk' }],
      DestinationBucketName: ref('Clean'),
    },
  },
  StripApi: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      FunctionCode: "function handler(event) { event.request.uri = event.request.uri.replace(/^\\/api/, ''); return event.request; }",
    },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: {
              'Fn::Sub': "default-src 'self'; connect-src 'self' https://${Quarantine.RegionalDomainName}; upgrade-insecure-requests",
            },
          },
        },
      },
    },
  },
  Site: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Aliases: ['upload.example.gov.uk'],
        DefaultRootObject: 'index.html',
        Origins: [
          { Id: 'files', DomainName: { 'Fn::GetAtt': ['Clean', 'RegionalDomainName'] }, S3OriginConfig: {} },
          { Id: 'api', DomainName: 'api.example.gov.uk', CustomOriginConfig: {} },
        ],
        DefaultCacheBehavior: { TargetOriginId: 'files', ResponseHeadersPolicyId: ref('Headers') },
        CacheBehaviors: [
          {
            PathPattern: '/api/*',
            TargetOriginId: 'api',
            FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['StripApi', 'FunctionARN'] } }],
          },
        ],
      },
    },
  },
});

function method(resource: string, HttpMethod: string, properties: Record<string, Json>): Json {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      HttpMethod,
      ResourceId: ref(resource),
      RestApiId: ref('Api'),
      Integration: {
        Type: 'AWS_PROXY',
        Uri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/${Probe.Arn}/invocations' },
      },
      ...properties,
    },
  };
}

/** Writes a cloud assembly with one stack; `remove` takes it away again. */
export const writeAssembly = (
  resources: Record<string, Json>,
  others: Record<string, Json> = {},
): { readonly directory: string; readonly remove: () => void } => {
  const directory = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const write = (file: string, content: Json): void => writeFileSync(path.join(directory, file), JSON.stringify(content));
  mkdirSync(path.join(directory, 'portal'));
  writeFileSync(path.join(directory, 'portal', 'index.html'), '<title>Upload</title>');
  writeFileSync(path.join(directory, 'portal', 'settings.json'), '{"origin":"<<origin>>"}');
  const asset = (name: string, source: string): Json => ({
    source: { path: source, packaging: 'zip' },
    destinations: { here: { bucketName: 'assets', objectKey: `${name}.zip` } },
  });
  write('Fixture.assets.json', {
    files: {
      probe: asset('probe', path.join(functionsFolder, 'probe')),
      worker: asset('worker', path.join(functionsFolder, 'worker')),
      portal: asset('portal', 'portal'),
    },
  });
  write('Fixture.template.json', { Resources: resources, ...others });
  write('manifest.json', {
    artifacts: {
      'Fixture.assets': { type: 'cdk:asset-manifest', properties: { file: 'Fixture.assets.json' } },
      Fixture: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'Fixture.template.json', stackName: 'fixture' },
      },
    },
  });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};
