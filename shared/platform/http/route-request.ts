import type * as z from 'zod';
import { purposeSchema, type Principal, type Purpose } from '../../domain/access/access.ts';
import type { Route } from '../../contracts/http/route.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { requestHeaders } from '../../contracts/http/request-headers.ts';
import { fieldErrors } from './field-errors.ts';
import { Problem } from './problem.ts';

type Parsed<R extends Route, Part extends 'path' | 'query' | 'body'> =
  R['request'] extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? z.output<Schema> : undefined;
type When<R extends Route, Part extends 'idempotencyKey' | 'ifMatch' | 'purpose', Value> =
  R['request'] extends Readonly<Record<Part, 'required'>> ? Value : undefined;

/** What a handler gets: every part parsed with its route's schema. */
export interface RouteRequest<R extends Route> {
  readonly path: Parsed<R, 'path'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  readonly principal: R['access'] extends { readonly kind: 'staff' } ? Principal : undefined;
  readonly purpose: When<R, 'purpose', Purpose>;
  /** The version the caller read, out of `If-Match: "7"`. */
  readonly ifMatch: When<R, 'ifMatch', number>;
  readonly idempotencyKey: When<R, 'idempotencyKey', string>;
  readonly correlationId: string;
}

/** The same before parsing. Header names are lower case. */
export interface RawRequest {
  readonly path: unknown;
  readonly query: unknown;
  /** Names of query parameters that were given more than once. */
  readonly repeated?: readonly string[];
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly principal: Principal | undefined;
  readonly correlationId: string;
}

const headerError = (name: string, code: string, message: string, fix: string): FieldError => ({
  pointer: `/header/${name}`,
  code,
  message,
  fix,
});

/** Parses every part, gathers all that is wrong, and throws one problem for it. */
export const parseRequest = <R extends Route>(route: R, raw: RawRequest): RouteRequest<R> => {
  const errors: FieldError[] = [];
  const part = (name: 'path' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    errors.push(...fieldErrors(name, schema, result.error));
    return undefined;
  };
  const wanted = route.request;
  errors.push(...parameterErrors(wanted.query, raw));
  const parsed = {
    path: part('path', wanted.path, raw.path),
    query: part('query', wanted.query, raw.query),
    body: part('body', wanted.body, raw.body),
    principal: raw.principal,
    purpose: wanted.purpose ? purposeIn(raw, errors) : undefined,
    idempotencyKey: wanted.idempotencyKey ? idempotencyKeyIn(raw, errors) : undefined,
    ifMatch: wanted.ifMatch ? versionIn(raw, errors) : undefined,
    correlationId: raw.correlationId,
  };
  if (errors.length > 0) throw new Problem('invalid-request', { errors });
  // Each part was parsed with the very schema its type is inferred from; the compiler cannot follow that through `R`.
  return parsed as RouteRequest<R>;
};

const purposeIn = (raw: RawRequest, errors: FieldError[]): Purpose | undefined => {
  const result = purposeSchema.safeParse(raw.headers['x-purpose']);
  if (result.success) return result.data;
  errors.push(
    headerError(
      'x-purpose',
      raw.headers['x-purpose'] === undefined ? 'missing' : 'not-an-option',
      'Say why you need this personal data.',
      `Send the header X-Purpose with one of: ${purposeSchema.options.join(', ')}.`,
    ),
  );
  return undefined;
};

const idempotencyKeyIn = (raw: RawRequest, errors: FieldError[]): string | undefined => {
  const result = requestHeaders.idempotencyKey.safeParse(raw.headers['idempotency-key']);
  if (result.success) return result.data;
  errors.push(
    headerError(
      'idempotency-key',
      raw.headers['idempotency-key'] === undefined ? 'missing' : 'wrong-format',
      'A request that creates something needs a key of its own.',
      'Send the header Idempotency-Key with a new UUID; repeat the same key only to repeat the same request.',
    ),
  );
  return undefined;
};

/** An ETag of ours is a version number in quotes; any other text was never given out, so it is no question of who was first. */
const versionIn = (raw: RawRequest, errors: FieldError[]): number | undefined => {
  const header = raw.headers['if-match'];
  if (header === undefined || header.trim() === '') throw new Problem('precondition-required');
  const match = /^"(0|[1-9]\d{0,14})"$/.exec(header.trim());
  if (match) return Number(match[1]);
  errors.push(
    headerError(
      'if-match',
      'wrong-format',
      'If-Match must be the ETag of the last read, such as "3".',
      'Read it again and send the ETag of that answer as it is, with its quotation marks.',
    ),
  );
  return undefined;
};

/** What a parameter may be called: only such a name is repeated in an answer, because anything may stand in a URL. */
const parameterName = /^[a-z][a-zA-Z_-]{0,19}$/;

/** Parameters that the route does not have, and those given twice. Ignored, they would make an answer look like what was asked for. */
const parameterErrors = (schema: z.ZodObject | undefined, { query, repeated = [] }: RawRequest): FieldError[] => {
  const known = Object.keys(schema?.shape ?? {});
  const given = typeof query === 'object' && query !== null ? Object.keys(query) : [];
  const unknown = given.filter((name) => !known.includes(name));
  return [
    ...unknown.slice(0, mostNamed).map((name): FieldError => {
      const isName = parameterName.test(name);
      return {
        pointer: isName ? `/query/${name}` : '/query',
        code: 'unknown-parameter',
        message: isName ? `There is no parameter called ${name} here.` : 'There is a parameter here that we do not know.',
        fix: known.length === 0 ? 'Leave it out: this request takes no parameters.' : `Leave it out, or use one of: ${known.join(', ')}.`,
      };
    }),
    ...repeated
      .filter((name) => known.includes(name))
      .map((name): FieldError => ({
        pointer: `/query/${name}`,
        code: 'repeated-parameter',
        message: `The parameter ${name} is given more than once.`,
        fix: 'Give it once.',
      })),
  ];
};

const mostNamed = 10;
