import { describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { roleSchema } from '#shared/domain/access/access.ts';
import { handle } from '#shared/platform/http/handle.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { principalOf, rolesOf } from '#shared/platform/http/principal.ts';
import { Problem } from '#shared/platform/http/problem.ts';
import { anApiEvent, aLambdaContext, callApi } from '../../support/api-call.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const audit = memoryAuditTrail();
/** Stops behind the gate: whoever gets there gets 409. */
const handler = httpHandler(
  routes.map((route) => handle(route, () => Promise.reject(new Problem('state-conflict')))),
  { audit },
);

const ask = async (operationId: string, roles?: readonly string[]): Promise<{ readonly status: number; readonly code: string }> => {
  const route = routes.find((candidate) => candidate.operationId === operationId);
  if (!route) throw new Error('no such route');
  const path = route.path.replaceAll(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
  let answer = { status: 0, code: '' };
  await capturedOutput(async () => {
    const { status, json } = await callApi(handler, {
      method: route.method,
      path,
      ...(roles ? { roles } : {}),
      ...(route.request.body ? { body: {} } : {}),
    });
    answer = { status, code: problemSchema.parse(json).code };
  });
  return answer;
};

const staffRoutes = routes.flatMap(({ operationId, access }) => (access.kind === 'staff' ? [{ operationId, roles: access.roles }] : []));
const cells = staffRoutes.flatMap(({ operationId, roles }) =>
  roleSchema.options.map((role) => ({ operationId, role, allowed: roles.includes(role) })),
);

describe('the gate of every route', () => {
  it.each(cells.filter(({ allowed }) => allowed))('lets $role through to $operationId', async ({ operationId, role }) => {
    // Behind the gate the empty request is invalid or stopped; either way it was let in.
    expect([400, 409, 428]).toContain((await ask(operationId, [role])).status);
  });

  it.each(cells.filter(({ allowed }) => !allowed))('keeps $role away from $operationId, and records it', async ({ operationId, role }) => {
    const before = audit.entries.length;
    expect(await ask(operationId, [role])).toEqual({ status: 403, code: 'forbidden' });
    expect(audit.entries.slice(before)).toMatchObject([{ action: operationId, roles: [role], result: 'refused', code: 'forbidden' }]);
  });

  it.each(staffRoutes)('asks for a token at $operationId', async ({ operationId }) => {
    expect(await ask(operationId)).toEqual({ status: 401, code: 'unauthenticated' });
  });

  it.each(staffRoutes)('lets nobody without a role of ours into $operationId', async ({ operationId }) => {
    for (const roles of [[], ['root'], ['Auditor'], ['programme-officers']]) {
      expect(await ask(operationId, roles)).toEqual({ status: 403, code: 'forbidden' });
    }
  });

  it.each(routes.flatMap(({ operationId, access }) => (access.kind === 'link' ? [{ operationId }] : [])))(
    'at $operationId is the link’s token alone: a bearer token changes nothing',
    async ({ operationId }) => {
      expect(await ask(operationId)).toEqual({ status: 400, code: 'invalid-request' });
      expect(await ask(operationId, ['programme-officer'])).toEqual({ status: 400, code: 'invalid-request' });
    },
  );
});

describe('the principal', () => {
  const claims = { sub: '5f0c7a52-9c1d-4a86-a1d2-7c1b2e0d9f11', token_use: 'access' };

  it.each([
    [
      ['auditor', 'data-officer'],
      ['auditor', 'data-officer'],
    ],
    ['[auditor data-officer]', ['auditor', 'data-officer']],
    ['auditor,data-officer', ['auditor', 'data-officer']],
    ['auditor', ['auditor']],
    ['[auditor auditor other]', ['auditor']],
    ['', []],
    [undefined, []],
    [7, []],
    [[7, null, 'auditor'], ['auditor']],
    [{ auditor: true }, []],
    ['__proto__ constructor', []],
  ])('has of the groups %j the roles %j', (groups, roles) => {
    expect(rolesOf(groups)).toEqual(roles);
    expect(principalOf({ ...claims, 'cognito:groups': groups })).toEqual({ id: claims.sub, roles });
  });

  it('is nobody with an id token, without a subject, or with an odd one', () => {
    expect(principalOf({ ...claims, token_use: 'id' })).toBeUndefined();
    expect(principalOf({ token_use: 'access' })).toBeUndefined();
    expect(principalOf({ ...claims, sub: '' })).toBeUndefined();
    expect(principalOf({ ...claims, sub: 'a\nb' })).toBeUndefined();
    expect(principalOf({ ...claims, sub: { id: 'x' } })).toBeUndefined();
    expect(principalOf(undefined)).toBeUndefined();
    expect(principalOf(Object.create(claims))).toBeUndefined();
  });

  it('comes from the authoriser and from nowhere else', async () => {
    const route = staffRoutes[0]?.operationId ?? '';
    const event = anApiEvent({ path: '/v1/links', headers: { Authorization: 'Bearer x', 'x-claims': JSON.stringify(claims) } });
    await capturedOutput(async () => {
      expect((await handler(event, aLambdaContext())).statusCode).toBe(401);
    });
    expect(route).not.toBe('');
  });
});
