import { RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockedEncryptionType,
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectOwnership,
  type CorsRule,
  type LifecycleRule,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { asInterface } from './as-interface.ts';

export interface ProtectedBucketProps {
  /** @default the bucket's own key of S3; only for what a customer key cannot serve */
  readonly encryptionKey?: IKey;
  /** Receives this bucket's access log. */
  readonly accessLog?: { readonly bucket: Bucket; readonly prefix: string };
  readonly keep: boolean;
  readonly lifecycleRules: readonly LifecycleRule[];
  readonly cors?: readonly CorsRule[];
  /** Announces every new object on the account's event bus. */
  readonly announcesObjects?: boolean;
}

/** A bucket that nobody outside can reach: encrypted, TLS 1.2 or newer, no ACLs, versions kept, no request signed long ago. */
export class ProtectedBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ProtectedBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      ...(props.encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [...props.lifecycleRules],
      ...(props.cors ? { cors: [...props.cors] } : {}),
      ...(props.accessLog
        ? { serverAccessLogsBucket: asInterface(props.accessLog.bucket), serverAccessLogsPrefix: props.accessLog.prefix }
        : {}),
      removalPolicy: props.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (props.announcesObjects) {
      // `eventBridgeEnabled` would bring a Lambda of CDK's own, with wide rights.
      const { defaultChild } = this.bucket.node;
      if (!CfnBucket.isCfnBucket(defaultChild)) throw new Error('a bucket without its resource');
      defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    acknowledge(this.bucket, {
      id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
      reason:
        'Files are kept for days, not years, and in one region on purpose: what matters is in the tables, which can be restored to any second of 35 days.',
    });
  }

  /** Refuses requests signed more than `milliseconds` ago, however long their URL says it is good for. */
  refuseOldSignatures(milliseconds: number): void {
    this.refuse('SignedLongAgo', ['s3:PutObject'], `${this.bucket.bucketArn}/*`, {
      NumericGreaterThan: { 's3:signatureAge': String(milliseconds) },
    });
  }

  refuse(sid: string, actions: readonly string[], resource: string, conditions: Record<string, Record<string, unknown>>): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [...actions],
        resources: [resource],
        conditions,
      }),
    );
  }
}
