import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from '../checks/acknowledge.ts';
import { nameInFindings } from '../checks/name-in-findings.ts';

const readActions = ['GetItem', 'BatchGetItem', 'Query'] as const;
const writeActions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'] as const;
const objectActions = ['GetObject', 'GetObjectVersion', 'GetObjectVersionTagging', 'PutObject'] as const;
type ReadAction = (typeof readActions)[number];
type WriteAction = (typeof writeActions)[number];
type ObjectAction = (typeof objectActions)[number];

/** Everything that any function may ever be given, by the service it calls: what the network's endpoints let through. */
export const grantable = {
  dynamodb: [...readActions, ...writeActions].map((action) => `dynamodb:${action}`),
  s3: objectActions.map((action) => `s3:${action}`),
  /** Lambda's pollers receive from outside any network of ours: what receives through the endpoint looks at dead letters. */
  sqs: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
  signing: ['kms:Sign', 'kms:GetPublicKey'],
  guardduty: ['guardduty:SendObjectMalwareScan'],
} as const;

/** What is encrypted with a customer key, and that key: nothing is granted on the one without the other. */
export interface Encrypted<Thing> {
  readonly resource: Thing;
  readonly key: IKey;
}

/** A table of the data stack, or one restored beside it. */
export interface StoredTable {
  readonly tableArn: string;
  readonly tableName: string;
}

type Service = 'dynamodb' | 's3' | 'sqs' | 'secretsmanager';

/**
 * Writes exact actions on exact resources into one policy. CDK's own `grant…` methods are not used: they give more than is
 * needed, with wildcards.
 */
export class FunctionPermissions {
  private readonly policy: ManagedPolicy;
  private readonly granted = new Set<string>();

  constructor(policy: ManagedPolicy) {
    this.policy = policy;
  }

  canRead(table: Encrypted<StoredTable>, ...actions: readonly ReadAction[]): this {
    return this.onTable(table, actions);
  }

  canWrite(table: Encrypted<StoredTable>, ...actions: readonly WriteAction[]): this {
    return this.onTable(table, actions);
  }

  /** Query on one index and on nothing else. */
  canList(table: Encrypted<StoredTable>, indexName: string): this {
    this.allow(['dynamodb:Query'], `${table.resource.tableArn}/index/${indexName}`);
    return this.throughService(table.key, 'dynamodb', ['kms:Decrypt']);
  }

  /** Under one prefix (`q/`), and with the bucket's key as the actions need it. */
  canUseObjects(bucket: Encrypted<Bucket>, prefix: string, ...actions: readonly ObjectAction[]): this {
    this.allow(
      actions.map((action) => `s3:${action}`),
      bucket.resource.arnForObjects(`${prefix}*`),
    );
    acknowledge(this.policy, {
      id: `AwsSolutions-IAM5[Resource::${nameInFindings(bucket.resource)}/${prefix}*]`,
      reason: 'The objects under this prefix are the files partners send: their keys are made up as they come and cannot be listed here.',
    });
    if (actions.includes('GetObject') || actions.includes('GetObjectVersion')) this.throughService(bucket.key, 's3', ['kms:Decrypt']);
    if (actions.includes('PutObject')) this.throughService(bucket.key, 's3', ['kms:GenerateDataKey']);
    return this;
  }

  /** Without it a missing object is answered with 403, not 404. */
  canListObjects(bucket: Encrypted<Bucket>): this {
    return this.allow(['s3:ListBucket'], bucket.resource.bucketArn);
  }

  /** On demand, under the plan of whatever bucket the object is in: the action knows no resources. */
  canScanObjects(): this {
    acknowledge(this.policy, {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Asking GuardDuty to scan an object cannot be limited to a bucket. It reads nothing: only GuardDuty does, under the bucket’s own plan.',
    });
    return this.allow(grantable.guardduty, '*');
  }

  canSend(queue: Encrypted<IQueue>): this {
    this.allow(['sqs:SendMessage'], queue.resource.queueArn);
    return this.throughService(queue.key, 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** For Lambda's poller, which acts in the function's name. */
  canReceive(queue: Encrypted<IQueue>): this {
    this.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.resource.queueArn);
    return this.throughService(queue.key, 'sqs', ['kms:Decrypt']);
  }

  /** To look at what lies in it, and to take out what is sent back. */
  canLookThrough(queue: Encrypted<IQueue>): this {
    const [, ...looking] = grantable.sqs;
    this.allow(looking, queue.resource.queueArn);
    return this.throughService(queue.key, 'sqs', ['kms:Decrypt']);
  }

  canUseSecret(secret: Encrypted<Secret>): this {
    this.allow(['secretsmanager:GetSecretValue'], secret.resource.secretArn);
    return this.throughService(secret.key, 'secretsmanager', ['kms:Decrypt']);
  }

  /** Signs with this key in this one way, and reads its public half: the one use of a key that is called for directly. */
  canSignReceipts(key: IKey): this {
    const [sign, ...others] = grantable.signing;
    this.allow([sign], key.keyArn, { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } });
    return this.allow(others, key.keyArn);
  }

  private onTable(table: Encrypted<StoredTable>, actions: readonly string[]): this {
    this.allow(
      actions.map((action) => `dynamodb:${action}`),
      table.resource.tableArn,
    );
    return this.throughService(table.key, 'dynamodb', ['kms:Decrypt']);
  }

  /** A key may be used only on the way through the service that holds the data, never by calling KMS. */
  private throughService(key: IKey, service: Service, actions: readonly string[]): this {
    const region = Stack.of(this.policy).region;
    return this.allow(actions, key.keyArn, { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } });
  }

  private allow(actions: readonly string[], resource: string, conditions?: Record<string, Record<string, string>>): this {
    const fresh = actions.filter((action) => !this.granted.has(`${action} ${resource} ${JSON.stringify(conditions)}`));
    for (const action of fresh) this.granted.add(`${action} ${resource} ${JSON.stringify(conditions)}`);
    if (fresh.length > 0) {
      this.policy.addStatements(new PolicyStatement({ actions: fresh, resources: [resource], ...(conditions ? { conditions } : {}) }));
    }
    return this;
  }
}
