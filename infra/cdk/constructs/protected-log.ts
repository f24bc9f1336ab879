import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';

export interface ProtectedLogProps {
  readonly config: StageConfig;
  readonly key: IKey;
  /** @default CloudFormation's choice */
  readonly name?: string;
}

const retention: Readonly<Record<StageConfig['logRetentionDays'], RetentionDays>> = {
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
  400: RetentionDays.THIRTEEN_MONTHS,
  731: RetentionDays.TWO_YEARS,
};

/** A log group that is encrypted with a key of ours and forgets. */
export const protectedLog = (scope: Construct, id: string, { config, key, name }: ProtectedLogProps): LogGroup =>
  new LogGroup(scope, id, {
    ...(name === undefined ? {} : { logGroupName: name }),
    retention: retention[config.logRetentionDays],
    encryptionKey: key,
    removalPolicy: config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
