import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionPool } from '../lambda/function-pool.ts';
import { at, entriesAt, isJsonObject, type Json, listAt, parseJson, textAt, textsAt } from '../template/json.ts';
import { functionNameOf } from '../template/resource-names.ts';
import type { Resource, TemplateModel } from '../template/template-model.ts';
import { readBody } from './listen.ts';
import { authorizerClaims, type TokenIssuer } from './token-issuer.ts';

interface ApiRoute {
  readonly method: string;
  /** `/v1/links/{linkId}` */
  readonly path: string;
  readonly pattern: RegExp;
  readonly authorized: boolean;
  readonly scopes: readonly string[];
  readonly functionName: string;
}

export interface RestApiOptions {
  readonly model: TemplateModel;
  readonly issuer: TokenIssuer;
  readonly poolOf: (physicalName: string) => FunctionPool;
  readonly onFailure: (reason: string) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** API Gateway takes 10 MB, but what a function gets and gives may not be longer than this. */
const longestBody = 6 * 1024 * 1024;
const longestWaitSeconds = 29;

/** The template's REST API: its routes, its Cognito authoriser, its gateway responses. */
export const restApi = (options: RestApiOptions): Handler => {
  const { model, issuer, poolOf } = options;
  const routes = readRoutes(model);
  const refuse = gatewayResponses(model);
  const [stage] = model.ofType('AWS::ApiGateway::Stage');
  const stageName = textAt(stage?.properties, 'StageName') ?? 'local';

  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    // A custom domain maps the stage away; the invoke URL has it in front.
    const path = url.pathname.startsWith(`/${stageName}/`) ? url.pathname.slice(stageName.length + 1) : url.pathname;
    const requestId = randomUUID();
    const method = request.method ?? 'GET';
    const route = routes.find((candidate) => (candidate.method === method || candidate.method === 'ANY') && candidate.pattern.test(path));
    if (route === undefined) return refuse(response, 'MISSING_AUTHENTICATION_TOKEN', requestId);

    let claims: Readonly<Record<string, string>> | undefined;
    if (route.authorized) {
      const token = /^(?:Bearer )?(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const verified = token === undefined ? undefined : await issuer.verify(token);
      if (verified === undefined) return refuse(response, 'UNAUTHORIZED', requestId);
      const held = (textAt(verified, 'scope') ?? '').split(' ');
      if (route.scopes.length > 0 && !route.scopes.some((scope) => held.includes(scope)))
        return refuse(response, 'ACCESS_DENIED', requestId);
      claims = authorizerClaims(verified);
    }
    const body = await readBody(request, longestBody);
    if (body === undefined) return refuse(response, 'REQUEST_TOO_LARGE', requestId);

    const event = proxyEvent({ request, url, path, route, stageName, requestId, body: body.toString(), claims });
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), longestWaitSeconds * 1000);
      });
      const result = await Promise.race([poolOf(route.functionName).invoke(event), late]);
      if (result === 'late') return refuse(response, 'INTEGRATION_TIMEOUT', requestId);
      reply(response, parseJson(JSON.stringify(result)), requestId);
    } catch (error) {
      options.onFailure(error instanceof Error ? error.message : String(error));
      refuse(response, 'INTEGRATION_FAILURE', requestId, 502);
    } finally {
      clearTimeout(timer);
    }
  };
};

const readRoutes = (model: TemplateModel): readonly ApiRoute[] => {
  const parts = new Map(model.ofType('AWS::ApiGateway::Resource').map((resource) => [resource.ref, resource]));
  const pathOf = (id: string): string => {
    const resource = parts.get(id);
    return resource === undefined
      ? ''
      : `${pathOf(textAt(resource.properties, 'ParentId') ?? '')}/${textAt(resource.properties, 'PathPart') ?? ''}`;
  };
  return (
    model
      .ofType('AWS::ApiGateway::Method')
      .filter(({ properties }) => textAt(properties, 'Integration', 'Type') === 'AWS_PROXY')
      .map(({ properties }) => {
        const path = pathOf(textAt(properties, 'ResourceId') ?? '') || '/';
        return {
          method: textAt(properties, 'HttpMethod') ?? 'ANY',
          path,
          pattern: patternOf(path),
          authorized: textAt(properties, 'AuthorizationType') === 'COGNITO_USER_POOLS',
          scopes: textsAt(properties, 'AuthorizationScopes'),
          functionName: functionNameOf(textAt(properties, 'Integration', 'Uri') ?? ''),
        };
      })
      // As API Gateway prefers: fixed parts before parameters, parameters before a greedy rest.
      .toSorted(
        (a, b) =>
          a.path.replaceAll('{', '~').localeCompare(b.path.replaceAll('{', '~'), 'en') ||
          Number(a.method === 'ANY') - Number(b.method === 'ANY'),
      )
  );
};

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path.replace(/[.]/g, '\\.').replace(/\{(\w+)(\+?)\}/g, (_match, name: string, greedy: string) => `(?<${name}>${greedy === '' ? '[^/]+' : '.+'})`)}$`,
  );

const statusOf: Readonly<Record<string, readonly [status: number, message: string]>> = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  ACCESS_DENIED: [403, 'Access denied'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INTEGRATION_FAILURE: [500, 'Internal server error'],
};

type Refuse = (response: ServerResponse, type: string, requestId: string, status?: number) => void;

/** Answers without the function: with the template's body and headers for that case, else for its class, else API Gateway's own. */
const gatewayResponses = (model: TemplateModel): Refuse => {
  const defined = model.ofType('AWS::ApiGateway::GatewayResponse');
  const ofType = (type: string): Resource | undefined => defined.find(({ properties }) => textAt(properties, 'ResponseType') === type);
  return (response, type, requestId, status) => {
    const [usual = 500, message = ''] = statusOf[type] ?? [];
    const own = ofType(type) ?? ofType(usual < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const fill = (text: string): string =>
      text
        .replaceAll('$context.error.messageString', JSON.stringify(message))
        .replaceAll('$context.error.message', message)
        .replaceAll('$context.error.responseType', type)
        .replaceAll('$context.requestId', requestId);
    const [mediaType, template] = entriesAt(own?.properties, 'ResponseTemplates')[0] ?? [
      'application/json',
      '{"message":$context.error.messageString}',
    ];
    const headers = entriesAt(own?.properties, 'ResponseParameters').flatMap(([name, value]) => {
      const header = /^gatewayresponse\.header\.(.+)$/.exec(name)?.[1];
      return header === undefined ? [] : [[header, fill(String(value).replace(/^'(.*)'$/, '$1'))] as const];
    });
    response.writeHead(status ?? Number(textAt(own?.properties, 'StatusCode') ?? usual), {
      'content-type': mediaType,
      'x-amzn-requestid': requestId,
      ...Object.fromEntries(headers),
    });
    response.end(fill(String(template)));
  };
};

interface EventParts {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly path: string;
  readonly route: ApiRoute;
  readonly stageName: string;
  readonly requestId: string;
  readonly body: string;
  readonly claims: Readonly<Record<string, string>> | undefined;
}

/** The event of a Lambda proxy integration of a REST API (payload format 1.0). */
const proxyEvent = ({ request, url, path, route, stageName, requestId, body, claims }: EventParts): unknown => {
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []] as const);
  const names = [...new Set(url.searchParams.keys())];
  const now = new Date();
  return {
    resource: route.path,
    path,
    httpMethod: request.method,
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(url.searchParams),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)])),
    pathParameters: pathParameters(route.pattern, path),
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? 'local',
      httpMethod: request.method,
      identity: { sourceIp: request.socket.remoteAddress ?? '127.0.0.1', userAgent: request.headers['user-agent'] ?? null },
      path: `/${stageName}${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      extendedRequestId: requestId,
      requestTime: now.toUTCString(),
      requestTimeEpoch: now.getTime(),
      resourceId: route.path,
      resourcePath: route.path,
      stage: stageName,
      ...(claims === undefined ? {} : { authorizer: { claims } }),
    },
    body: body === '' ? null : body,
    isBase64Encoded: false,
  };
};

const pathParameters = (pattern: RegExp, path: string): Readonly<Record<string, string>> | null => {
  const groups = pattern.exec(path)?.groups;
  return groups === undefined ? null : Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeQuietly(value)]));
};

const decodeQuietly = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const reply = (response: ServerResponse, result: Json, requestId: string): void => {
  const status = Number(textAt(result, 'statusCode'));
  if (!isJsonObject(result) || Number.isNaN(status)) throw new Error('The function answered with something that is not a proxy response.');
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('content-type', 'application/json');
  for (const [name, value] of entriesAt(result, 'headers')) response.setHeader(name, String(value));
  for (const [name, values] of entriesAt(result, 'multiValueHeaders')) response.setHeader(name, listAt(values).map(String));
  const body = textAt(result, 'body') ?? '';
  response.writeHead(status).end(at(result, 'isBase64Encoded') === true ? Buffer.from(body, 'base64') : body);
};
