import type { MiddlewareObj } from '@middy/core';
import { problems } from '../../contracts/http/problems.ts';
import type { Route } from '../../contracts/http/route.ts';
import { purposeSchema } from '../../domain/access/access.ts';
import type { AuditEntry, AuditTrail } from '../../services/audit/audit-trail.ts';
import type { Clock } from '../../services/clock.ts';
import { log, logEvents } from '../logging/log.ts';
import { count } from '../metrics/count.ts';
import { metrics } from '../observability-catalogue.ts';
import type { ApiEvent } from './api-event.ts';
import { errorAnswer } from './error-answer.ts';
import type { Answer } from './handle.ts';
import { Problem } from './problem.ts';

/**
 * One audit record per call, written before the answer goes out: what was shown or changed, and what was refused. Where
 * it cannot be written the answer is withheld (503).
 *
 * A call that nobody can be named for (no valid token, no known link) leaves a log line and a metric, not a record:
 * else anybody could fill the table.
 */
export const audited = (route: Route, audit: AuditTrail, clock: Clock): MiddlewareObj<ApiEvent, Answer> => {
  const write = async (event: ApiEvent, outcome: Outcome): Promise<void> => {
    const actor = actorOf(event, outcome);
    if (!actor) return;
    const purpose = purposeSchema.safeParse(event.headers['x-purpose']);
    try {
      await audit.record({
        at: clock.now(),
        ...actor,
        action: route.operationId,
        subjects: [...new Set(outcome.subjects)],
        ...(purpose.success ? { purpose: purpose.data } : {}),
        result: outcome.result,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
        correlationId: event.call.correlationId,
      });
    } catch (error) {
      count(metrics.auditFailed);
      log.error(logEvents.auditFailed, { correlationId: event.call.correlationId, operationId: route.operationId }, error);
      throw new Problem('audit-unavailable');
    }
  };
  return {
    after: async ({ event, response }) => {
      if (!response) return;
      await write(event, {
        subjects: response.subjects,
        result: response.result ?? (route.method === 'GET' ? 'shown' : 'changed'),
        linkId: response.linkId,
      });
    },
    onError: async ({ event, error }) => {
      const answer = errorAnswer(error);
      // Writing failed already: trying again would only take longer to say the same.
      if (answer.code === 'audit-unavailable') return;
      await write(event, {
        subjects: [...answer.about, ...identifiersIn(event.pathParameters)],
        result: problems[answer.code].status >= 500 ? 'failed' : 'refused',
        code: answer.code,
        linkId: route.access.kind === 'link' ? answer.about[0] : undefined,
      });
    },
  };
};

interface Outcome {
  readonly subjects: readonly string[];
  readonly result: AuditEntry['result'];
  readonly code?: string;
  readonly linkId: string | undefined;
}

const actorOf = (event: ApiEvent, outcome: Outcome): Pick<AuditEntry, 'actorKind' | 'actorId' | 'roles'> | undefined => {
  const { principal } = event.call;
  if (principal) return { actorKind: 'staff', actorId: principal.id, roles: [...principal.roles] };
  if (outcome.linkId !== undefined) return { actorKind: 'link', actorId: outcome.linkId, roles: [] };
  return undefined;
};

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** What a refused call asked for, if it is an id at all. */
const identifiersIn = (parameters: ApiEvent['pathParameters']): readonly string[] =>
  Object.values(parameters ?? {}).filter((value): value is string => value !== undefined && ulid.test(value));
