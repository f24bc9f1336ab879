import { Agent, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import { errorText, HostError } from '../host-error.ts';
import { readBody } from '../http/listen.ts';
import type { Queues } from '../storage/queues.ts';
import { isJsonObject, type JsonObject, parseJson, textAt } from '../template/json.ts';
import { type ArnBook, jsonCallDemands } from './json-call-demands.ts';
import type { Demand } from './policy.ts';

export interface GatewayOptions {
  readonly server: Server;
  readonly dynamoDb: string;
  readonly queues: Queues;
  /** Secret values by ARN. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly arns: ArnBook;
  readonly callerOf: (accessKeyId: string) => string | undefined;
  readonly allows: (caller: string, demands: readonly Demand[]) => boolean;
  readonly onRefused: (caller: string, demands: readonly Demand[]) => void;
  readonly onCapacity?: ((caller: string, operation: string, units: JsonObject) => void) | undefined;
}

const services: Readonly<Record<string, string>> = { DynamoDB_20120810: 'dynamodb', AmazonSQS: 'sqs', secretsmanager: 'secretsmanager' };
const longestBody = 17 * 1024 * 1024;

/** Where the functions' SDK clients send their calls: knows the caller by its access key, refuses what its role does not allow. */
export const startGateway = (options: GatewayOptions): void => {
  // DynamoDB Local takes a new connection for each request otherwise, which costs more than the request.
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  options.server.on('close', () => agent.destroy());
  options.server.on('request', (request, response) => {
    answer(options, agent, request, response).catch((error: unknown) => fail(response, 500, 'InternalServerError', errorText(error)));
  });
};

const answer = async (options: GatewayOptions, agent: Agent, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const bytes = await readBody(request, longestBody);
  const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  const caller = accessKeyId === undefined ? undefined : options.callerOf(accessKeyId);
  if (caller === undefined)
    return fail(response, 403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  const target = request.headers['x-amz-target'];
  const [prefix = '', operation = ''] = typeof target === 'string' ? target.split('.') : [];
  const service = services[prefix];
  const body = bytes === undefined ? undefined : parseJson(bytes.toString());
  if (service === undefined || bytes === undefined || !isJsonObject(body)) {
    throw new HostError(`The local host has no such service: ${prefix === '' ? (request.url ?? '') : prefix}`);
  }
  const demands = jsonCallDemands(service, operation, body, options.arns);
  if (!options.allows(caller, demands)) {
    options.onRefused(caller, demands);
    const wanted = demands.map(({ action, resource }) => `${action} on ${resource}`).join(', ');
    return fail(response, 400, 'AccessDeniedException', `${caller} is not authorized to perform ${wanted}`, prefix);
  }
  if (service === 'dynamodb') return forwardToDynamoDb(options, agent, request, response, { bytes, body, caller, operation });
  if (service === 'sqs') {
    const { status, body: text } = await options.queues.call(operation, body);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
    return;
  }
  const arn = textAt(body, 'SecretId') ?? '';
  const value = options.secrets.get(arn);
  if (value === undefined || operation !== 'GetSecretValue') return fail(response, 400, 'ResourceNotFoundException', `No secret ${arn}`);
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(
    JSON.stringify({ ARN: arn, Name: arn.split(':').at(-1), VersionId: 'local', VersionStages: ['AWSCURRENT'], SecretString: value }),
  );
};

const forwardToDynamoDb = (
  { dynamoDb, onCapacity }: GatewayOptions,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, body, caller, operation }: { bytes: Buffer; body: JsonObject; caller: string; operation: string },
): void => {
  const sent = onCapacity === undefined ? bytes : Buffer.from(JSON.stringify({ ReturnConsumedCapacity: 'TOTAL', ...body }));
  const headers = { ...request.headers, host: new URL(dynamoDb).host, 'content-length': sent.length };
  const upstream = forward(dynamoDb, { method: 'POST', headers, agent }, (reply) => {
    // Read to the end even when the caller has died meanwhile, so that the connection can be used again.
    readBody(reply, longestBody).then(
      (answered) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers).end(answered);
        const units = onCapacity === undefined ? undefined : parseJson(answered?.toString() ?? '{}');
        if (isJsonObject(units)) onCapacity?.(caller, operation, units);
      },
      (error: unknown) => fail(response, 500, 'InternalServerError', errorText(error)),
    );
  });
  // The SDK repeats a call that ended in a 500, as it would on AWS.
  upstream.on('error', (error) => fail(response, 500, 'InternalServerError', error.message));
  upstream.end(sent);
};

const fail = (response: ServerResponse, status: number, code: string, message: string, prefix = 'com.amazonaws.local'): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${code};Sender` });
  response.end(JSON.stringify({ __type: `${prefix}#${code}`, message }));
};
