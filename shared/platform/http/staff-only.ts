import type { MiddlewareObj } from '@middy/core';
import type { Route } from '../../contracts/http/route.ts';
import { count } from '../metrics/count.ts';
import { metrics } from '../observability-catalogue.ts';
import type { ApiEvent } from './api-event.ts';
import { principalOf } from './principal.ts';
import { Problem } from './problem.ts';

/** Who it is, out of the verified claims, and whether the route table gives one of their roles this route. Link routes have no principal. */
export const staffOnly = ({ access, operationId }: Route): MiddlewareObj<ApiEvent> => ({
  before: ({ event }) => {
    event.call.operationId = operationId;
    if (access.kind === 'link') return;
    const principal = principalOf(event.requestContext.authorizer?.['claims']);
    if (!principal) throw new Problem('unauthenticated');
    event.call.principal = principal;
    if (!access.roles.some((role) => principal.roles.includes(role))) {
      count(metrics.requestForbidden);
      throw new Problem('forbidden');
    }
  },
});
