import middy, { type MiddlewareObj } from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouterHandler, { type Method } from '@middy/http-router';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { problems } from '../../contracts/http/problems.ts';
import type { AuditTrail } from '../../services/audit/audit-trail.ts';
import type { Clock } from '../../services/clock.ts';
import { systemClock } from '../clock.ts';
import { log, logEvents } from '../logging/log.ts';
import { count, flushMetrics } from '../metrics/count.ts';
import { metrics } from '../observability-catalogue.ts';
import type { ApiEvent } from './api-event.ts';
import { audited } from './audited.ts';
import { correlationIdOf } from './correlation-id.ts';
import { errorAnswer, type HttpAnswer } from './error-answer.ts';
import type { Answer, RouteHandler, RouteHandlers } from './handle.ts';
import { jsonMedium } from './json-medium.ts';
import type { Medium } from './medium.ts';
import { Problem } from './problem.ts';
import { staffOnly } from './staff-only.ts';

export interface HttpHandlerOptions {
  readonly audit: AuditTrail;
  readonly clock?: Clock;
  /** What bodies and answers are: JSON, where nothing is said. */
  readonly medium?: Medium;
}

export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<HttpAnswer>;

/**
 * A function's API, from its rows of the route table. Outermost first: security headers, error mapper, request context,
 * header normaliser, router; then per route: audit, role check, body. Whatever happens inside, the answer is JSON of a
 * declared shape or a problem of the catalogue.
 *
 * ```ts
 * export const handler = httpHandler(routes(wire(readEnvironment(envSchema))), { audit });
 * ```
 */
export const httpHandler = (
  handlers: RouteHandlers,
  { audit, clock = systemClock, medium = jsonMedium }: HttpHandlerOptions,
): ApiHandler => {
  const router = httpRouterHandler<APIGatewayProxyEvent, HttpAnswer>({
    routes: handlers.map((handler) => ({
      method: handler.route.method,
      path: handler.route.path,
      handler: routeHandler(handler, medium, audit, clock),
    })),
    notFoundResponse: ({ path }) => {
      throw noRoute(handlers, path);
    },
  });
  const api = middy<APIGatewayProxyEvent, HttpAnswer>({ timeoutEarlyInMillis: 0 })
    .use([...medium.headers])
    .use(errorMapper(medium))
    .use(requestContext)
    .use(httpHeaderNormalizer())
    .handler(router);
  return async (event, context) => {
    try {
      return await api(event, context);
    } finally {
      flushMetrics();
    }
  };
};

/** Milliseconds before Lambda's own end, in which the record is written and 503 is answered: better than nothing at all. */
const timeToSayLater = 1500;

const routeHandler = ({ route, answer }: RouteHandler, medium: Medium, audit: AuditTrail, clock: Clock) => {
  const inner = middy<ApiEvent, Answer>({ timeoutEarlyInMillis: timeToSayLater })
    .use(audited(route, audit, clock))
    .use(staffOnly(route));
  if (route.request.body) medium.readBody(inner);
  inner.handler((event: ApiEvent) =>
    answer({
      path: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      repeated: repeatedIn(event.multiValueQueryStringParameters),
      body: event.body,
      headers: event.headers,
      principal: event.call.principal,
      correlationId: event.call.correlationId,
    }),
  );
  return async (event: APIGatewayProxyEvent, context: Context): Promise<HttpAnswer> =>
    medium.success(await inner(event as ApiEvent, context));
};

/** The gateway gives the last value of a parameter, and here all of them. */
const repeatedIn = (values: ApiEvent['multiValueQueryStringParameters']): readonly string[] =>
  Object.entries(values ?? {}).flatMap(([name, given]) => (given && given.length > 1 ? [name] : []));

const noRoute = (handlers: RouteHandlers, path: string): Problem => {
  const allowed = handlers.filter(({ route }) => matches(route.path, path)).map(({ route }) => route.method);
  return allowed.length === 0
    ? new Problem('not-found')
    : new Problem('method-not-allowed', { headers: { Allow: [...new Set<Method>(allowed)].join(', ') } });
};

const matches = (template: string, path: string): boolean => {
  const wanted = template.split('/');
  const given = path.replace(/\/$/, '').split('/');
  return wanted.length === given.length && wanted.every((part, i) => part === given[i] || (part.startsWith('{') && given[i] !== ''));
};

const requestContext: MiddlewareObj<APIGatewayProxyEvent, HttpAnswer> = {
  before: ({ event }) => {
    // The gateway sends null where there are no headers, whatever its type says.
    const headers: unknown = event.headers;
    if (typeof headers !== 'object' || headers === null) event.headers = {};
    const requestId = Object.entries(event.headers).find(([name]) => name.toLowerCase() === 'x-request-id')?.[1];
    Object.assign(event, { call: { correlationId: correlationIdOf(requestId), startedAt: performance.now() } satisfies ApiEvent['call'] });
  },
  after: ({ event, response }) => {
    if (!response) return;
    const { correlationId, operationId, principal, startedAt } = (event as ApiEvent).call;
    response.headers['X-Request-Id'] = correlationId;
    log.info(logEvents.requestAnswered, {
      correlationId,
      ...(operationId === undefined ? {} : { operationId }),
      status: response.statusCode,
      durationMs: Math.round(performance.now() - startedAt),
      actorKind: principal ? 'staff' : 'link',
    });
  },
};

const errorMapper = (medium: Medium): MiddlewareObj<APIGatewayProxyEvent, HttpAnswer> => ({
  onError: (request) => {
    const { correlationId, operationId, startedAt } = (request.event as ApiEvent).call;
    const answer = errorAnswer(request.error);
    const { status } = problems[answer.code];
    const fields = {
      correlationId,
      ...(operationId === undefined ? {} : { operationId }),
      status,
      code: answer.code,
      fieldErrors: answer.errors.length,
      durationMs: Math.round(performance.now() - startedAt),
    };
    if (answer.code === 'internal-error') {
      count(metrics.requestFailed);
      log.error(logEvents.requestFailed, fields, request.error);
    } else if (status >= 500) {
      count(metrics.requestTurnedAway);
      log.warn(logEvents.requestTurnedAway, fields, request.error);
    } else {
      if (answer.code === 'link-not-found') count(metrics.linkNotRecognised);
      log.info(logEvents.requestRefused, fields);
    }
    request.response = medium.problem(answer, correlationId, request.event as ApiEvent);
    request.response.headers['X-Request-Id'] = correlationId;
  },
});
