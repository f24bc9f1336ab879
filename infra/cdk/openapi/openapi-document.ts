import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemSchema, problems, problemType, type ProblemBody, type ProblemCode } from '#shared/contracts/http/problems.ts';
import { requestHeaders } from '#shared/contracts/http/request-headers.ts';
import type { Route } from '#shared/contracts/http/route.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { requestExamples } from './request-examples.ts';

/** OpenAPI 3.1 of the whole API, made from the route table and nothing else. */
export const openApiDocument = (): ReturnType<typeof createDocument> => {
  nameSchemas();
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stronger Families',
      version: '1.0.0',
      description: introduction,
    },
    servers: [{ url: '/api', description: 'Behind the portal’s own address' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths(),
    components: {
      securitySchemes: {
        staff: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Access token of a signed-in member of staff; the groups in it are the roles.',
        },
      },
    },
  });
};

const problemComponent = problemSchema.meta({ id: 'Problem', description: 'What went wrong and what to do (RFC 9457). `code` is stable.' });

const introduction = `Upload links, uploads, referrals, people and families of a council's family support programme.

**Roles.** Each operation names the roles that may use it. A role that may not gets \`403 forbidden\`, and the attempt is recorded.

**Purpose.** Reading personal data needs the header \`X-Purpose\`. Every read and every change leaves an audit record before it is answered.

**Lists** answer \`items\` and, unless it is the last page, a \`cursor\` to ask for the next one.

**Errors** are \`application/problem+json\` with one of these codes:

| code | status | meaning |
|---|---|---|
${Object.entries(problems)
  .map(([code, { status, title, detail }]) => `| \`${code}\` | ${String(status)} | ${title}. ${detail} |`)
  .join('\n')}
`;

const tags: Readonly<Record<string, string>> = {
  links: 'Links through which partners send files',
  uploads: 'Files that partners sent, and what came of them',
  portal: 'What the upload page asks, with the token of its link',
  referrals: 'People referred one at a time',
  families: 'Families, their needs and whether they meet the criteria',
  people: 'Whether we know a person',
};

/** `/v1/links/{linkId}` → `links` */
const tagOf = ({ path }: Route): string => path.split('/')[2] ?? '';

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Names the bodies after the operation that first uses them; a schema that several share has one name. */
const nameSchemas = (): void => {
  for (const { operationId, request, response } of routes) {
    if (request.body) nameSchema(request.body, `${capitalised(operationId)}Request`);
    nameSchema(response.body, `${capitalised(operationId)}Response`);
  }
};

const nameSchema = (schema: z.ZodType, id: string): void => {
  const known = z.globalRegistry.get(schema);
  if (known?.id === undefined) z.globalRegistry.add(schema, { ...known, id });
};

const paths = (): ZodOpenApiPathsObject => {
  const result: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) (result[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return result;
};

const operation = (route: Route): ZodOpenApiOperationObject => {
  const { operationId, summary, access, request } = route;
  return {
    operationId,
    summary,
    description:
      access.kind === 'staff' ? `Roles: ${access.roles.join(', ')}.` : 'For the holder of an upload link; the token is in the body.',
    tags: [tagOf(route)],
    security: access.kind === 'staff' ? [{ staff: [] }] : [],
    requestParams: {
      ...(request.path ? { path: request.path } : {}),
      ...(request.query ? { query: request.query } : {}),
      header: z.object({
        ...(request.purpose ? { 'X-Purpose': requestHeaders.purpose } : {}),
        ...(request.idempotencyKey ? { 'Idempotency-Key': requestHeaders.idempotencyKey } : {}),
        ...(request.ifMatch ? { 'If-Match': requestHeaders.ifMatch } : {}),
        'X-Request-Id': requestHeaders.requestId.optional(),
      }),
    },
    ...(request.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: request.body, ...exampleOf(operationId) } } } }
      : {}),
    responses: responses(route),
  };
};

const exampleOf = (operationId: string) => {
  const example = requestExamples[operationId];
  return example ? { examples: { [operationId]: { ...example } } } : {};
};

const anExample = (code: ProblemCode): ProblemBody => {
  const { status, title, detail } = problems[code];
  return { type: problemType(code), title, status, detail, code, correlationId: '01BX5ZZKBKACTAV9WEVGEMMVRZ' };
};

const responseHeaders = z.object({ 'X-Request-Id': z.string().meta({ description: 'The correlation id' }) });

const responses = (route: Route): ZodOpenApiResponsesObject => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return {
    [`${route.response.status}`]: {
      description: route.summary,
      headers: responseHeaders,
      content: { 'application/json': { schema: route.response.body } },
    },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
          headers: responseHeaders,
          content: {
            'application/problem+json': {
              schema: problemComponent,
              examples: Object.fromEntries(codes.map((code) => [code, { value: anExample(code) }])),
            },
          },
        },
      ]),
    ),
  };
};

/** The route's own, and those that follow from how it is asked. */
const problemsOf = ({ access, request, problems: own }: Route): readonly ProblemCode[] => {
  const asked: ProblemCode[] = [];
  if (access.kind === 'staff') asked.push('unauthenticated', 'forbidden');
  if (request.path || request.query || request.body || request.idempotencyKey || request.purpose) asked.push('invalid-request');
  if (request.query && 'cursor' in request.query.shape) asked.push('invalid-cursor');
  if (request.body) asked.push('malformed-body', 'body-too-large', 'unsupported-media-type');
  if (request.ifMatch) asked.push('precondition-required', 'version-mismatch');
  return [...new Set<ProblemCode>([...asked, ...own, 'too-many-requests', 'internal-error', 'audit-unavailable', 'try-again'])];
};
