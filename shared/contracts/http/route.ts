import type * as z from 'zod';
import type { Role } from '../../domain/access/access.ts';
import type { ProblemCode } from './problems.ts';

export const functionNames = [
  'portal-api',
  'forms-api',
  'links-api',
  'uploads-api',
  'referrals-api',
  'families-api',
  'people-api',
  'reviews-api',
  'rules-api',
  'cases-api',
  'operations-api',
] as const;
/** The Lambda that answers a route. */
export type ApiFunction = (typeof functionNames)[number];

/** `staff`: bearer token whose groups hold one of the roles. `link`: the upload link's token in the body. */
type Access = { readonly kind: 'staff'; readonly roles: readonly Role[] } | { readonly kind: 'link' };

/**
 * One row of the route table: read by the router, the infrastructure, the OpenAPI page, the local host, the portal's
 * client and the permission tests.
 */
export interface Route {
  readonly operationId: string;
  readonly function: ApiFunction;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/links/{linkId}` */
  readonly path: `/v1/${string}`;
  readonly access: Access;
  readonly summary: string;
  readonly request: {
    readonly path?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly body?: z.ZodType;
    /** `required`: a POST that creates; the same key answers with the same result. */
    readonly idempotencyKey?: 'required';
    /** An edit: the ETag read before comes back in `If-Match`. */
    readonly ifMatch?: 'required';
    /** Reads of personal data say why, in the `X-Purpose` header. */
    readonly purpose?: 'required';
  };
  readonly response: { readonly status: 200 | 201 | 202; readonly body: z.ZodType };
  /** Codes of `problems.ts` that this route may answer with, besides those every route has. */
  readonly problems: readonly ProblemCode[];
}

/** Keeps a route's literal types, so that handlers are typed by their row. */
export const defineRoute = <const R extends Route>(route: R): R => route;
