import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CreateTableCommandInput, KeyType, ProjectionType, ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import type { ArnBook } from '../access/json-call-demands.ts';
import { HostError } from '../../host-error.ts';
import type { MappingSettings } from '../lambda/queue-poller.ts';
import type { BucketSettings } from '../../object-store/read-call.ts';
import type { QueueSettings } from '../storage/queues.ts';
import { asText, at, entriesAt, type Json, listAt, numberAt, textAt, textsAt } from '../../json.ts';
import { functionNameOf } from '../../template/resource-names.ts';
import type { Resource, TemplateModel } from '../../template/template-model.ts';

export interface FunctionTemplate {
  /** The `function` tag, else the function's physical name. */
  readonly name: string;
  readonly physicalName: string;
  readonly arn: string;
  readonly region: string;
  readonly role: string;
  /** The bundle's entry. */
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly concurrency: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The last part of an ARN or URL. */
export const lastPart = (reference: string): string => reference.split(/[:/]/).at(-1) ?? reference;

/** The functions that do the system's work; those behind custom resources only run while deploying. */
export const readFunctions = (model: TemplateModel): readonly FunctionTemplate[] => {
  const custom = [...model.types].filter((type) => type.startsWith('Custom::')).flatMap((type) => model.ofType(type));
  const providers = new Set(custom.map(({ properties }) => textAt(properties, 'ServiceToken')));
  return model
    .ofType('AWS::Lambda::Function')
    .filter(({ arn }) => !providers.has(arn))
    .map(({ properties, stack, ref, arn }) => {
      const tag = listAt(properties, 'Tags').find((entry) => textAt(entry, 'Key') === 'function');
      const name = textAt(tag, 'Value') ?? ref;
      const [module = 'index', exportName = 'handler'] = (textAt(properties, 'Handler') ?? '').split('.');
      const folder = stack.assets.get(textAt(properties, 'Code', 'S3Key') ?? '') ?? '';
      const file = ['mjs', 'js', 'cjs']
        .map((extension) => path.join(folder, `${module}.${extension}`))
        .find((candidate) => existsSync(candidate));
      if (file === undefined) throw new HostError(`The bundle of ${name} is not in the assembly: run "npm run synth" again.`);
      return {
        name,
        physicalName: ref,
        arn,
        region: stack.region,
        role: textAt(properties, 'Role') ?? '',
        file,
        exportName,
        timeoutSeconds: numberAt(properties, 'Timeout') ?? 3,
        memoryMegabytes: numberAt(properties, 'MemorySize') ?? 128,
        concurrency: numberAt(properties, 'ReservedConcurrentExecutions') ?? Number.POSITIVE_INFINITY,
        environment: Object.fromEntries(entriesAt(properties, 'Environment', 'Variables').map(([key, value]) => [key, asText(value)])),
      };
    });
};

/** A table as the template has it is nearly what `CreateTable` takes. */
export const readTables = (model: TemplateModel): readonly CreateTableCommandInput[] =>
  model.ofType('AWS::DynamoDB::Table').map(({ ref, properties }) => {
    const keySchema = (value: Json): { AttributeName: string; KeyType: KeyType }[] =>
      listAt(value, 'KeySchema').map((key) => ({
        AttributeName: textAt(key, 'AttributeName') ?? '',
        KeyType: textAt(key, 'KeyType') === 'HASH' ? 'HASH' : 'RANGE',
      }));
    const indexes = listAt(properties, 'GlobalSecondaryIndexes').map((index) => ({
      IndexName: textAt(index, 'IndexName'),
      KeySchema: keySchema(index),
      Projection: { ProjectionType: oneOf<ProjectionType>(['ALL', 'KEYS_ONLY'], textAt(index, 'Projection', 'ProjectionType')) },
    }));
    return {
      TableName: ref,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(properties),
      AttributeDefinitions: listAt(properties, 'AttributeDefinitions').map((definition) => ({
        AttributeName: textAt(definition, 'AttributeName'),
        AttributeType: oneOf<ScalarAttributeType>(['S', 'N', 'B'], textAt(definition, 'AttributeType')),
      })),
      ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
    };
  });

const oneOf = <Option extends string>(options: readonly Option[], value: string | undefined): Option => {
  const option = options.find((candidate) => candidate === value);
  if (option === undefined) throw new HostError(`The local host does not know the table setting ${String(value)}.`);
  return option;
};

export const readQueues = (model: TemplateModel): readonly QueueSettings[] =>
  model.ofType('AWS::SQS::Queue').map(({ arn, properties }) => ({
    name: lastPart(arn),
    visibilityTimeout: numberAt(properties, 'VisibilityTimeout') ?? 30,
    delay: numberAt(properties, 'DelaySeconds') ?? 0,
    deadLetterQueue: lastPart(textAt(properties, 'RedrivePolicy', 'deadLetterTargetArn') ?? ''),
    maxReceiveCount: numberAt(properties, 'RedrivePolicy', 'maxReceiveCount') ?? 0,
  }));

export const readMappings = (model: TemplateModel): readonly MappingSettings[] =>
  model.ofType('AWS::Lambda::EventSourceMapping').map(({ properties, stack, logicalId }) => {
    if (at(properties, 'FilterCriteria') !== undefined)
      throw new HostError(`The local host knows no filter criteria, which ${logicalId} has.`);
    return {
      functionName: functionNameOf(textAt(properties, 'FunctionName') ?? ''),
      queueArn: textAt(properties, 'EventSourceArn') ?? '',
      region: stack.region,
      batchSize: numberAt(properties, 'BatchSize') ?? 10,
      windowSeconds: numberAt(properties, 'MaximumBatchingWindowInSeconds') ?? 0,
      partialBatchResponse: textsAt(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
      concurrency: numberAt(properties, 'ScalingConfig', 'MaximumConcurrency') ?? Number.POSITIVE_INFINITY,
    };
  });

export interface BucketTemplate extends BucketSettings {
  readonly announcesObjects: boolean;
  /** Prefixes that GuardDuty scans; none: it scans nothing here. */
  readonly scannedPrefixes: readonly string[];
}

export const readBuckets = (model: TemplateModel, localise: (text: string) => string): readonly BucketTemplate[] => {
  const plans = model
    .ofType('AWS::GuardDuty::MalwareProtectionPlan')
    .map(({ properties }) => at(properties, 'ProtectedResource', 'S3Bucket'));
  const policies = model.ofType('AWS::S3::BucketPolicy');
  return model.ofType('AWS::S3::Bucket').map(({ ref, arn, properties, stack }) => {
    const encryption = listAt(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration')[0];
    const plan = plans.find((candidate) => textAt(candidate, 'BucketName') === ref);
    return {
      name: ref,
      arn,
      region: stack.region,
      account: stack.account,
      kmsKey: textAt(encryption, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'),
      cors: corsXml(listAt(properties, 'CorsConfiguration', 'CorsRules'), localise),
      policy: at(policies.find((candidate) => textAt(candidate.properties, 'Bucket') === ref)?.properties, 'PolicyDocument'),
      announcesObjects: textAt(properties, 'NotificationConfiguration', 'EventBridgeConfiguration', 'EventBridgeEnabled') === 'true',
      scannedPrefixes: plan === undefined ? [] : at(plan, 'ObjectPrefixes') === undefined ? [''] : textsAt(plan, 'ObjectPrefixes'),
    };
  });
};

/** Template property → element of S3's XML. */
const corsElements = {
  AllowedOrigins: 'AllowedOrigin',
  AllowedMethods: 'AllowedMethod',
  AllowedHeaders: 'AllowedHeader',
  ExposedHeaders: 'ExposeHeader',
  MaxAge: 'MaxAgeSeconds',
} as const;

const corsXml = (rules: readonly Json[], localise: (text: string) => string): string | undefined => {
  if (rules.length === 0) return undefined;
  const elements = (rule: Json): string =>
    Object.entries(corsElements)
      .flatMap(([property, element]) => listAt(rule, property).map((value) => `<${element}>${localise(asText(value))}</${element}>`))
      .join('');
  return `<CORSConfiguration>${rules.map((rule) => `<CORSRule>${elements(rule)}</CORSRule>`).join('')}</CORSConfiguration>`;
};

/** Names and keys of everything that a call can name. */
export const arnBook = (model: TemplateModel): ArnBook => {
  const keyArns = new Map(model.ofType('AWS::KMS::Key').map(({ arn, ref }) => [ref, arn]));
  const encrypted = (type: string, ...property: readonly string[]): readonly (readonly [string, string | undefined])[] =>
    model.ofType(type).map(({ arn, properties }) => [arn, textAt(properties, ...property)]);
  const keys = new Map([
    ...encrypted('AWS::DynamoDB::Table', 'SSESpecification', 'KMSMasterKeyId'),
    ...encrypted('AWS::SQS::Queue', 'KmsMasterKeyId'),
    ...encrypted('AWS::SecretsManager::Secret', 'KmsKeyId'),
  ]);
  const arns = new Map(
    [...model.ofType('AWS::DynamoDB::Table'), ...model.ofType('AWS::SQS::Queue')].map(({ arn }) => [lastPart(arn), arn]),
  );
  return {
    arnOf: (nameOrUrl) => arns.get(lastPart(nameOrUrl)) ?? nameOrUrl,
    keyOf: (arn) => keyArns.get(keys.get(arn) ?? '') ?? keys.get(arn),
  };
};

/** Puts this machine's addresses in the place of the deployed system's. */
export const addressBook = (
  model: TemplateModel,
  urls: Readonly<Record<'portal' | 'api' | 'objects' | 'issuer', string>>,
): ((text: string) => string) => {
  const each = (
    type: string,
    url: string,
    names: (resource: Resource) => readonly (string | undefined)[],
  ): readonly (readonly [string, string])[] =>
    model
      .ofType(type)
      .flatMap((resource) => names(resource).flatMap((name) => (name === undefined ? [] : [[`https://${name}`, url] as const])));
  const pairs = [
    ...each('AWS::CloudFront::Distribution', urls.portal, ({ properties, attributes }) => [
      ...textsAt(properties, 'DistributionConfig', 'Aliases'),
      attributes['DomainName'],
    ]),
    ...each('AWS::ApiGateway::DomainName', urls.api, ({ properties }) => [textAt(properties, 'DomainName')]),
    ...each('AWS::ApiGateway::RestApi', urls.api, ({ ref, stack }) => [`${ref}.execute-api.${stack.region}.amazonaws.com`]),
    ...each('AWS::Cognito::UserPool', urls.issuer, ({ attributes }) => [attributes['ProviderURL']?.replace('https://', '')]),
    ...each('AWS::S3::Bucket', urls.objects, ({ attributes, stack }) => [
      attributes['RegionalDomainName'],
      attributes['DomainName'],
      `s3.${stack.region}.amazonaws.com`,
    ]),
  ].toSorted(([first], [second]) => second.length - first.length);
  return (text) => pairs.reduce((current, [there, here]) => current.replaceAll(there, here), text);
};
