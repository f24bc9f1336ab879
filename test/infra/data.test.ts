import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { roleSchema } from '#shared/domain/access/access.ts';
import { tableDefinitions } from '#shared/store/table-definition.ts';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

const templates = templatesOf(appOf('prod'));
const stack = (name: string): Template => {
  const template = templates.get(name);
  if (!template) throw new Error(`no stack ${name}`);
  return template;
};
const data = stack('Data');

describe('tables', () => {
  test('are those of the table definition, with its keys, indexes and time to live', () => {
    const tables = resourcesOf(templates, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(Object.keys(tableDefinitions).length);
    for (const definition of Object.values(tableDefinitions)) {
      data.hasResourceProperties('AWS::DynamoDB::Table', {
        KeySchema: [
          { AttributeName: definition.partitionKey, KeyType: 'HASH' },
          { AttributeName: definition.sortKey, KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: definition.timeToLiveAttribute, Enabled: true },
        ...(definition.indexes.length === 0
          ? { GlobalSecondaryIndexes: Match.absent() }
          : { GlobalSecondaryIndexes: definition.indexes.map(({ name }) => Match.objectLike({ IndexName: name })) }),
      });
    }
  });

  test('are encrypted with a key of ours, restorable to any second of 35 days, and refuse deletion', () => {
    data.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      DeletionProtectionEnabled: true,
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('each have their own key', () => {
    const keys = resourcesOf(templates, 'AWS::DynamoDB::Table').map(({ properties }) => JSON.stringify(properties['SSESpecification']));
    expect(new Set(keys).size).toBe(3);
  });
});

describe('buckets', () => {
  const all = resourcesOf(templates, 'AWS::S3::Bucket');

  test('are closed to the public, keep versions, take no ACLs, and clean up after themselves', () => {
    expect(all).toHaveLength(4);
    for (const name of ['Data', 'Portal']) {
      stack(name).allResourcesProperties('AWS::S3::Bucket', {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: Match.arrayWith([Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })]),
        },
      });
    }
  });

  test('all refuse plain HTTP and TLS older than 1.2', () => {
    const policies = resourcesOf(templates, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(all.length);
    for (const { properties, logicalId } of policies) {
      const text = JSON.stringify(properties);
      expect(text, logicalId).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
      expect(text, logicalId).toContain('"Condition":{"NumericLessThan":{"s3:TlsVersion":1.2}},"Effect":"Deny"');
    }
  });

  const quarantine = {
    LifecycleConfiguration: {
      Rules: [Match.objectLike({ ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 }, Status: 'Enabled' })],
    },
    CorsConfiguration: {
      CorsRules: [
        {
          AllowedMethods: ['PUT'],
          AllowedOrigins: ['https://upload.families.example.gov.uk'],
          AllowedHeaders: [
            'content-type',
            'if-none-match',
            'x-amz-checksum-sha256',
            'x-amz-server-side-encryption',
            'x-amz-server-side-encryption-aws-kms-key-id',
          ],
          MaxAge: 300,
        },
      ],
    },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        Match.objectLike({
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() },
        }),
      ],
    },
  };

  test('quarantine takes PUTs of the upload page only and forgets after a day', () => {
    data.resourcePropertiesCountIs('AWS::S3::Bucket', quarantine, 1);
  });

  test('quarantine refuses old signatures, a second write and another key', () => {
    data.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:PutObject', Condition: { NumericGreaterThan: { 's3:signatureAge': '300000' } } }),
          Match.objectLike({ Effect: 'Deny', Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'true' } } }),
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:PutObject',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('what a form may write, which can be written more than once, is written by a form only, and with our key', () => {
    const [policy] = resourcesOf(templates, 'AWS::S3::BucketPolicy').filter(({ logicalId }) => logicalId.startsWith('Quarantine'));
    const { PolicyDocument } = z
      .object({
        PolicyDocument: z.object({
          Statement: z.array(z.object({ Sid: z.string().optional(), Effect: z.string(), Resource: z.unknown(), Condition: z.unknown() })),
        }),
      })
      .parse(policy?.properties);
    const onForms = PolicyDocument.Statement.filter(({ Resource }) => JSON.stringify(Resource).includes('/f/*'));
    expect(onForms.map(({ Sid, Effect, Condition }) => [Sid, Effect, Condition])).toEqual([
      ['NotAForm', 'Deny', { StringNotEquals: { 's3:authType': 'POST' } }],
      ['OtherKeyOfForm', 'Deny', { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': expect.anything() as unknown } }],
    ]);
    const overwriting = PolicyDocument.Statement.find(({ Sid }) => Sid === 'Overwriting');
    expect(JSON.stringify(overwriting?.Resource)).toContain('/q/*');
  });

  test('clean files go after thirty days', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] },
      NotificationConfiguration: quarantine.NotificationConfiguration,
      BucketEncryption: quarantine.BucketEncryption,
    });
  });
});

describe('keys and secrets', () => {
  test('every key turns once a year, but the one that signs, and waits thirty days before it is gone', () => {
    data.resourceCountIs('AWS::KMS::Key', 8);
    data.allResourcesProperties('AWS::KMS::Key', { PendingWindowInDays: 30 });
    data.resourcePropertiesCountIs('AWS::KMS::Key', { EnableKeyRotation: true }, 7);
    data.resourcePropertiesCountIs('AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, 1);
  });

  test('no key lets anybody in but the account and, within it, the services named', () => {
    for (const { properties, logicalId } of resourcesOf(templates, 'AWS::KMS::Key')) {
      expect(JSON.stringify(properties), logicalId).not.toContain('"Principal":"*"');
      expect(JSON.stringify(properties), logicalId).not.toContain('"AWS":"*"');
    }
  });

  test('the hash keys are made by AWS, 64 characters of letters and digits, under a key of ours', () => {
    const secrets = resourcesOf(templates, 'AWS::SecretsManager::Secret');
    const hashKey = {
      SecretStringTemplate: '{"version":1}',
      GenerateStringKey: 'key',
      PasswordLength: 64,
      ExcludePunctuation: true,
      IncludeSpace: false,
    };
    // The third says to the API that a call comes from the upload page.
    const pageKey = { PasswordLength: 48, ExcludePunctuation: true, IncludeSpace: false };
    expect(secrets.map(({ properties }) => properties['GenerateSecretString'])).toEqual([hashKey, hashKey, pageKey]);
    data.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: Match.anyValue() });
  });
});

describe('staff', () => {
  test('are invited, never sign up, and need a second factor that is not a text message', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 14 }) },
    });
  });

  test('have the roles of the access rules as groups', () => {
    const groups = resourcesOf(templates, 'AWS::Cognito::UserPoolGroup').map(({ properties }) => properties['GroupName']);
    expect(groups.toSorted()).toEqual([...roleSchema.options].toSorted());
  });

  test('get tokens by code with proof of possession, good for ten minutes', () => {
    data.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      AccessTokenValidity: 10,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  test('sign in at the council where it has told us its identity provider', () => {
    const federated = templatesOf(
      appOf('prod', { config: { staffIdentityProvider: { samlMetadataUrl: 'https://id.example.gov.uk/saml' } } }),
    ).get('Data');
    federated?.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: 'https://id.example.gov.uk/saml' },
    });
    federated?.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: [Match.anyValue()] });
  });
});

test('after a restore the functions work with the restored table, and the old one stays', () => {
  const restored = templatesOf(appOf('prod', { config: { restoredTables: { Records: 'records-of-tuesday' } } }));
  expect(resourcesOf(restored, 'AWS::DynamoDB::Table')).toHaveLength(3);
  const services = JSON.stringify(restored.get('Services')?.toJSON());
  expect(services.includes('"RECORDS_TABLE":"records-of-tuesday"')).toBe(true);
  expect(services.includes(':table/records-of-tuesday"')).toBe(true);
  expect(/ExportsOutput(Ref|FnGetAtt)Records[0-9A-F]{8}/.test(services)).toBe(false);
});
