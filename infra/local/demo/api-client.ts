import * as z from 'zod';
import type { Route } from '#shared/contracts/http/route.ts';

interface ApiRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service answered with a problem. Its message is the problem's own words. */
class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(operation: string, status: number, code: string, title: string) {
    super(`${operation}: ${String(status)} ${code}: ${title}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
  }
}

const problemSchema = z.object({ code: z.string().default('no-code'), title: z.string().default('no title') });

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

/** Calls a row of the route table over HTTP and reads the answer with the row's own schema. */
export type ApiClient = <const R extends Route>(route: R, request?: ApiRequest) => Promise<z.output<R['response']['body']>>;

export const apiClient =
  (baseUrl: string, token?: string): ApiClient =>
  async (route, request = {}) => {
    const url = new URL(`${baseUrl}${fill(route.path, request.path ?? {})}`);
    for (const [name, value] of Object.entries(request.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const response = await fetch(url, {
      method: route.method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    const body: unknown = await response.json();
    if (response.ok) return route.response.body.parse(body) as never;
    const { code, title } = problemSchema.parse(body);
    throw new ApiProblem(route.operationId, response.status, code, title);
  };

/** All items of a paged list. */
export const everyPage = async <Item>(
  readPage: (cursor: string | undefined) => Promise<{ items: readonly Item[]; cursor?: string | undefined }>,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
};
