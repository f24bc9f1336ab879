import type * as z from 'zod';
import type { Route } from '../../contracts/http/route.ts';
import { parseRequest, type RawRequest, type RouteRequest } from './route-request.ts';

export interface Reply<R extends Route> {
  /** Held against the route's response schema; fields it does not name are left out. */
  readonly body: z.input<R['response']['body']>;
  /** Instead of the route's status. */
  readonly status?: 200 | 201 | 202;
  /** Version of what was read or changed; goes out in quotes. */
  readonly etag?: number | string;
  /** Path of what was created. */
  readonly location?: `/v1/${string}`;
  /** Ids of every person, family, upload and link the answer shows or the request changed: the audit record's subjects. */
  readonly subjects: readonly string[];
  /** The link that was used, on routes with link access. */
  readonly linkId?: string;
  /** Default: `shown` for GET, else `changed`. A POST that only reads says `shown`. */
  readonly result?: 'shown' | 'changed';
}

/** A route with its handler, its types rubbed off, so that handlers of many routes fit in one list. */
export interface RouteHandler {
  readonly route: Route;
  readonly answer: (raw: RawRequest) => Promise<Answer>;
}
export type RouteHandlers = readonly RouteHandler[];

export interface Answer extends Omit<Reply<Route>, 'body'> {
  readonly status: 200 | 201 | 202;
  readonly body: unknown;
}

/** Joins a row of the route table with the code that answers it: parsed request in, reply out, filtered by the response schema. */
export const handle = <const R extends Route>(route: R, respond: (request: RouteRequest<R>) => Promise<Reply<R>>): RouteHandler => ({
  route,
  answer: async (raw) => {
    const { body, status, ...reply } = await respond(parseRequest(route, raw));
    return { ...reply, status: status ?? route.response.status, body: route.response.body.parse(body) };
  },
});
