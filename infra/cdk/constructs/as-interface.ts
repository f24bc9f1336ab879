import type { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Alias, IAlias, IVersion, Version } from 'aws-cdk-lib/aws-lambda';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * A construct as the interface it implements. CDK's classes say `x: T | undefined` where their interfaces say `x?: T`, which
 * `exactOptionalPropertyTypes` tells apart: so the compiler has to be told.
 */
export function asInterface(construct: Alias): IAlias;
export function asInterface(construct: Bucket): IBucket;
export function asInterface(construct: Version): IVersion;
export function asInterface(construct: Vpc): IVpc;
export function asInterface(construct: object): object {
  return construct;
}
