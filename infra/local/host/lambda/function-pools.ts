import { randomBytes } from 'node:crypto';
import { HostError } from '../../host-error.ts';
import type { HostOptions } from '../host-options.ts';
import { functionNameOf } from '../../template/resource-names.ts';
import type { FunctionTemplate } from '../template/settings.ts';
import { functionPool, type FunctionPool } from './function-pool.ts';

export interface FunctionPools {
  /** By name, physical name or ARN. */
  readonly of: (reference: string) => FunctionPool;
  readonly all: readonly FunctionPool[];
  readonly callerOf: (accessKeyId: string) => string | undefined;
  readonly credentials: readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[];
}

export interface FunctionSurroundings {
  readonly gatewayUrl: string;
  readonly objectsUrl: string;
  /** Puts this machine's addresses in the place of the template's. */
  readonly localise: (text: string) => string;
  readonly log: (from: string, line: string) => void;
}

/** All functions of the template, each with its own environment and its own credentials. */
export const functionPools = (
  templates: readonly FunctionTemplate[],
  options: HostOptions,
  { gatewayUrl, objectsUrl, localise, log }: FunctionSurroundings,
): FunctionPools => {
  const functions = templates.map((template) => {
    const credentials = {
      accessKeyId: `AKIALOCAL${randomBytes(6).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(20).toString('hex'),
    };
    const { name, physicalName, arn, region, memoryMegabytes } = template;
    const environment = {
      ...Object.fromEntries(Object.entries(template.environment).map(([key, value]) => [key, localise(value)])),
      ...options.environment?.['*'],
      ...options.environment?.[name],
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_LAMBDA_FUNCTION_NAME: physicalName,
      AWS_LAMBDA_FUNCTION_ARN: arn,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL: gatewayUrl,
      AWS_ENDPOINT_URL_S3: objectsUrl,
    };
    const pool = functionPool({
      ...template,
      environment,
      timeoutSeconds: options.timeouts?.[name] ?? template.timeoutSeconds,
      concurrency: Math.min(template.concurrency, options.concurrency ?? 2),
      onLog: (line) => log(name, line),
    });
    return { name, physicalName, credentials, pool };
  });
  return {
    of: (reference) => {
      const wanted = functionNameOf(reference);
      const found = functions.find(({ name, physicalName }) => name === wanted || physicalName === wanted);
      if (found === undefined) throw new HostError(`The template has no function ${wanted}.`);
      return found.pool;
    },
    all: functions.map(({ pool }) => pool),
    callerOf: (accessKeyId) => functions.find(({ credentials }) => credentials.accessKeyId === accessKeyId)?.name,
    credentials: functions.map(({ credentials }) => credentials),
  };
};
