import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import { defineRoute } from '#shared/contracts/http/route.ts';
import { handle, type Reply, type RouteHandler } from '#shared/platform/http/handle.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { Problem } from '#shared/platform/http/problem.ts';
import { Refusal } from '#shared/services/refusal.ts';
import { aLambdaContext, anApiEvent, callApi, staffId, type ApiCall, type ApiResult } from '../../support/api-call.ts';
import { capturedOutput, jsonLines } from '../../support/captured-output.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const boxId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const requestId = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

const readBox = defineRoute({
  operationId: 'readBox',
  function: 'people-api',
  method: 'GET',
  path: '/v1/boxes/{boxId}',
  access: { kind: 'staff', roles: ['programme-officer', 'auditor'] },
  summary: 'Read a box',
  request: {
    path: z.object({ boxId: z.ulid() }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(25) }),
    purpose: 'required',
  },
  response: { status: 200, body: z.object({ label: z.string(), limit: z.number() }) },
  problems: [],
});
const changeBox = defineRoute({
  operationId: 'changeBox',
  function: 'people-api',
  method: 'POST',
  path: '/v1/boxes/{boxId}/label',
  access: { kind: 'staff', roles: ['programme-officer'] },
  summary: 'Change a box',
  request: {
    path: z.object({ boxId: z.ulid() }),
    body: z.strictObject({ label: z.string().min(1).max(20), tags: z.array(z.strictObject({ name: z.string() })).optional() }),
    idempotencyKey: 'required',
    ifMatch: 'required',
  },
  response: { status: 200, body: z.object({ label: z.string(), version: z.int() }) },
  problems: [],
});
const openDoor = defineRoute({
  operationId: 'openDoor',
  function: 'portal-api',
  method: 'POST',
  path: '/v1/door',
  access: { kind: 'link' },
  summary: 'Open the door',
  request: { body: z.object({ token: z.string() }) },
  response: { status: 201, body: z.object({ open: z.boolean() }) },
  problems: [],
});

const reads = (
  reply: () => Promise<Reply<typeof readBox>> = () => Promise.resolve({ body: { label: 'x', limit: 1 }, subjects: [boxId] }),
): RouteHandler => handle(readBox, reply);
const changes = handle(changeBox, ({ body, ifMatch }) =>
  Promise.resolve({ body: { label: body.label, version: ifMatch + 1 }, etag: ifMatch + 1, subjects: [boxId] }),
);

const aReading: ApiCall = { path: `/v1/boxes/${boxId}`, roles: ['auditor'], headers: { 'X-Purpose': 'audit' } };
const aChange: ApiCall = {
  method: 'POST',
  path: `/v1/boxes/${boxId}/label`,
  roles: ['programme-officer'],
  headers: { 'If-Match': '"7"', 'Idempotency-Key': '0b0f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11' },
  body: { label: 'new' },
};

const ask = async (
  call: ApiCall,
  handlers: readonly RouteHandler[] = [reads(), changes],
  audit = memoryAuditTrail(),
): Promise<ApiResult & Asked> => {
  let result: ApiResult | undefined;
  const output = await capturedOutput(async () => {
    result = await callApi(httpHandler(handlers, { audit }), call);
  });
  if (!result) throw new Error('no answer');
  const problem = result.status >= 400 ? problemSchema.parse(result.json) : undefined;
  return { ...result, code: problem?.code, errors: problem?.errors ?? [], audit: audit.entries, output };
};
interface Asked {
  readonly code: string | undefined;
  readonly errors: readonly { pointer?: string | undefined; code: string; message: string; fix: string }[];
  readonly audit: ReturnType<typeof memoryAuditTrail>['entries'];
  readonly output: string;
}

describe('an answer', () => {
  it('has the fields of the response schema and no others', async () => {
    const leaky = reads(() => Promise.resolve({ body: { label: 'x', limit: 1, nhsNumber: '9434765919' }, subjects: [boxId] }));
    expect((await ask(aReading, [leaky])).text).toBe('{"label":"x","limit":1}');
  });

  it('carries the version as a quoted ETag', async () => {
    const result = await ask(aChange);
    expect(result.json).toEqual({ label: 'new', version: 8 });
    expect(result.headers['etag']).toBe('"8"');
  });

  it.each([aReading, aChange, { path: '/v1/nothing' }, { ...aReading, roles: [] }, { ...aChange, body: '{' }])(
    'may not be cached, sniffed, framed or run, whatever it is (%#)',
    async (call) => {
      const { headers, status } = await ask(call);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'content-security-policy':
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox; upgrade-insecure-requests",
        'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('echoes a request id that is a ULID or UUID', async () => {
    const { headers } = await ask({ ...aReading, headers: { ...aReading.headers, 'x-REQUEST-id': requestId } });
    expect(headers['x-request-id']).toBe(requestId);
  });

  it.each(['9434765919', 'Aoife-Example', `${requestId}\r\nSet-Cookie: a=b`, ''])('does not take over the request id %j', async (given) => {
    const { headers, output } = await ask({ ...aReading, headers: { ...aReading.headers, 'X-Request-Id': given } });
    expect(headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
    if (given !== '') expect(output).not.toContain(given);
  });
});

describe('a request', () => {
  it('to an unknown path is 404, with a method that is not offered 405 and what is offered', async () => {
    expect(await ask({ path: '/v1/nothing' })).toMatchObject({ status: 404, code: 'not-found' });
    const wrongMethod = await ask({ ...aReading, method: 'DELETE' });
    expect(wrongMethod).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(wrongMethod.headers['allow']).toBe('GET');
  });

  it('without a token is 401, and no record names nobody', async () => {
    const { roles: _roles, ...withoutToken } = aReading;
    expect(await ask(withoutToken)).toMatchObject({ status: 401, code: 'unauthenticated', audit: [] });
  });

  it('with another role is 403 before anything else is looked at, and is recorded', async () => {
    const result = await ask({ ...aChange, roles: ['auditor'], body: '{"not":' });
    expect(result).toMatchObject({ status: 403, code: 'forbidden' });
    expect(result.audit).toMatchObject([
      {
        actorKind: 'staff',
        actorId: staffId,
        roles: ['auditor'],
        action: 'changeBox',
        subjects: [boxId],
        result: 'refused',
        code: 'forbidden',
      },
    ]);
  });

  it('without a purpose is told which there are', async () => {
    const { code, errors } = await ask({ ...aReading, headers: {} });
    expect(code).toBe('invalid-request');
    expect(errors).toEqual([
      {
        pointer: '/header/x-purpose',
        code: 'missing',
        message: 'Say why you need this personal data.',
        fix: 'Send the header X-Purpose with one of: identify-families, support-a-family, safeguarding, data-quality, audit, subject-request.',
      },
    ]);
  });

  it('is told all that is wrong with it at once', async () => {
    const { errors } = await ask({ ...aReading, path: '/v1/boxes/nonsense', query: { limit: '0' }, headers: { 'X-Purpose': 'curiosity' } });
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/path/boxId', 'wrong-format'],
      ['/query/limit', 'too-small'],
      ['/header/x-purpose', 'not-an-option'],
    ]);
  });

  it.each([
    [{ label: '' }, '/body/label', 'too-small'],
    [{ label: 'x'.repeat(21) }, '/body/label', 'too-big'],
    [{ label: 5 }, '/body/label', 'wrong-type'],
    [{}, '/body/label', 'missing'],
    [{ label: 'x', 'Aoife Example': 1 }, '/body', 'unknown-field'],
    [{ label: 'x', tags: [{ name: 'a' }, { name: 1 }] }, '/body/tags/1/name', 'wrong-type'],
    [{ label: 'x', tags: [{ name: 'a', 'Aoife Example': '9434765919' }] }, '/body/tags/0', 'unknown-field'],
    [[], '/body', 'wrong-type'],
    ['"Aoife Example"', '/body', 'wrong-type'],
    ['null', '/body', 'wrong-type'],
  ])('with the body %j is told where it is wrong, without what was sent', async (body, pointer, code) => {
    const result = await ask({ ...aChange, body });
    expect(result).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(result.errors).toMatchObject([{ pointer, code }]);
    expect(result.text).not.toMatch(/Aoife|9434765919/);
    expect(result.output).not.toMatch(/Aoife|9434765919/);
  });

  it.each([
    ['{"label":', 'malformed-body', 400],
    ['', 'malformed-body', 400],
    ['{"label":"x","__proto__":{"isAdmin":true}}', 'malformed-body', 400],
    ['{"label":"x","constructor":{"prototype":{"isAdmin":true}}}', 'malformed-body', 400],
    [`{"label":${'['.repeat(17)}${']'.repeat(17)}}`, 'malformed-body', 400],
    ['['.repeat(60_000), 'malformed-body', 400],
    [`{"label":"${'x'.repeat(64 * 1024)}"}`, 'body-too-large', 413],
  ])('with a body like %.40j is refused unread', async (body, code, status) => {
    expect(await ask({ ...aChange, body })).toMatchObject({ code, status });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('may nest brackets in its text', async () => {
    const result = await ask({ ...aChange, body: { label: '[[[[[[[[[[[[[[[[[[' } });
    expect(result.status).toBe(200);
  });

  it('must be JSON by its content type', async () => {
    expect(await ask({ ...aChange, headers: { ...aChange.headers, 'Content-Type': 'text/plain' } })).toMatchObject({
      status: 415,
      code: 'unsupported-media-type',
    });
  });

  it('may be base64, as the gateway likes; a lie about it is no fault of ours', async () => {
    const body = Buffer.from('{"label":"b64"}').toString('base64');
    expect((await ask({ ...aChange, body, base64: true })).json).toMatchObject({ label: 'b64' });
    expect(await ask({ ...aChange, body: '{"label":"x"}', base64: true })).toMatchObject({ status: 400, code: 'malformed-body' });
  });

  it('that edits needs If-Match: none is 428, one that we never gave out is told what it must be', async () => {
    const headers = { 'Idempotency-Key': '0b0f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11' };
    expect(await ask({ ...aChange, headers })).toMatchObject({ status: 428, code: 'precondition-required' });
    for (const value of ['W/"7"', '7', '*', '"x"', '"07"', '"7", "8"', 'nonsense']) {
      const result = await ask({ ...aChange, headers: { ...headers, 'If-Match': value } });
      expect(result).toMatchObject({ status: 400, code: 'invalid-request' });
      expect(result.errors).toMatchObject([
        { pointer: '/header/if-match', message: 'If-Match must be the ETag of the last read, such as "3".' },
      ]);
    }
  });

  it('with a parameter that the route does not have is told so, by name, with those that it has', async () => {
    const { status, errors } = await ask({ ...aReading, query: { foo: '1', limit: '2' } });
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        pointer: '/query/foo',
        code: 'unknown-parameter',
        message: 'There is no parameter called foo here.',
        fix: 'Leave it out, or use one of: limit.',
      },
    ]);
    expect((await ask({ ...aChange, query: { dryRun: 'true' } })).errors).toMatchObject([
      { pointer: '/query/dryRun', fix: 'Leave it out: this request takes no parameters.' },
    ]);
  });

  it.each(['9434765919', 'Aoife', 'a b', '__proto__', 'limit[]'])('does not repeat a parameter named %j', async (name) => {
    const result = await ask({ ...aReading, query: Object.fromEntries([[name, '1']]) });
    expect(result.errors).toMatchObject([{ pointer: '/query', code: 'unknown-parameter' }]);
    expect(result.text).not.toContain(name);
  });

  it('with a parameter given twice is not answered by one of them', async () => {
    const event = { ...anApiEvent({ ...aReading, query: { limit: '2' } }), multiValueQueryStringParameters: { limit: ['1', '2'] } };
    const { body } = await httpHandler([reads()], { audit: memoryAuditTrail() })(event, aLambdaContext());
    expect(problemSchema.parse(JSON.parse(body)).errors).toMatchObject([{ pointer: '/query/limit', code: 'repeated-parameter' }]);
  });

  it.each([undefined, 'short', 'has blanks in it, twenty', 'x'.repeat(65)])(
    'that creates needs an Idempotency-Key, and %j is none',
    async (key) => {
      const { errors } = await ask({
        ...aChange,
        headers: { 'If-Match': '"7"', ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
      });
      expect(errors).toMatchObject([{ pointer: '/header/idempotency-key', code: key === undefined ? 'missing' : 'wrong-format' }]);
    },
  );
});

describe('a refusal', () => {
  it('of a use case is its problem, recorded with what it is about', async () => {
    const result = await ask(aReading, [
      reads(() => Promise.reject(new Refusal('version-mismatch', { about: ['01BX5ZZKBKACTAV9WEVGEMMVS0'] }))),
    ]);
    expect(result).toMatchObject({ status: 412, code: 'version-mismatch' });
    expect(result.audit).toMatchObject([
      { result: 'refused', code: 'version-mismatch', subjects: ['01BX5ZZKBKACTAV9WEVGEMMVS0', boxId], purpose: 'audit' },
    ]);
  });

  it('with Retry-After where trying again helps', async () => {
    expect((await ask(aReading, [reads(() => Promise.reject(new Problem('try-again')))])).headers['retry-after']).toBe('5');
    const throttled = Object.assign(new Error('Rate exceeded for table Records'), { name: 'ThrottlingException' });
    const result = await ask(aReading, [reads(() => Promise.reject(throttled))]);
    expect(result).toMatchObject({ status: 503, code: 'try-again' });
    expect(result.text).not.toContain('Records');
  });
});

describe('a use case that takes too long', () => {
  it('is answered with 503 before Lambda gives up, recorded and counted', async () => {
    const audit = memoryAuditTrail();
    const handler = httpHandler([reads(() => new Promise(() => undefined))], { audit });
    let answer: Awaited<ReturnType<typeof handler>> | undefined;
    const output = await capturedOutput(async () => {
      answer = await handler(anApiEvent(aReading), aLambdaContext(1510));
    });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
    expect(audit.entries).toMatchObject([{ result: 'failed', code: 'try-again' }]);
    expect(jsonLines(output)).toContainEqual(expect.objectContaining({ message: 'request.turned-away', errorName: 'TimeoutError' }));
    expect(jsonLines(output)).toContainEqual(expect.objectContaining({ RequestTurnedAway: 1 }));
  });
});

describe('a bug', () => {
  const bug = new TypeError('cannot read Aoife Example of table Records-7f');

  it('is 500 with nothing but the correlation id, is logged without its message, counted and recorded', async () => {
    const result = await ask(aReading, [reads(() => Promise.reject(bug))]);
    expect(result).toMatchObject({ status: 500, code: 'internal-error' });
    expect(result.text + result.output).not.toMatch(/Aoife|Records|at \w/);
    expect(result.json).toMatchObject({ correlationId: result.headers['x-request-id'] });
    expect(jsonLines(result.output)).toContainEqual(
      expect.objectContaining({ message: 'request.failed', errorName: 'TypeError', operationId: 'readBox' }),
    );
    expect(jsonLines(result.output)).toContainEqual(expect.objectContaining({ RequestFailed: 1 }));
    expect(result.audit).toMatchObject([{ result: 'failed', code: 'internal-error' }]);
  });

  it('includes an answer that is not of the response schema', async () => {
    const wrong = reads(() => Promise.resolve({ body: JSON.parse('{"label":7}') as { label: string; limit: number }, subjects: [] }));
    expect(await ask(aReading, [wrong])).toMatchObject({ status: 500 });
  });
});

describe('the audit record', () => {
  it('says who read what, why and when, once per call', async () => {
    const result = await ask({ ...aReading, headers: { 'X-Purpose': 'safeguarding', 'X-Request-Id': requestId } });
    expect(result.audit).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        actorKind: 'staff',
        actorId: staffId,
        roles: ['auditor'],
        action: 'readBox',
        subjects: [boxId],
        purpose: 'safeguarding',
        result: 'shown',
        correlationId: requestId,
      },
    ]);
  });

  it('says changed where something was changed', async () => {
    expect((await ask(aChange)).audit).toMatchObject([{ action: 'changeBox', result: 'changed' }]);
  });

  it('is there before the answer: without it there is none', async () => {
    const broken = { entries: [], record: () => Promise.reject(new Error('table gone, Aoife Example')) };
    for (const call of [aReading, aChange, { ...aReading, roles: ['data-officer'] }]) {
      const result = await ask(call, [reads(), changes], broken);
      expect(result).toMatchObject({ status: 503, code: 'audit-unavailable' });
      expect(result.text).not.toContain('label');
      expect(result.output).not.toContain('Aoife');
      expect(jsonLines(result.output)).toContainEqual(expect.objectContaining({ AuditFailed: 1 }));
    }
  });

  it('names the link a partner used', async () => {
    const opens = handle(openDoor, () =>
      Promise.resolve({ body: { open: true }, subjects: [boxId], linkId: boxId, result: 'shown' as const }),
    );
    const call: ApiCall = { method: 'POST', path: '/v1/door', body: { token: 'secret-token' } };
    const result = await ask(call, [opens]);
    expect(result.status).toBe(201);
    expect(result.audit).toMatchObject([{ actorKind: 'link', actorId: boxId, roles: [], action: 'openDoor', result: 'shown' }]);
    expect(result.output).not.toContain('secret-token');
  });

  it('of a refused link is written where the link is known, and is a metric where it is not', async () => {
    const call: ApiCall = { method: 'POST', path: '/v1/door', body: { token: 'secret-token' } };
    const refusing = (refusal: Refusal) => [handle(openDoor, () => Promise.reject(refusal))];
    expect((await ask(call, refusing(new Refusal('link-expired', { about: [boxId] })))).audit).toMatchObject([
      { actorId: boxId, code: 'link-expired' },
    ]);
    const unknown = await ask(call, refusing(new Refusal('link-not-found')));
    expect(unknown.audit).toEqual([]);
    expect(jsonLines(unknown.output)).toContainEqual(expect.objectContaining({ LinkNotRecognised: 1 }));
  });
});
