import fc from 'fast-check';
import * as z from 'zod';
import { purposeSchema, roleSchema } from '#shared/domain/access/access.ts';
import { requestExamples } from '#infra/cdk/openapi/request-examples.ts';
import type { Route } from '#shared/contracts/http/route.ts';
import type { ApiCall } from './api-call.ts';

const ulid = fc.constantFrom('01ARZ3NDEKTSV4RRFFQ69G5FAV', '01BX5ZZKBKACTAV9WEVGEMMVRZ', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
const oddText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\uD800',
    '../../etc/passwd',
    '{{7*7}}',
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '=1+1',
    '١٢٣',
    'null',
    'NaN',
    '-1',
    '1e309',
  ),
);

/** One of these is right for nearly every text a schema asks for. */
const plausible = [
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '0b0f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11',
  '2026-01-05',
  '2015-03-09',
  '2026-01-05T09:00:00Z',
  '2026-12-31T17:00:00Z',
  'northfield-academy',
  'DSA-2026-014',
  'Example',
  '943 476 5919',
  'text/csv',
  `${'A'.repeat(43)}=`,
  '0f'.repeat(32),
  'P2.H2.2',
  '25',
  'H2',
  'query-digits-in-name',
  '0f'.repeat(16),
];

/** How a value is made: right throughout, or at any depth now and then left out, of another type, or hostile. */
type Make = (schema: unknown) => fc.Arbitrary<unknown>;

const right: Make = (schema) => shaped(schema, right);
const nearlyRight: Make = (schema) =>
  fc.oneof(
    { weight: 12, arbitrary: shaped(schema, nearlyRight) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    { weight: 1, arbitrary: oddText },
  );

const shaped = (schema: unknown, make: Make): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) return make(schema.unwrap());
  if (schema instanceof z.ZodPipe) return make(schema.in);
  if (schema instanceof z.ZodObject) return make === right ? rightObject(schema.shape) : nearlyRightObject(schema.shape);
  if (schema instanceof z.ZodArray) {
    const minLength = make === right && !schema.safeParse([]).success ? 1 : 0;
    return fc.array(make(schema.element), { minLength, maxLength: Math.max(minLength, 4) });
  }
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(make === right ? keysOf(schema) : oddText, make(schema.valueType), { maxKeys: 5 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(make));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber)
    return make === right ? fc.integer({ min: 1, max: 100 }) : fc.oneof(fc.integer({ min: -2, max: 200 }), fc.double());
  const fitting = schema instanceof z.ZodType ? plausible.filter((text) => schema.safeParse(text).success) : [];
  const fits = fitting.length > 0 ? fc.constantFrom(...fitting) : fc.constantFrom(...plausible);
  return make === right ? fits : fc.oneof({ weight: 6, arbitrary: fits }, oddText);
};

const keysOf = ({ keyType }: z.ZodRecord): fc.Arbitrary<string> => right(keyType).map(String);

/** Fields that may be left out are left out half of the time. */
const rightObject = (shape: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, right(schema)])), {
    noNullPrototype: true,
    requiredKeys: Object.entries(shape).flatMap(([name, schema]) =>
      schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? [] : [name],
    ),
  });

const nearlyRightObject = (shape: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, nearlyRight(schema)])), { noNullPrototype: true }),
      fc.option(fc.constantFrom(...Object.keys(shape), ''), { freq: 6, nil: '' }),
      fc.option(fc.tuple(fc.oneof(oddText, fc.constantFrom('__proto__', 'constructor', 'toString')), fc.jsonValue({ maxDepth: 2 })), {
        freq: 8,
      }),
    )
    .map(([object, leaveOut, extra]) => {
      const { [leaveOut]: _, ...rest } = object;
      return extra ? { ...rest, [extra[0]]: extra[1] } : rest;
    });

const anyHeaders = fc
  .record(
    {
      'x-purpose': fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string>(...purposeSchema.options) }, oddText),
      'Idempotency-Key': fc.oneof({ weight: 8, arbitrary: fc.uuid() }, oddText),
      'if-match': fc.oneof(fc.constantFrom('"1"', '"2"', 'W/"1"', '*', '"999999999999999"', '"1', ''), oddText),
      'X-Request-Id': fc.oneof(fc.uuid(), oddText),
      Accept: oddText,
      'content-type': fc.oneof({ weight: 8, arbitrary: fc.constant('application/json') }, { weight: 2, arbitrary: oddText }),
    },
    { requiredKeys: ['content-type'] },
  )
  .map((headers) => Object.fromEntries(Object.entries(headers)) as Record<string, string>);

const anyRoles = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 8, arbitrary: fc.subarray<string>([...roleSchema.options, 'root', '__proto__']) },
);

const oddBody = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '{', '[', 'null', '0', '"', '[[[[[[[[[[[[[[[[[[[[[[', '{"__proto__":{}}', '\uFEFF{}'),
);

const pathWith = (route: Route, values: readonly string[]): string => {
  let i = 0;
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[i++]?.replaceAll('/', '') || 'x';
    // A number or a word of its own where the route wants one; ids are right for the rest.
    const schema: unknown = route.request.path?.shape[name];
    if (schema instanceof z.ZodEnum && plausible.includes(value)) return String(schema.options[0]);
    return schema instanceof z.ZodType && schema.safeParse('2').success && plausible.includes(value) ? '2' : value;
  });
};
const asTexts = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));

/** The documentation's own example, or one made up: where fields must fit each other, those made up seldom do. */
const rightBody = ({ operationId, request }: Route): fc.Arbitrary<unknown> => {
  const example = requestExamples[operationId];
  if (!request.body) return fc.constant(undefined);
  return example === undefined ? right(request.body) : fc.oneof(fc.constant(example.value), right(request.body));
};

/** A request that meets the route's schema and comes from somebody who may. */
export const rightRequest = (route: Route): fc.Arbitrary<ApiCall> =>
  fc
    .record({
      ids: fc.array(ulid, { minLength: 3, maxLength: 3 }),
      purpose: fc.constantFrom(...purposeSchema.options),
      key: fc.uuid(),
      version: fc.integer({ min: 1, max: 3 }),
      query: route.request.query ? rightObject(route.request.query.shape) : fc.constant({}),
      body: rightBody(route),
    })
    .map(({ ids, purpose, key, version, query, body }) => ({
      method: route.method,
      path: pathWith(route, ids),
      ...(route.access.kind === 'staff' ? { roles: route.access.roles } : {}),
      headers: {
        ...(route.request.purpose ? { 'X-Purpose': purpose } : {}),
        ...(route.request.idempotencyKey ? { 'Idempotency-Key': key } : {}),
        ...(route.request.ifMatch ? { 'If-Match': `"${String(version)}"` } : {}),
      },
      query: asTexts(query),
      ...(body === undefined ? {} : { body }),
    }));

const nearlyRightRequest = (route: Route): fc.Arbitrary<ApiCall> =>
  fc
    .record({
      ids: fc.array(fc.oneof({ weight: 6, arbitrary: ulid }, oddText), { minLength: 3, maxLength: 3 }),
      roles: fc.oneof({ weight: 3, arbitrary: fc.constant(route.access.kind === 'staff' ? [...route.access.roles] : undefined) }, anyRoles),
      headers: anyHeaders,
      query: route.request.query ? nearlyRightObject(route.request.query.shape) : fc.dictionary(oddText, oddText, { maxKeys: 2 }),
      body: fc.oneof({ weight: 10, arbitrary: route.request.body ? nearlyRight(route.request.body) : fc.constant(undefined) }, oddBody),
      base64: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, fc.constant(true)),
    })
    .map(({ ids, roles, query, ...call }) => ({
      ...call,
      method: route.method,
      path: pathWith(route, ids),
      ...(roles ? { roles } : {}),
      query: asTexts(query),
    }));

/** Any request for a route: by a role that may or may not, with parts that are right, nearly right or hostile. */
export const anyRequest = (route: Route): fc.Arbitrary<ApiCall> =>
  fc.oneof({ weight: 2, arbitrary: rightRequest(route) }, { weight: 3, arbitrary: nearlyRightRequest(route) });
