import path from 'node:path';
import { existsSync } from 'node:fs';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { HostError } from '../host-error.ts';
import { at, type Json, listAt, numberAt, parseJson, textAt, textsAt } from './json.ts';
import { functionNameOf } from './resource-names.ts';
import type { Resource, TemplateModel } from './template-model.ts';

export interface FunctionTemplate {
  /** The `function` tag, else the function's physical name. */
  readonly name: string;
  readonly physicalName: string;
  readonly resource: Resource;
  readonly role: string;
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The last part of an ARN or URL. */
export const lastPart = (reference: string): string => reference.split(/[:/]/).at(-1) ?? reference;

/** The functions that do the system's work; those behind custom resources only run while deploying. */
export const readFunctions = (model: TemplateModel): readonly FunctionTemplate[] => {
  const providers = new Set(customResourceProviders(model));
  return model
    .ofType('AWS::Lambda::Function')
    .filter(({ arn }) => !providers.has(arn))
    .map((resource) => {
      const { properties, stack, ref } = resource;
      const [tag] = listAt(properties, 'Tags').filter((entry) => textAt(entry, 'Key') === 'function');
      const name = textAt(tag, 'Value') ?? ref;
      const [module = 'index', exportName = 'handler'] = (textAt(properties, 'Handler') ?? '').split('.');
      const folder = stack.assets.get(textAt(properties, 'Code', 'S3Key') ?? '');
      const file = ['mjs', 'js', 'cjs']
        .map((extension) => path.join(folder ?? '', `${module}.${extension}`))
        .find((candidate) => existsSync(candidate));
      if (folder === undefined || file === undefined)
        throw new HostError(`The bundle of ${name} is not in the assembly: run "npm run synth" again.`);
      const variables = at(properties, 'Environment', 'Variables') ?? {};
      return {
        name,
        physicalName: ref,
        resource,
        role: textAt(properties, 'Role') ?? '',
        file,
        exportName,
        timeoutSeconds: numberAt(properties, 'Timeout') ?? 3,
        memoryMegabytes: numberAt(properties, 'MemorySize') ?? 128,
        reservedConcurrency: numberAt(properties, 'ReservedConcurrentExecutions') ?? Number.POSITIVE_INFINITY,
        environment: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
      };
    });
};

const customResourceProviders = (model: TemplateModel): readonly string[] =>
  [...model.types]
    .filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    .flatMap((type) => model.ofType(type).map(({ properties }) => textAt(properties, 'ServiceToken') ?? ''));

export const readTables = (model: TemplateModel): readonly CreateTableCommandInput[] =>
  model.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ ref, properties }) => {
    const keys = (value: Json): NonNullable<CreateTableCommandInput['KeySchema']> =>
      listAt(value, 'KeySchema').map((key) => ({
        AttributeName: textAt(key, 'AttributeName') ?? '',
        KeyType: textAt(key, 'KeyType') === 'HASH' ? 'HASH' : 'RANGE',
      }));
    const indexes = listAt(properties, 'GlobalSecondaryIndexes');
    return {
      TableName: ref,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys(properties),
      AttributeDefinitions: listAt(properties, 'AttributeDefinitions').map((definition) => ({
        AttributeName: textAt(definition, 'AttributeName') ?? '',
        AttributeType: (['S', 'N', 'B'] as const).find((type) => type === textAt(definition, 'AttributeType')) ?? 'S',
      })),
      ...(indexes.length === 0
        ? {}
        : {
            GlobalSecondaryIndexes: indexes.map((index) => ({
              IndexName: textAt(index, 'IndexName') ?? '',
              KeySchema: keys(index),
              Projection: {
                ProjectionType:
                  (['ALL', 'KEYS_ONLY', 'INCLUDE'] as const).find((type) => type === textAt(index, 'Projection', 'ProjectionType')) ??
                  'ALL',
                ...(at(index, 'Projection', 'NonKeyAttributes') === undefined
                  ? {}
                  : { NonKeyAttributes: [...textsAt(index, 'Projection', 'NonKeyAttributes')] }),
              },
            })),
          }),
    };
  });

export interface QueueTemplate {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly deadLetterQueue: string | undefined;
  readonly maxReceiveCount: number | undefined;
}

export const readQueues = (model: TemplateModel): readonly QueueTemplate[] =>
  model.ofType('AWS::SQS::Queue').map(({ arn, properties }) => {
    const redrive = at(properties, 'RedrivePolicy');
    const policy = typeof redrive === 'string' ? parseJson(redrive) : redrive;
    const target = textAt(policy, 'deadLetterTargetArn');
    return {
      name: lastPart(arn),
      arn,
      visibilityTimeout: numberAt(properties, 'VisibilityTimeout') ?? 30,
      delay: numberAt(properties, 'DelaySeconds') ?? 0,
      deadLetterQueue: target === undefined ? undefined : lastPart(target),
      maxReceiveCount: numberAt(policy, 'maxReceiveCount'),
    };
  });

export interface MappingTemplate {
  readonly functionName: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialBatchResponse: boolean;
  readonly maximumConcurrency: number;
}

export const readMappings = (model: TemplateModel): readonly MappingTemplate[] =>
  model
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => textAt(properties, 'Enabled') !== 'false')
    .map(({ properties, stack, logicalId }) => {
      if (at(properties, 'FilterCriteria') !== undefined)
        throw new HostError(`The local host knows no filter criteria, which ${logicalId} has.`);
      return {
        functionName: functionNameOf(textAt(properties, 'FunctionName') ?? ''),
        queueArn: textAt(properties, 'EventSourceArn') ?? '',
        region: stack.region,
        batchSize: numberAt(properties, 'BatchSize') ?? 10,
        windowSeconds: numberAt(properties, 'MaximumBatchingWindowInSeconds') ?? 0,
        partialBatchResponse: textsAt(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
        maximumConcurrency: numberAt(properties, 'ScalingConfig', 'MaximumConcurrency') ?? Number.POSITIVE_INFINITY,
      };
    });

export interface BucketTemplate {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly kmsKey: string | undefined;
  readonly cors: string | undefined;
  readonly announcesObjects: boolean;
  /** Prefixes that GuardDuty scans; undefined: it scans nothing here. */
  readonly scannedPrefixes: readonly string[] | undefined;
  readonly policy: Json | undefined;
}

export const readBuckets = (model: TemplateModel, localise: (text: string) => string): readonly BucketTemplate[] => {
  const plans = model.ofType('AWS::GuardDuty::MalwareProtectionPlan');
  const notifications = model.ofType('Custom::S3BucketNotifications');
  const policies = model.ofType('AWS::S3::BucketPolicy');
  return model.ofType('AWS::S3::Bucket').map(({ ref, arn, properties, stack }) => {
    const of = (resources: readonly Resource[], ...bucketPath: readonly string[]): Resource | undefined =>
      resources.find((candidate) => textAt(candidate.properties, ...bucketPath) === ref);
    const rule = at(listAt(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration')[0], 'ServerSideEncryptionByDefault');
    const corsRules = listAt(properties, 'CorsConfiguration', 'CorsRules');
    const plan = of(plans, 'ProtectedResource', 'S3Bucket', 'BucketName');
    const prefixes = textsAt(plan?.properties, 'ProtectedResource', 'S3Bucket', 'ObjectPrefixes');
    const custom = of(notifications, 'BucketName');
    return {
      name: ref,
      arn,
      region: stack.region,
      account: stack.account,
      kmsKey: textAt(rule, 'KMSMasterKeyID'),
      cors: corsRules.length === 0 ? undefined : corsXml(corsRules, localise),
      announcesObjects:
        textAt(properties, 'NotificationConfiguration', 'EventBridgeConfiguration', 'EventBridgeEnabled') === 'true' ||
        at(custom?.properties, 'NotificationConfiguration', 'EventBridgeConfiguration') !== undefined,
      scannedPrefixes: plan === undefined ? undefined : prefixes.length === 0 ? [''] : prefixes,
      policy: at(of(policies, 'Bucket')?.properties, 'PolicyDocument'),
    };
  });
};

const corsXml = (rules: readonly Json[], localise: (text: string) => string): string => {
  const element = (name: string, value: string): string => `<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
  const each = (rule: Json, property: string, name: string): string =>
    textsAt(rule, property)
      .map((value) => element(name, localise(value)))
      .join('');
  const maxAge = (rule: Json): string => (at(rule, 'MaxAge') === undefined ? '' : element('MaxAgeSeconds', textAt(rule, 'MaxAge') ?? ''));
  return `<CORSConfiguration>${rules
    .map(
      (rule) =>
        `<CORSRule>${each(rule, 'AllowedOrigins', 'AllowedOrigin')}${each(rule, 'AllowedMethods', 'AllowedMethod')}${each(rule, 'AllowedHeaders', 'AllowedHeader')}${each(rule, 'ExposedHeaders', 'ExposeHeader')}${maxAge(rule)}</CORSRule>`,
    )
    .join('')}</CORSConfiguration>`;
};
