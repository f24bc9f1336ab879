import { Agent, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import { errorText, HostError } from '../../host-error.ts';
import { readBody } from '../../listen.ts';
import type { SigningKeys } from '../storage/signing-keys.ts';
import type { Queues } from '../storage/queues.ts';
import { isJsonObject, type JsonObject, parseJson, textAt } from '../../json.ts';
import { type ArnBook, jsonCallDemands } from './json-call-demands.ts';
import type { Demand } from '../../access/policy.ts';

export interface GatewayOptions {
  readonly server: Server;
  readonly dynamoDb: string;
  readonly queues: Queues;
  /** Secret values by ARN. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signingKeys: SigningKeys;
  readonly arns: ArnBook;
  /** GuardDuty's on-demand scan of a stored object; false where there is nothing to scan. */
  readonly scan: (request: JsonObject) => Promise<boolean>;
  readonly callerOf: (accessKeyId: string) => string | undefined;
  readonly allows: (caller: string, demands: readonly Demand[]) => boolean;
  readonly onRefused: (caller: string, demands: readonly Demand[]) => void;
  readonly onCapacity?: ((caller: string, operation: string, answer: JsonObject) => void) | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: IncomingMessage['headers'];
}

const services: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
};
/** Of `SendObjectMalwareScan`: GuardDuty's calls are paths, not operations in a header. */
const scanPath = '/object-malware-scan/send';
const longestBody = 17 * 1024 * 1024;

/** Where the functions' SDK clients send their calls: knows the caller by its access key, refuses what its role does not allow. */
export const startGateway = (options: GatewayOptions): void => {
  // DynamoDB Local takes a new connection for each request otherwise, which costs more than the request.
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  options.server.on('close', () => agent.destroy());
  options.server.on('request', (request, response: ServerResponse) => {
    answer(options, agent, request)
      // The SDK repeats a call that ended in a 500, as it would on AWS.
      .catch((error: unknown) => failure(500, 'InternalServerError', errorText(error)))
      .then(({ status, headers, body }) =>
        response.writeHead(status, headers ?? { 'content-type': 'application/x-amz-json-1.0' }).end(body),
      )
      .catch(() => response.destroy());
  });
};

const failure = (status: number, code: string, message: string): Answer => ({
  status,
  body: JSON.stringify({ __type: `local#${code}`, message }),
});

const answer = async (options: GatewayOptions, agent: Agent, request: IncomingMessage): Promise<Answer> => {
  const sent = await readBody(request, longestBody);
  const caller = options.callerOf(/Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (caller === undefined) return failure(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  const body = parseJson(sent?.toString() ?? 'null');
  const refuse = (operation: string, demands: readonly Demand[]): Answer => {
    options.onRefused(caller, demands);
    return failure(400, 'AccessDeniedException', `${caller} is not authorized to perform ${operation}`);
  };
  if (request.url === scanPath && isJsonObject(body)) {
    const demands = [{ action: 'guardduty:SendObjectMalwareScan', resource: '*' }];
    if (!options.allows(caller, demands)) return refuse('SendObjectMalwareScan', demands);
    return (await options.scan(body))
      ? { status: 200, body: '' }
      : failure(404, 'ResourceNotFoundException', 'No such object under a plan');
  }
  const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const service = services[prefix];
  if (service === undefined || !isJsonObject(body)) throw new HostError(`The local host has no service ${prefix} for ${request.url ?? ''}`);

  const demands = jsonCallDemands(service, operation, body, options.arns);
  if (!options.allows(caller, demands)) return refuse(operation, demands);
  if (service === 'sqs') return options.queues.call(operation, body);
  if (service === 'dynamodb') {
    const asked = options.onCapacity === undefined ? body : { ReturnConsumedCapacity: 'TOTAL', ...body };
    const answered = await passOn(options.dynamoDb, agent, request.headers, Buffer.from(JSON.stringify(asked)));
    const result = options.onCapacity === undefined ? undefined : parseJson(answered.body.toString());
    if (isJsonObject(result)) options.onCapacity?.(caller, operation, result);
    return answered;
  }
  if (service === 'kms') {
    const answered = options.signingKeys.call(operation, body);
    return answered === undefined ? failure(400, 'NotFoundException', 'No such key') : { status: 200, body: JSON.stringify(answered) };
  }
  const arn = textAt(body, 'SecretId') ?? '';
  const SecretString = options.secrets[arn];
  if (SecretString === undefined) return failure(400, 'ResourceNotFoundException', `No secret ${arn}`);
  return { status: 200, body: JSON.stringify({ ARN: arn, VersionId: 'local', VersionStages: ['AWSCURRENT'], SecretString }) };
};

const passOn = (url: string, agent: Agent, headers: IncomingMessage['headers'], body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const own = { ...headers, host: new URL(url).host, 'content-length': body.length };
    const upstream = forward(url, { method: 'POST', headers: own, agent }, (reply) => {
      // Read to the end even when the caller has died meanwhile, so that the connection can be used again.
      readBody(reply, longestBody).then(
        (answered) => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: answered ?? '' }),
        reject,
      );
    });
    upstream.on('error', reject).end(body);
  });
