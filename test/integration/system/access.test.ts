import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sendPartnerFile } from '#infra/local/demo/send-partner-file.ts';
import { linkRoutes } from '#shared/contracts/http/link-routes.ts';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import type { Route } from '#shared/contracts/http/route.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { roleSchema, type Role } from '#shared/domain/access/access.ts';
import { rightRequest } from '../../support/any-request.ts';
import { callSystem, type SystemAnswer } from '../../support/call-system.ts';
import { manyPupils, schoolRollCsv } from '../../support/school-roll-csv.ts';
import { linkOrder, useSystem, type IssuedLink } from '../../support/system.ts';

const system = useSystem();
const [, , , revokeLink] = linkRoutes;

const staffRoutes = routes.filter(({ access }) => access.kind === 'staff').map((route) => [route.operationId, route] as const);
const linkTokenRoutes = routes.filter(({ access }) => access.kind === 'link').map((route) => [route.operationId, route] as const);
const rolesOf = ({ access }: Route): readonly Role[] => (access.kind === 'staff' ? access.roles : []);

/** A request that is right in every respect; only who sends it varies. */
const requestFor = (route: Route) => {
  const [request] = fc.sample(rightRequest(route), { numRuns: 1, seed: 1 });
  if (!request) throw new Error('no request');
  if (route.operationId !== 'createReferral') return request;
  // The one feed that all roles of the route refer with.
  return { ...request, body: { ...z.looseObject({}).parse(request.body), feed: 'professional-referral' } };
};

const ask = async (route: Route, authorization?: string): Promise<SystemAnswer> => {
  const request = requestFor(route);
  const headers = { ...request.headers, ...(authorization === undefined ? {} : { authorization }) };
  return callSystem(system().host.apiUrl, { ...request, headers });
};

/** A refusal says what to do, and nothing of what was asked for. */
const expectProblem = (answer: SystemAnswer, statuses: readonly number[]): void => {
  expect(statuses, `${String(answer.status)} ${answer.text}`).toContain(answer.status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(?:; charset=utf-8)?$/);
  const problem = problemSchema.parse(answer.json);
  expect(problem.status).toBe(answer.status);
  expect(Object.keys(problem).sort()).toEqual(
    [...(problem.errors ? ['errors'] : []), 'code', 'correlationId', 'detail', 'status', 'title', 'type'].sort(),
  );
};

describe.each(staffRoutes)('%s', (_, route) => {
  const [role = 'auditor'] = rolesOf(route);
  const token = (options: Parameters<ReturnType<typeof system>['host']['token']>[1] = {}) => system().host.token([role], options);
  const changed = async (): Promise<string> => {
    const [header, , signature] = (await token()).split('.');
    const [, payload] = (await token({ subject: 'somebody-else' })).split('.');
    return [header, payload, signature].join('.');
  };

  it.each<readonly [string, () => Promise<string | undefined>]>([
    ['without a token', () => Promise.resolve(undefined)],
    ['with an empty one', () => Promise.resolve('Bearer ')],
    ['with something that is no token', () => Promise.resolve('Bearer abc.def.ghi')],
    ['with a name and password', () => Promise.resolve('Basic dXNlcjpwYXNz')],
    ['with an expired token', async () => `Bearer ${await token({ expiresInSeconds: -10 })}`],
    ['with an ID token', async () => `Bearer ${await token({ claims: { token_use: 'id' } })}`],
    ['with another client’s token', async () => `Bearer ${await token({ claims: { client_id: 'other' } })}`],
    ['with another issuer’s token', async () => `Bearer ${await token({ claims: { iss: 'https://elsewhere.example' } })}`],
    ['with a token that was changed', async () => `Bearer ${await changed()}`],
  ])('answers 401 %s', async (_what, authorization) => {
    const answer = await ask(route, await authorization());
    expectProblem(answer, [401]);
    expect(answer.json).toMatchObject({ code: 'unauthenticated' });
  });

  it('answers 401 or 403 to a token without the scope', async () => {
    expectProblem(await ask(route, `Bearer ${await token({ scopes: ['other/use'] })}`), [401, 403]);
    expectProblem(await ask(route, `Bearer ${await token({ scopes: [] })}`), [401, 403]);
  });

  it('answers 403 to every other role, to none and to invented ones', async () => {
    const others = roleSchema.options.filter((other) => !rolesOf(route).includes(other));
    expect(others.length).toBeGreaterThan(0);
    for (const groups of [...others.map((other) => [other]), others, [], ['root'], [`${role}s`], [role.toUpperCase()]]) {
      const answer = await ask(route, `Bearer ${await system().host.token(groups)}`);
      expectProblem(answer, [403]);
      expect(answer.json).toMatchObject({ code: 'forbidden' });
    }
  });

  it('lets each of its roles in', async () => {
    for (const allowed of rolesOf(route)) {
      const answer = await ask(route, `Bearer ${await system().host.token([allowed])}`);
      expect([401, 403], `${allowed}: ${answer.text}`).not.toContain(answer.status);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers['content-type']).toMatch(answer.status < 400 ? /^application\/json/ : /^application\/problem\+json/);
    }
  });
});

it('The page’s own origin knows no route of the staff, whoever asks', async () => {
  const { host } = system();
  const authorization = `Bearer ${await host.token(roleSchema.options)}`;
  for (const [, route] of staffRoutes) {
    const request = requestFor(route);
    const answer = await callSystem(`${host.portalUrl}/api`, { ...request, headers: { ...request.headers, authorization } });
    expect([answer.status, answer.json], route.operationId).toEqual([404, undefined]);
  }
});

let links: Readonly<Record<'open' | 'revoked' | 'expired', IssuedLink>>;
let expiresAt = 0;
beforeAll(async () => {
  const { issueLink, as } = system();
  const order = { agency: 'northfield-academy', feed: 'school-roll' } as const;
  // The first answers of the function take as long as they take; the time of the third link begins after them.
  const [open, revoked] = [await issueLink(order), await issueLink(order)];
  expiresAt = Date.now() + 6000;
  const expired = await issueLink({ ...order, expiresAt: new Date(expiresAt).toISOString() });
  await (
    await as('data-officer')
  )(revokeLink, { path: { linkId: revoked.linkId }, headers: { 'if-match': '"1"' } });
  links = { open, revoked, expired };
});

describe.each(linkTokenRoutes)('%s', (_, route) => {
  const opens = route.operationId === 'openLink';
  const askAs = (credential: Readonly<Record<string, string>>): Promise<SystemAnswer> => {
    const { body, ...request } = requestFor(route);
    const { token: _token, code: _code, session: _session, ...rest } = Object(body) as Record<string, unknown>;
    const own = 'rowErrorsOf' in rest ? { ...rest, rowErrorsOf: undefined } : rest;
    return callSystem(`${system().host.portalUrl}/api`, {
      ...request,
      body: { ...own, cursor: undefined, ...credential },
    });
  };
  const askBy = ({ token, code, session }: IssuedLink): Promise<SystemAnswer> => askAs(opens ? { token, code } : { session });

  it('refuses a request without what opens the link, and one with what opens none, all alike', async () => {
    expectProblem(await askAs({}), [400]);
    const { token, code, session } = links.open;
    const answers = opens
      ? [
          await askAs({ token: 'x', code }),
          await askAs({ token: 'A'.repeat(43), code }),
          await askAs({ token: `${token.slice(0, -1)}_`, code }),
          await askAs({ token: token.toLowerCase(), code }),
          await askAs({ token, code: 'abc' }),
          await askAs({ token, code: '' }),
        ]
      : [
          await askAs({ session: 'x' }),
          await askAs({ session: token }),
          await askAs({ session: `${session.slice(0, -1)}_` }),
          await askAs({ session: session.toLowerCase() }),
          await askAs({ session: session.replace('~1~', '~2~') }),
        ];
    for (const answer of answers) {
      expectProblem(answer, [opens ? 404 : 401]);
      expect({ ...Object(answer.json), correlationId: '' }).toEqual({ ...Object(answers[0]?.json), correlationId: '' });
    }
  });

  it('refuses a link that was withdrawn', async () => {
    const answer = await askBy(links.revoked);
    expectProblem(answer, [410]);
    expect(answer.json).toMatchObject({ code: 'link-revoked' });
  });

  it('refuses a link that has expired', async () => {
    await expect.poll(() => Date.now(), { timeout: 20_000 }).toBeGreaterThan(expiresAt);
    const answer = await askBy(links.expired);
    expectProblem(answer, [410]);
    expect(answer.json).toMatchObject({ code: 'link-expired' });
  });

  it('takes a link that is open, whatever bearer token comes along', async () => {
    const answer = await askBy(links.open);
    // A withdrawal names an upload that does not exist: the link was taken, the upload was not found.
    if (answer.status !== 404) expect([401, 403, 410], answer.text).not.toContain(answer.status);
    else expect(answer.json).toMatchObject({ code: 'upload-not-found' });
    expect(answer.status).toBeLessThan(500);
  });
});

describe('Another partner’s link', () => {
  it('shows no upload that came through this one, and none of its rows', async () => {
    const { issueLink, portal, host } = system();
    const [own, other] = await Promise.all([
      issueLink({ agency: 'first-school', feed: 'school-roll' }),
      issueLink({ agency: 'second-school', feed: 'school-roll' }),
    ]);
    const { uploadId } = await sendPartnerFile(portal, own, Buffer.from(schoolRollCsv(manyPupils(2))));
    await host.drained();
    const [, , readPortalUploads] = routes.filter(({ access }) => access.kind === 'link');
    expect(readPortalUploads?.operationId).toBe('readPortalUploads');
    const uploadsBy = (session: string) =>
      callSystem(`${host.portalUrl}/api`, { method: 'POST', path: '/v1/portal/uploads', body: { session, rowErrorsOf: { uploadId } } });
    expect((await uploadsBy(own.session)).json).toMatchObject({ items: [{ uploadId }], rowErrors: { uploadId } });
    const answer = await uploadsBy(other.session);
    expectProblem(answer, [404]);
    expect(answer.json).toMatchObject({ code: 'upload-not-found' });
    expect(answer.text).not.toContain(uploadId);
    const all = await callSystem(`${host.portalUrl}/api`, { method: 'POST', path: '/v1/portal/uploads', body: { session: other.session } });
    expect(all.json).toEqual({ items: [] });
  });
});

describe('What is not in the route table', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['DELETE', '/v1/links'],
    ['PUT', '/v1/families'],
    ['GET', '/v1/people/search'],
    ['GET', '/v2/links'],
    ['OPTIONS', '/v1/links'],
  ])('%s %s is refused, with and without a token', async (method, path) => {
    const token = await system().host.token([...roleSchema.options]);
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const answer = await callSystem(system().host.apiUrl, { method, path, headers });
      expectProblem(answer, [401, 403, 404, 405]);
    }
  });
});

it('A link’s order in these tests is one that staff may place', () => {
  expect(linkRoutes[0].request.body.safeParse(linkOrder({ feed: 'school-roll' }, '01ARZ3NDEKTSV4RRFFQ69G5FAV')).success).toBe(true);
});
