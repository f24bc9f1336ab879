import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startDynamoDbLocal } from '../dynamodb-local.ts';
import { functionAccess } from './access/function-access.ts';
import { startGateway } from './access/gateway.ts';
import { viaService } from '../access/via-service.ts';
import type { Demand } from '../access/policy.ts';
import { objectCreatedDetail, startEventBus } from './events/event-bus.ts';
import { objectScans } from './events/object-scans.ts';
import { errorText, HostError } from '../host-error.ts';
import type { Host, HostOptions, LogLine } from './host-options.ts';
import { distribution } from './http/distribution.ts';
import { close, listen } from '../listen.ts';
import { type RequestHandler, restApi } from './http/rest-api.ts';
import { startTokenIssuer } from './http/token-issuer.ts';
import { openState } from '../kept-state.ts';
import { functionPools } from './lambda/function-pools.ts';
import { startQueuePoller } from './lambda/queue-poller.ts';
import { createTables } from './storage/create-tables.ts';
import { type CreatedObject, startObjectStore } from '../object-store/object-store.ts';
import { startQueues } from './storage/queues.ts';
import { openSigningKeys } from './storage/signing-keys.ts';
import { openSecrets } from './storage/secrets.ts';
import { readAssembly } from '../template/assembly.ts';
import { at, isJsonObject, type Json, type JsonObject, listAt, textAt } from '../json.ts';
import { checkResourceTypes } from './template/resource-catalogue.ts';
import { functionNameOf } from '../template/resource-names.ts';
import { addressBook, arnBook, lastPart, readBuckets, readFunctions, readMappings, readQueues, readTables } from './template/settings.ts';
import { templateModel } from '../template/template-model.ts';

type Cleanup = () => Promise<void> | void;

/** Runs everything the synthesised templates describe on this machine. Throws `HostError` with one clear line. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const cleanups: Cleanup[] = [];
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

const start = async (options: HostOptions, cleanups: Cleanup[], stop: () => Promise<void>): Promise<Host> => {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new HostError(`Node ${process.versions.node} is too old: use Node 24 or later ("npm ci" installs it on Linux).`);
  }
  const stacks = readAssembly(options.assembly);
  const state = openState(options.dataDir);
  cleanups.push(state.close);
  const open = async (purpose: string, port = 0): ReturnType<typeof listen> => {
    const opened = await listen(purpose, port);
    cleanups.push(() => close(opened.server));
    return opened;
  };
  const gateway = await open('AWS gateway', options.ports?.gateway);
  const objects = await open('object store', options.ports?.objects);
  const api = await open('API', options.ports?.api);
  const portal = await open('portal', options.ports?.portal);
  const model = templateModel(stacks, gateway.url);
  checkResourceTypes(model);

  const { logs, log } = logBook(options.onLog);
  const fail = (error: unknown): void => log('host', errorText(error));
  const onRefused = (caller: string, demands: readonly Demand[]): void =>
    log('host', `${caller} is not allowed ${demands.map(({ action, resource }) => `${action} on ${resource}`).join(' and ')}`);

  const queueSettings = readQueues(model);
  const signingKey = at(state.remembered, 'signingKey');
  const stopLater = <Part extends { readonly stop: Cleanup }>(part: Part): Part => {
    cleanups.push(part.stop);
    return part;
  };
  // Java takes longest: the others start meanwhile.
  const starting = [
    startDynamoDbLocal(options.dataDir === undefined ? {} : { dataDir: state.folder('tables') }).then(stopLater, (error: unknown) => {
      throw new HostError(errorText(error));
    }),
    startQueues(queueSettings).then(stopLater),
    startTokenIssuer(model, options.ports?.issuer ?? 0, isJsonObject(signingKey) ? signingKey : undefined).then(stopLater),
  ] as const;
  const [dynamoDb, queues, issuer] = await Promise.all(starting).catch(async (error: unknown) => {
    // Whatever still comes up has to be there to be stopped.
    await Promise.allSettled(starting);
    throw error;
  });
  await createTables(dynamoDb.endpoint, readTables(model));
  const secrets = openSecrets(model.ofType('AWS::SecretsManager::Secret'), objectAt(state.remembered, 'secrets'));
  const signingKeys = openSigningKeys(model.ofType('AWS::KMS::Key'), objectAt(state.remembered, 'signingKeys'));
  const remember = (waiting: Json): void =>
    state.remember({ secrets, signingKeys: signingKeys.kept, signingKey: issuer.signingKey, waiting });
  remember(at(state.remembered, 'waiting') ?? []);

  const localise = addressBook(model, { portal: portal.url, api: api.url, objects: objects.url, issuer: issuer.url });
  const templates = readFunctions(model);
  const access = functionAccess(model, templates);
  const functions = functionPools(templates, options, { gatewayUrl: gateway.url, objectsUrl: objects.url, localise, log });
  cleanups.push(() => functions.all.forEach(({ kill }) => kill()));
  const { callerOf, credentials } = functions;
  const arns = arnBook(model);
  const { server } = gateway;
  const { allows } = access;
  const { onCapacity } = options;
  const scan = (request: JsonObject): Promise<boolean> => scans.onDemand(request);
  startGateway({ server, dynamoDb: dynamoDb.endpoint, queues, secrets, signingKeys, arns, scan, callerOf, allows, onRefused, onCapacity });

  // Work that goes on outside any function: deliveries, scans, calls nobody waits for.
  let pending = 0;
  let begun = 0;
  const background = (work: Promise<unknown>): void => {
    pending++;
    begun++;
    void work.catch(fail).finally(() => pending--);
  };
  const bus = startEventBus(model, async (target, event) => {
    if (target.startsWith('arn:aws:lambda:')) background(functions.of(target).invoke(event));
    else await queues.ask('SendMessage', lastPart(target), { MessageBody: JSON.stringify(event) });
  });
  cleanups.push(bus.stop);

  const announce: typeof bus.put = async (source, detailType, ...rest) => {
    if (options.loses?.(detailType) !== true) await bus.put(source, detailType, ...rest);
  };
  const buckets = readBuckets(model, localise);
  const scans = await objectScans({ model, buckets, store: () => store, announce, background, says: options.scannerSays });
  const onCreated = (object: CreatedObject): void => {
    const bucket = buckets.find(({ name }) => name === object.bucket);
    if (bucket?.announcesObjects === true) background(announce('aws.s3', 'Object Created', [bucket.arn], objectCreatedDetail(object)));
    scans.onCreated(object);
  };
  const directory = state.folder('objects');
  const store = await startObjectStore({ server: objects.server, directory, buckets, callerOf, credentials, access, onCreated, onRefused });
  cleanups.push(store.stop);

  for (const message of listAt(state.remembered, 'waiting')) {
    await queues.ask('SendMessage', textAt(message, 'queue') ?? '', { MessageBody: textAt(message, 'body') ?? '' });
  }
  const mappings = readMappings(model);
  for (const mapping of mappings) {
    const pool = functions.of(mapping.functionName);
    const key = arns.keyOf(mapping.queueArn);
    const [, , , region = '', account = ''] = mapping.queueArn.split(':');
    const receiving = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({
      action: `sqs:${action}`,
      resource: mapping.queueArn,
    }));
    const decrypting = key === undefined ? [] : [{ action: 'kms:Decrypt', resource: key, context: viaService('sqs', region, account) }];
    if (!access.allows(pool.settings.name, [...receiving, ...decrypting])) {
      throw new HostError(`The role of ${pool.settings.name} does not let Lambda receive from ${mapping.queueArn}.`);
    }
    cleanups.push(startQueuePoller({ mapping, pool, queues, retryAfterSeconds: options.retryAfterSeconds ?? 1, onFailure: fail }));
  }
  cleanups.push(async () => {
    const waiting = await Promise.all(queueSettings.map(({ name }) => queues.messages(name)));
    remember(waiting.flat().map(({ queue, body }) => ({ queue, body })));
  });

  const answerApi = restApi({ model, issuer, poolOf: functions.of, onFailure: fail });
  const serve = (server: Server, handler: RequestHandler): Server =>
    server.on('request', (request, response: ServerResponse) => {
      handler(request, response).catch((error: unknown) => {
        fail(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
  serve(api.server, answerApi);
  serve(portal.server, distribution(model, answerApi, localise));

  const isQuiet = async (): Promise<boolean> => {
    const before = begun + queues.sent().length;
    const depths = await Promise.all(mappings.map(({ queueArn }) => queues.depth(lastPart(queueArn))));
    const busy = pending > 0 || functions.all.some(({ running }) => running() > 0) || depths.some((depth) => depth > 0);
    return !busy && before === begun + queues.sent().length;
  };
  return {
    portalUrl: portal.url,
    apiUrl: api.url,
    issuer: issuer.url,
    objectsUrl: objects.url,
    tablesUrl: dynamoDb.endpoint,
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
      const { running, kill } = functions.of(name);
      const atWork = running() > 0;
      kill();
      return atWork;
    },
    invoke: (name, event) => functions.of(name).invoke(event),
    fireSchedules: async (name) => {
      const { physicalName } = functions.of(name).settings;
      for (const rule of bus.schedules) {
        if (listAt(rule.properties, 'Targets').some((target) => functionNameOf(textAt(target, 'Arn') ?? '') === physicalName))
          await bus.fire(rule);
      }
    },
    logs: () => logs,
    messages: queues.sent,
    put: async (queue, body) => {
      await queues.ask('SendMessage', lastPart(queue), { MessageBody: body });
    },
    queued: (queue) => queues.messages(lastPart(queue)),
  };
};

const mostLogLines = 200_000;

const logBook = (
  onLog: HostOptions['onLog'],
): { readonly logs: readonly LogLine[]; readonly log: (from: string, line: string) => void } => {
  const logs: LogLine[] = [];
  const log = (from: string, line: string): void => {
    logs.push({ from, line });
    if (logs.length > 2 * mostLogLines) logs.splice(0, mostLogLines);
    onLog?.({ from, line });
  };
  return { logs, log };
};

const objectAt = (state: JsonObject, name: string): JsonObject => {
  const found = state[name];
  return isJsonObject(found) ? found : {};
};
