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
  const parsed = {
    path: part('path', wanted.path, raw.path),
    query: part('query', wanted.query, raw.query),
    body: part('body', wanted.body, raw.body),
    principal: raw.principal,
    purpose: wanted.purpose ? purposeIn(raw, errors) : undefined,
    idempotencyKey: wanted.idempotencyKey ? idempotencyKeyIn(raw, errors) : undefined,
    ifMatch: wanted.ifMatch ? versionIn(raw) : undefined,
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

/** An ETag of ours is a version number in quotes. Any other cannot match (RFC 9110 §13.1.1: weak ones never do). */
const versionIn = (raw: RawRequest): number => {
  const header = raw.headers['if-match'];
  if (header === undefined || header.trim() === '') throw new Problem('precondition-required');
  const match = /^"(0|[1-9]\d{0,14})"$/.exec(header.trim());
  if (!match) throw new Problem('version-mismatch');
  return Number(match[1]);
};
