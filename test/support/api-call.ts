import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { ApiHandler } from '#shared/platform/http/http-handler.ts';

export interface ApiCall {
  readonly method?: string;
  readonly path: string;
  /** Without it there is no token. */
  readonly roles?: readonly string[];
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; text goes as it is. */
  readonly body?: unknown;
  readonly base64?: boolean;
}

export interface ApiResult {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: unknown;
}

/** The event API Gateway's REST API would make of it, after its Cognito authoriser. */
export const anApiEvent = ({
  method = 'GET',
  path,
  roles,
  subject = staffId,
  headers = {},
  query,
  body,
  base64 = false,
}: ApiCall): APIGatewayProxyEvent => {
  const claims = roles && { sub: subject, token_use: 'access', scope: 'stronger-families/use', 'cognito:groups': `[${roles.join(' ')}]` };
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const nothing = { pathParameters: null, stageVariables: null, multiValueQueryStringParameters: null };
  return {
    ...nothing,
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    multiValueHeaders: {},
    queryStringParameters: query ? { ...query } : null,
    body: text,
    isBase64Encoded: base64,
    requestContext: { authorizer: claims ? { claims } : undefined } as unknown as APIGatewayProxyEvent['requestContext'],
  };
};

export const staffId = '5f0c7a52-9c1d-4a86-a1d2-7c1b2e0d9f11';

export const aLambdaContext = (remainingMs = 30_000): Context => {
  const context: Partial<Context> = {
    awsRequestId: '7b0d3d6e-1111-4222-8333-94c4e2f0a001',
    functionName: 'test',
    getRemainingTimeInMillis: () => remainingMs,
  };
  return context as Context;
};

export const callApi = async (handler: ApiHandler, call: ApiCall): Promise<ApiResult> => {
  const { statusCode, headers, body } = await handler(anApiEvent(call), aLambdaContext());
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    text: body,
    json: JSON.parse(body) as unknown,
  };
};
