import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { startDynamoDbLocal } from '../dynamodb-local.ts';
import { functionAccess } from './access/function-access.ts';
import { startGateway } from './access/gateway.ts';
import { type ArnBook, viaService } from './access/json-call-demands.ts';
import { objectCreatedDetail, scanResultDetail, startEventBus } from './events/event-bus.ts';
import { findMalware } from './events/malware-check.ts';
import type { Host, HostOptions, LogLine } from './host-options.ts';
import { errorText, HostError } from './host-error.ts';
import { distribution } from './http/distribution.ts';
import { close, listen } from './http/listen.ts';
import { restApi } from './http/rest-api.ts';
import { startTokenIssuer } from './http/token-issuer.ts';
import { functionPool, type FunctionPool } from './lambda/function-pool.ts';
import { startQueuePoller } from './lambda/queue-poller.ts';
import { type CreatedObject, startObjectStore } from './storage/object-store.ts';
import { type QueuedMessage, startQueues } from './storage/queues.ts';
import { openSecrets } from './storage/secrets.ts';
import { readAssembly } from './template/assembly.ts';
import { listAt, parseJson, textAt, textsAt } from './template/json.ts';
import { checkResourceTypes } from './template/resource-catalogue.ts';
import { functionNameOf } from './template/resource-names.ts';
import { type FunctionTemplate, lastPart, readBuckets, readFunctions, readMappings, readQueues, readTables } from './template/settings.ts';
import { templateModel, type TemplateModel } from './template/template-model.ts';

const mostLogLines = 200_000;

/** Runs everything the synthesised templates describe on this machine. Throws `HostError` with one clear line. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const cleanups: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return await start(options, cleanups, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const start = async (options: HostOptions, cleanups: (() => Promise<void> | void)[], stop: () => Promise<void>): Promise<Host> => {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new HostError(`Node ${process.versions.node} is too old for this: use Node 24 or later ("npm ci" installs it on Linux).`);
  }
  const stacks = readAssembly(options.assembly);
  const directory = workingDirectory(options.dataDir, cleanups);
  const kept = (file: string): string | undefined => (options.dataDir === undefined ? undefined : path.join(directory, file));

  const open = async (purpose: string, port: number | undefined): Promise<Awaited<ReturnType<typeof listen>>> => {
    const opened = await listen(purpose, port ?? 0);
    cleanups.push(() => close(opened.server));
    return opened;
  };
  const gateway = await open('AWS gateway', options.ports?.gateway);
  const objects = await open('object store', options.ports?.objects);
  const api = await open('API', options.ports?.api);
  const portal = await open('portal', options.ports?.portal);

  const model = templateModel(stacks, gateway.url);
  checkResourceTypes(model);
  const logs: LogLine[] = [];
  const log = (from: string, line: string): void => {
    logs.push({ from, line });
    if (logs.length > 2 * mostLogLines) logs.splice(0, mostLogLines);
    options.onLog?.({ from, line });
  };
  const fail = (reason: string): void => log('host', reason);

  const queueTemplates = readQueues(model);
  const [dynamoDb, queues, issuer] = await Promise.all([
    startDynamoDbLocal(options.dataDir === undefined ? {} : { dataDir: folder(directory, 'tables') }).then((started) => {
      cleanups.push(started.stop);
      return started;
    }),
    startQueues(queueTemplates),
    startTokenIssuer(model, options.ports?.issuer ?? 0, kept('signing-key.json')),
  ]);
  cleanups.push(queues.stop, issuer.stop);
  const localise = addresses(model, { portal: portal.url, api: api.url, objects: objects.url, issuer: issuer.url });
  await createTables(dynamoDb.endpoint, readTables(model));

  const templates = readFunctions(model);
  const access = functionAccess(model, templates);
  const credentials = new Map(templates.map(({ name }) => [name, newCredentials()]));
  const callers = new Map([...credentials].map(([name, { accessKeyId }]) => [accessKeyId, name]));
  const callerOf = (accessKeyId: string): string | undefined => callers.get(accessKeyId);

  const pools = new Map<string, FunctionPool>();
  for (const template of templates) {
    const pool = functionPool({
      ...template,
      timeoutSeconds: options.timeouts?.[template.name] ?? template.timeoutSeconds,
      concurrency: Math.min(template.reservedConcurrency, options.concurrency ?? 2),
      environment: environmentOf(
        template,
        { gateway: gateway.url, objects: objects.url },
        credentials.get(template.name),
        localise,
        options,
      ),
      onLog: (line) => log(template.name, line),
    });
    pools.set(template.name, pool).set(template.physicalName, pool);
    cleanups.push(pool.kill);
  }
  const poolOf = (reference: string): FunctionPool => {
    const pool = pools.get(functionNameOf(reference));
    if (pool === undefined) throw new HostError(`The template has no function ${functionNameOf(reference)}.`);
    return pool;
  };

  const refused = (caller: string, demands: readonly { readonly action: string; readonly resource: string }[]): void =>
    fail(`${caller} is not allowed ${demands.map(({ action, resource }) => `${action} on ${resource}`).join(' and ')}`);
  const secrets = openSecrets(model.ofType('AWS::SecretsManager::Secret'), kept('secrets.json'));
  const arns = arnBook(model);
  startGateway({
    server: gateway.server,
    dynamoDb: dynamoDb.endpoint,
    queues,
    secrets,
    arns,
    callerOf,
    allows: access.allows,
    onRefused: refused,
    onCapacity: options.onCapacity,
  });

  // Work that goes on outside any function: deliveries, scans, calls nobody waits for.
  let pending = 0;
  let activity = 0;
  const background = (work: () => Promise<unknown>): void => {
    pending++;
    activity++;
    work()
      .catch((error: unknown) => fail(errorText(error)))
      .finally(() => pending--);
  };
  const bus = startEventBus({
    model,
    sendToQueue: (arn, body) => queues.send(lastPart(arn), body),
    invoke: (arn, event) => background(() => poolOf(arn).invoke(event)),
  });
  cleanups.push(bus.stop);

  const buckets = readBuckets(model, localise);
  const onCreated = (object: CreatedObject): void => {
    const bucket = buckets.find(({ name }) => name === object.bucket);
    if (bucket?.announcesObjects === true) background(() => bus.put('aws.s3', 'Object Created', [bucket.arn], objectCreatedDetail(object)));
    if (bucket?.scannedPrefixes?.some((prefix) => object.key.startsWith(prefix)) === true) {
      const plans = model.ofType('AWS::GuardDuty::MalwareProtectionPlan').map(({ arn }) => arn);
      background(async () => {
        const threat = await findMalware(store.fileOf(object.bucket, object.key));
        await bus.put('aws.guardduty', 'GuardDuty Malware Protection Object Scan Result', plans, scanResultDetail(object, threat));
      });
    }
  };
  const store = await startObjectStore({
    server: objects.server,
    directory: folder(directory, 'objects'),
    buckets,
    callerOf,
    credentials: [...credentials.values()],
    access,
    onCreated,
    onRefused: refused,
  });
  cleanups.push(store.stop);

  for (const { queue, body } of readWaiting(kept('waiting-messages.json'))) await queues.send(queue, body);
  const mappings = readMappings(model);
  for (const mapping of mappings) {
    const pool = poolOf(mapping.functionName);
    const key = arns.keyOf(mapping.queueArn);
    const receives = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({
      action: `sqs:${action}`,
      resource: mapping.queueArn,
    }));
    const decrypts = key === undefined ? [] : [{ action: 'kms:Decrypt', resource: key, context: viaService('sqs', mapping.queueArn) }];
    if (!access.allows(pool.settings.name, [...receives, ...decrypts]))
      throw new HostError(`${pool.settings.name} may not receive from ${mapping.queueArn}.`);
    const settings = {
      ...mapping,
      queue: lastPart(mapping.queueArn),
      concurrency: Math.min(mapping.maximumConcurrency, pool.settings.concurrency),
      retryAfterSeconds: options.retryAfterSeconds ?? 1,
    };
    cleanups.push(startQueuePoller(settings, pool, queues, fail).stop);
  }
  cleanups.push(async () => {
    const file = kept('waiting-messages.json');
    if (file === undefined) return;
    const waiting = await Promise.all(queueTemplates.map(({ name }) => queues.messages(name)));
    writeFileSync(file, JSON.stringify(waiting.flat()), { mode: 0o600 });
  });

  const answerApi = restApi({ model, issuer, poolOf, onFailure: fail });
  const answerPortal = distribution({ model, api: answerApi, localise });
  api.server.on('request', (request, response) => void answerApi(request, response).catch((error: unknown) => fail(errorText(error))));
  portal.server.on(
    'request',
    (request, response) => void answerPortal(request, response).catch((error: unknown) => fail(errorText(error))),
  );

  const isQuiet = async (): Promise<boolean> => {
    const before = activity + queues.sent().length;
    const depths = await Promise.all(mappings.map(({ queueArn }) => queues.depth(lastPart(queueArn))));
    const busy = pending > 0 || [...pools.values()].some((pool) => pool.running() > 0);
    return !busy && depths.every(({ waiting, beingHandled }) => waiting + beingHandled === 0) && before === activity + queues.sent().length;
  };

  return {
    portalUrl: portal.url,
    apiUrl: api.url,
    issuer: issuer.url,
    objectsUrl: objects.url,
    model,
    functions: templates.map(({ name }) => name),
    token: issuer.token,
    stop,
    calls: access.calls,
    unusedGrants: access.unusedGrants,
    drained: async (timeoutSeconds = 120) => {
      const until = Date.now() + timeoutSeconds * 1000;
      while (!(await isQuiet())) {
        if (Date.now() > until) throw new HostError(`The queues did not drain within ${timeoutSeconds} seconds.`);
        await delay(25);
      }
    },
    killFunction: (name) => {
      const pool = poolOf(name);
      const atWork = pool.running() > 0;
      pool.kill();
      return atWork;
    },
    invoke: (name, event) => poolOf(name).invoke(event),
    fireSchedules: async (name) => {
      const { physicalName } = poolOf(name).settings;
      const scheduled = model
        .ofType('AWS::Events::Rule')
        .filter(({ properties }) => textAt(properties, 'ScheduleExpression') !== undefined);
      for (const rule of scheduled) {
        if (listAt(rule.properties, 'Targets').some((target) => functionNameOf(textAt(target, 'Arn') ?? '') === physicalName))
          await bus.fire(rule);
      }
    },
    logs: () => logs,
    messages: queues.sent,
    queued: (queue) => queues.messages(lastPart(queue)),
  };
};

const workingDirectory = (dataDir: string | undefined, cleanups: (() => void)[]): string => {
  if (dataDir === undefined) {
    const temporary = mkdtempSync(path.join(tmpdir(), 'stronger-families-'));
    cleanups.push(() => rmSync(temporary, { recursive: true, force: true }));
    return temporary;
  }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    throw new HostError(`${dataDir} cannot be written to: choose another folder for the data, or change its owner or rights.`);
  }
  return path.resolve(dataDir);
};

const folder = (directory: string, name: string): string => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true, mode: 0o700 });
  return made;
};

const newCredentials = (): { accessKeyId: string; secretAccessKey: string } => ({
  accessKeyId: `AKIALOCAL${randomBytes(6).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
});

const createTables = async (endpoint: string, tables: readonly CreateTableCommandInput[]): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  try {
    await Promise.all(
      tables.map(async (table) => {
        try {
          await client.send(new CreateTableCommand(table));
        } catch (error) {
          // Kept from an earlier run.
          if (!(error instanceof ResourceInUseException)) throw error;
        }
      }),
    );
  } finally {
    client.destroy();
  }
};

/** Replaces every address of the deployed system by the one of this machine. */
const addresses = (
  model: TemplateModel,
  urls: Readonly<Record<'portal' | 'api' | 'objects' | 'issuer', string>>,
): ((text: string) => string) => {
  const pairs = [
    ...model
      .ofType('AWS::CloudFront::Distribution')
      .flatMap(({ properties, attributes }) =>
        [...textsAt(properties, 'DistributionConfig', 'Aliases'), attributes['DomainName'] ?? ''].map(
          (name) => [`https://${name}`, urls.portal] as const,
        ),
      ),
    ...model
      .ofType('AWS::ApiGateway::DomainName')
      .map(({ properties }) => [`https://${textAt(properties, 'DomainName') ?? ''}`, urls.api] as const),
    ...model
      .ofType('AWS::ApiGateway::RestApi')
      .map(({ ref, stack }) => [`https://${ref}.execute-api.${stack.region}.amazonaws.com`, urls.api] as const),
    ...model.ofType('AWS::Cognito::UserPool').map(({ attributes }) => [attributes['ProviderURL'] ?? '', urls.issuer] as const),
    ...model
      .ofType('AWS::S3::Bucket')
      .flatMap(({ attributes, stack }) => [
        [`https://${attributes['RegionalDomainName'] ?? ''}`, urls.objects] as const,
        [`https://${attributes['DomainName'] ?? ''}`, urls.objects] as const,
        [`https://s3.${stack.region}.amazonaws.com`, urls.objects] as const,
      ]),
  ].toSorted(([a], [b]) => b.length - a.length);
  return (text) => pairs.reduce((current, [there, here]) => current.replaceAll(there, here), text);
};

const arnBook = (model: TemplateModel): ArnBook => {
  const keyArns = new Map(model.ofType('AWS::KMS::Key').flatMap(({ arn, ref }) => [[arn, arn] as const, [ref, arn] as const]));
  const keys = new Map<string, string | undefined>([
    ...model
      .ofType('AWS::DynamoDB::Table')
      .map(({ arn, properties }) => [arn, textAt(properties, 'SSESpecification', 'KMSMasterKeyId')] as const),
    ...model.ofType('AWS::SQS::Queue').map(({ arn, properties }) => [arn, textAt(properties, 'KmsMasterKeyId')] as const),
    ...model.ofType('AWS::SecretsManager::Secret').map(({ arn, properties }) => [arn, textAt(properties, 'KmsKeyId')] as const),
  ]);
  const tables = new Map(model.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ ref, arn }) => [ref, arn]));
  const queues = new Map(model.ofType('AWS::SQS::Queue').map(({ arn }) => [lastPart(arn), arn]));
  return {
    table: (name) => tables.get(name) ?? name,
    queue: (url) => queues.get(lastPart(url)) ?? url,
    keyOf: (arn) => keyArns.get(keys.get(arn) ?? '') ?? keys.get(arn),
  };
};

const environmentOf = (
  template: FunctionTemplate,
  urls: Readonly<Record<'gateway' | 'objects', string>>,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined,
  localise: (text: string) => string,
  options: HostOptions,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(template.environment).map(([name, value]) => [name, localise(value)])),
  ...options.environment?.['*'],
  ...options.environment?.[template.name],
  AWS_REGION: template.resource.stack.region,
  AWS_DEFAULT_REGION: template.resource.stack.region,
  AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
  AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  AWS_LAMBDA_FUNCTION_NAME: template.physicalName,
  AWS_LAMBDA_FUNCTION_ARN: template.resource.arn,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(template.memoryMegabytes),
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${template.physicalName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: urls.gateway,
  AWS_ENDPOINT_URL_S3: urls.objects,
  AWS_ENDPOINT_URL_DYNAMODB: urls.gateway,
  AWS_ENDPOINT_URL_SQS: urls.gateway,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.gateway,
});

const readWaiting = (file: string | undefined): readonly QueuedMessage[] =>
  file === undefined || !existsSync(file)
    ? []
    : listAt(parseJson(readFileSync(file, 'utf8'))).map((message) => ({
        queue: textAt(message, 'queue') ?? '',
        body: textAt(message, 'body') ?? '',
      }));
