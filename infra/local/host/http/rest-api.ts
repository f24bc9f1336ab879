import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText } from '../../host-error.ts';
import type { FunctionPool } from '../lambda/function-pool.ts';
import { asJson, asText, at, entriesAt, type Json, listAt, textAt, textsAt } from '../../json.ts';
import { functionNameOf } from '../../template/resource-names.ts';
import type { TemplateModel } from '../../template/template-model.ts';
import { readBody, urlOf } from '../../listen.ts';
import { authorizerClaims, type TokenIssuer } from './token-issuer.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RestApiOptions {
  readonly model: TemplateModel;
  readonly issuer: TokenIssuer;
  readonly poolOf: (functionName: string) => FunctionPool;
  readonly onFailure: (reason: string) => void;
}

interface ApiRoute {
  readonly method: string;
  /** `/v1/links/{linkId}` */
  readonly path: string;
  readonly pattern: RegExp;
  readonly authorized: boolean;
  readonly scopes: readonly string[];
  readonly functionName: string;
}

/** API Gateway takes 10 MB, but what a function gets and gives may not be longer than this. */
const longestBody = 6 * 1024 * 1024;
/** Of a request's first line and headers together. */
const longestHead = 10_240;
const longestWaitSeconds = 29;

/** The template's REST API: its routes, its Cognito authoriser, its gateway responses. */
export const restApi = ({ model, issuer, poolOf, onFailure }: RestApiOptions): RequestHandler => {
  const routes = readRoutes(model);
  const refuse = gatewayResponses(model);
  const stage = model.ofType('AWS::ApiGateway::Stage')[0]?.ref ?? 'local';

  /** The caller's claims; empty where the route asks for none. */
  const authorize = (route: ApiRoute, header: string | undefined): Readonly<Record<string, string>> => {
    if (!route.authorized) return {};
    const claims = issuer.verify(/^(?:Bearer )?(.*)$/i.exec(header ?? '')?.[1] ?? '');
    if (claims === undefined) throw new GatewayRefusal('UNAUTHORIZED');
    const held = textAt(claims, 'scope')?.split(' ') ?? [];
    if (route.scopes.length > 0 && !route.scopes.some((scope) => held.includes(scope))) throw new GatewayRefusal('ACCESS_DENIED');
    return authorizerClaims(claims);
  };

  const answer = async (request: IncomingMessage, requestId: string): Promise<Json> => {
    if (headBytes(request) > longestHead) throw new GatewayRefusal('REQUEST_TOO_LARGE');
    const url = urlOf(request);
    const here = routes.filter(({ pattern }) => pattern.test(url.pathname));
    const route = here.find(({ method }) => method === request.method) ?? here.find(({ method }) => method === 'ANY');
    if (route === undefined) throw new GatewayRefusal('MISSING_AUTHENTICATION_TOKEN');
    const claims = authorize(route, request.headers.authorization);
    const body = await readBody(request, longestBody);
    if (body === undefined) throw new GatewayRefusal('REQUEST_TOO_LARGE');
    const event = proxyEvent(request, url, route, { stage, requestId, body: body.toString(), claims });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new GatewayRefusal('INTEGRATION_TIMEOUT')), longestWaitSeconds * 1000);
    });
    const result = await Promise.race([poolOf(route.functionName).invoke(event), late]).finally(() => clearTimeout(timer));
    if (textAt(asJson(result), 'statusCode') === undefined) throw new Error(`${route.functionName} gave no proxy response.`);
    return asJson(result);
  };

  return async (request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-amzn-requestid', requestId);
    try {
      reply(response, await answer(request, requestId));
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) onFailure(errorText(error));
      refuse(response, error instanceof GatewayRefusal ? error.type : 'INTEGRATION_FAILURE', requestId);
    }
  };
};

const readRoutes = (model: TemplateModel): readonly ApiRoute[] => {
  const parts = new Map(model.ofType('AWS::ApiGateway::Resource').map(({ ref, properties }) => [ref, properties]));
  const pathOf = (id: string): string => {
    const part = parts.get(id);
    return part === undefined ? '' : `${pathOf(textAt(part, 'ParentId') ?? '')}/${textAt(part, 'PathPart') ?? ''}`;
  };
  // As API Gateway prefers: fixed parts before parameters.
  const rank = ({ path }: ApiRoute): string => path.replaceAll('{', '\uffff');
  return model
    .ofType('AWS::ApiGateway::Method')
    .filter(({ properties }) => textAt(properties, 'Integration', 'Type') === 'AWS_PROXY')
    .map(({ properties }) => {
      const path = pathOf(textAt(properties, 'ResourceId') ?? '');
      return {
        method: textAt(properties, 'HttpMethod') ?? '',
        path,
        pattern: patternOf(path),
        authorized: textAt(properties, 'AuthorizationType') === 'COGNITO_USER_POOLS',
        scopes: textsAt(properties, 'AuthorizationScopes'),
        functionName: functionNameOf(textAt(properties, 'Integration', 'Uri') ?? ''),
      };
    })
    .toSorted((first, second) => (rank(first) < rank(second) ? -1 : 1));
};

/** `{id}` is one part of a path, `{proxy+}` all that is left of it. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, rest: string) => `(?<${name}>${rest === '' ? '[^/]+' : '.+'})`)}$`);

const gatewayRefusals = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  ACCESS_DENIED: [403, 'Access denied'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INTEGRATION_FAILURE: [502, 'Internal server error'],
} as const;
type RefusalType = keyof typeof gatewayRefusals;

class GatewayRefusal extends Error {
  readonly type: RefusalType;
  constructor(type: RefusalType) {
    super(type);
    this.type = type;
  }
}

/** Answers without the function: with the template's body and headers for that case, else for its class, else API Gateway's own. */
const gatewayResponses = (model: TemplateModel): ((response: ServerResponse, refusal: RefusalType, requestId: string) => void) => {
  const defined = new Map(
    model.ofType('AWS::ApiGateway::GatewayResponse').map(({ properties }) => [textAt(properties, 'ResponseType'), properties]),
  );
  return (response, refusal, requestId) => {
    const [usual, message] = gatewayRefusals[refusal];
    const own = defined.get(refusal) ?? defined.get(usual < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const variables = {
      'error.messageString': JSON.stringify(message),
      'error.message': message,
      'error.responseType': refusal,
      requestId,
    };
    const fill = (text: string): string =>
      Object.entries(variables).reduce((filled, [name, value]) => filled.replaceAll(`$context.${name}`, value), text);
    const usualBody: readonly [string, Json] = ['application/json', '{"message":$context.error.messageString}'];
    const [mediaType, template] = entriesAt(own, 'ResponseTemplates')[0] ?? usualBody;
    response.setHeader('content-type', mediaType);
    for (const [name, value] of entriesAt(own, 'ResponseParameters')) {
      const [, header] = /^gatewayresponse\.header\.(.+)$/.exec(name) ?? [];
      if (header !== undefined) response.setHeader(header, fill(asText(value).replace(/^'(.*)'$/, '$1')));
    }
    response.writeHead(Number(textAt(own, 'StatusCode') ?? usual)).end(fill(asText(template)));
  };
};

const headBytes = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  [method, url, ...rawHeaders].reduce((bytes, part) => bytes + Buffer.byteLength(part) + 2, 0);

interface RequestParts {
  readonly stage: string;
  readonly requestId: string;
  readonly body: string;
  readonly claims: Readonly<Record<string, string>>;
}

/** The event of a Lambda proxy integration of a REST API (payload format 1.0). */
const proxyEvent = (request: IncomingMessage, url: URL, route: ApiRoute, { stage, requestId, body, claims }: RequestParts): unknown => {
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []] as const);
  const query = [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)] as const);
  const lastOf = (entries: readonly (readonly [string, readonly string[]])[]): object =>
    Object.fromEntries(entries.map(([name, values]) => [name, values.at(-1)]));
  const parameters = Object.entries(route.pattern.exec(url.pathname)?.groups ?? {});
  return {
    resource: route.path,
    path: url.pathname,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: query.length === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    pathParameters: parameters.length === 0 ? null : Object.fromEntries(parameters.map(([name, value]) => [name, decoded(value)])),
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      httpMethod: request.method,
      identity: { sourceIp: request.socket.remoteAddress, userAgent: request.headers['user-agent'] ?? null },
      path: `/${stage}${url.pathname}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTimeEpoch: Date.now(),
      resourcePath: route.path,
      stage,
      ...(route.authorized ? { authorizer: { claims } } : {}),
    },
    body: body === '' ? null : body,
    isBase64Encoded: false,
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const reply = (response: ServerResponse, result: Json): void => {
  response.setHeader('content-type', 'application/json');
  for (const [name, value] of entriesAt(result, 'headers')) response.setHeader(name, asText(value));
  for (const [name, values] of entriesAt(result, 'multiValueHeaders')) response.setHeader(name, listAt(values).map(asText));
  const body = textAt(result, 'body') ?? '';
  response.writeHead(Number(textAt(result, 'statusCode'))).end(at(result, 'isBase64Encoded') === true ? Buffer.from(body, 'base64') : body);
};
