import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableDefinitions, type TableName } from '#shared/store/table-definition.ts';
import { acknowledge } from '../checks/acknowledge.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { DataKeys } from '../constructs/data-keys.ts';
import type { Encrypted, StoredTable } from '../constructs/function-permissions.ts';
import { ProtectedBucket } from '../constructs/protected-bucket.ts';
import { StaffDirectory } from '../constructs/staff-directory.ts';

export interface DataStackProps extends StackProps {
  readonly config: StageConfig;
}

/** URLs are good for 300 seconds; nothing signed longer ago is taken, whatever its URL says. */
const oldestSignature = Duration.seconds(300);

/** Everything that must survive a release: tables, files, keys, secrets, staff. Changes rarely and is never replaced. */
export class DataStack extends Stack {
  readonly keys: DataKeys;
  readonly tables: Readonly<Record<TableName, Encrypted<StoredTable>>>;
  readonly quarantine: ProtectedBucket;
  readonly clean: ProtectedBucket;
  readonly accessLogs: ProtectedBucket;
  readonly matchSecret: Encrypted<Secret>;
  readonly linkSecret: Encrypted<Secret>;
  /** By which the API knows the upload page's distribution. */
  readonly pageSecret: Secret;
  readonly staff: StaffDirectory;

  private readonly config: StageConfig;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: props.config.keepData });
    this.config = props.config;
    const { stage, keepData } = props.config;
    this.keys = new DataKeys(this, 'Keys', { stage, keep: keepData });
    this.tables = {
      Records: this.table('Records', this.keys.records),
      Uploads: this.table('Uploads', this.keys.uploads),
      Audit: this.table('Audit', this.keys.audit),
    };
    this.accessLogs = this.accessLogBucket();
    this.quarantine = this.quarantineBucket();
    this.clean = this.cleanBucket();
    this.matchSecret = this.hashKey('MatchKey', 'Keyed hashes of identifiers, names and addresses');
    this.linkSecret = this.hashKey('LinkKey', 'Keyed hashes of upload link tokens');
    this.pageSecret = this.pageKey();
    this.staff = new StaffDirectory(this, 'Staff', { config: props.config });
    new CfnOutput(this, 'UserPoolId', { value: this.staff.userPool.userPoolId });
    new CfnOutput(this, 'StaffClientId', { value: this.staff.client.userPoolClientId });
  }

  private table(name: TableName, key: IKey): Encrypted<StoredTable> {
    const definition = tableDefinitions[name];
    const text = (attribute: string): { name: string; type: AttributeType } => ({ name: attribute, type: AttributeType.STRING });
    const table = new Table(this, name, {
      partitionKey: text(definition.partitionKey),
      sortKey: text(definition.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      timeToLiveAttribute: definition.timeToLiveAttribute,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: this.config.keepData,
      removalPolicy: this.config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const index of definition.indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.ALL,
      });
    }
    acknowledge(table, {
      id: 'NIST.800.53.R5-DynamoDBInBackupPlan',
      reason:
        'Point-in-time recovery keeps every second of 35 days. A longer-lived copy would keep people whose record had to be erased: docs/operations.md.',
    });
    const restored = this.config.restoredTables?.[name];
    if (restored === undefined) return { resource: table, key };
    return {
      resource: { tableName: restored, tableArn: this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: restored }) },
      key,
    };
  }

  private accessLogBucket(): ProtectedBucket {
    const bucket = new ProtectedBucket(this, 'AccessLogs', {
      keep: this.config.keepData,
      lifecycleRules: [
        {
          expiration: Duration.days(this.config.logRetentionDays),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    acknowledge(bucket.bucket, {
      id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
      reason: 'Amazon S3 delivers access logs only to buckets encrypted with its own key; the lines name objects by number, never people.',
    });
    return bucket;
  }

  private quarantineBucket(): ProtectedBucket {
    const bucket = new ProtectedBucket(this, 'Quarantine', {
      encryptionKey: this.keys.quarantine,
      accessLog: { bucket: this.accessLogs.bucket, prefix: 'quarantine/' },
      keep: this.config.keepData,
      announcesObjects: true,
      lifecycleRules: [
        {
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      cors: [
        {
          allowedOrigins: [`https://${this.config.portalDomain}`],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: [
            'content-type',
            'if-none-match',
            'x-amz-checksum-sha256',
            'x-amz-server-side-encryption',
            'x-amz-server-side-encryption-aws-kms-key-id',
          ],
          maxAge: 300,
        },
      ],
    });
    const uploads = bucket.bucket.arnForObjects('q/*');
    const forms = bucket.bucket.arnForObjects('f/*');
    bucket.refuseOldSignatures(oldestSignature.toMilliseconds());
    // A key is written once: a replayed URL cannot put other bytes in its place.
    bucket.refuse('Overwriting', ['s3:PutObject'], uploads, { Null: { 's3:if-none-match': 'true' } });
    // A form cannot say so: its key may have several versions, and nothing else may write there.
    bucket.refuse('NotAForm', ['s3:PutObject'], forms, { StringNotEquals: { 's3:authType': 'POST' } });
    for (const [sid, objects] of [
      ['OtherKey', uploads],
      ['OtherKeyOfForm', forms],
    ] as const) {
      bucket.refuse(sid, ['s3:PutObject'], objects, {
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': this.keys.quarantine.keyArn },
      });
    }
    return bucket;
  }

  private cleanBucket(): ProtectedBucket {
    const bucket = new ProtectedBucket(this, 'Clean', {
      encryptionKey: this.keys.clean,
      accessLog: { bucket: this.accessLogs.bucket, prefix: 'clean/' },
      keep: this.config.keepData,
      announcesObjects: true,
      lifecycleRules: [
        {
          // Once read, a file is only needed to read it again after a mistake of ours.
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    bucket.refuse('OtherKey', ['s3:PutObject'], bucket.bucket.arnForObjects('c/*'), {
      StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': this.keys.clean.keyArn },
    });
    return bucket;
  }

  private pageKey(): Secret {
    const secret = new Secret(this, 'PageKey', {
      description: 'What the upload page’s distribution says to the API, so that partners’ calls come through it only',
      encryptionKey: this.keys.secrets,
      generateSecretString: { passwordLength: 48, excludePunctuation: true, includeSpace: false },
      removalPolicy: this.config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const reason =
      'Distribution and firewall read it when they are deployed, so it changes with a deploy, as docs/operations.md says. It opens nothing: it only spares a visitor the second count.';
    acknowledge(secret, { id: 'AwsSolutions-SMG4', reason }, { id: 'NIST.800.53.R5-SecretsManagerRotationEnabled', reason });
    return secret;
  }

  private hashKey(name: string, description: string): Encrypted<Secret> {
    const secret = new Secret(this, name, {
      description,
      encryptionKey: this.keys.secrets,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ version: 1 }),
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
        includeSpace: false,
      },
      removalPolicy: this.config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const reason =
      'A new key makes every stored hash unfindable, so it is changed by re-indexing and by hand, as the decision record on re-keying says.';
    acknowledge(secret, { id: 'AwsSolutions-SMG4', reason }, { id: 'NIST.800.53.R5-SecretsManagerRotationEnabled', reason });
    return { resource: secret, key: this.keys.secrets };
  }
}
