import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import { partnersPath } from '#shared/contracts/http/portal-routes.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { anyRequest } from '../../support/any-request.ts';
import type { ApiCall } from '../../support/api-call.ts';
import { callSystem, type SystemAnswer } from '../../support/call-system.ts';
import { campaign } from '../../support/campaigns.ts';
import { useSystem, type IssuedLink } from '../../support/system.ts';

const { runs, seed } = campaign('bad-input');
const system = useSystem();

let link: IssuedLink | undefined;
const bearers = new Map<string, string>();
beforeAll(async () => {
  link = await system().issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
});

/** With a genuine token of these roles, however odd they are. */
const withToken = async ({ roles, ...call }: ApiCall): Promise<ApiCall> => {
  if (roles === undefined) return call;
  const name = roles.join(' ');
  const bearer = bearers.get(name) ?? `Bearer ${await system().host.token(roles)}`;
  bearers.set(name, bearer);
  return { ...call, headers: { ...call.headers, authorization: bearer } };
};

const expectNoFault = (answer: SystemAnswer): void => {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.headers['content-type'], `${String(answer.status)} ${answer.text}`).toMatch(
    /^application\/problem\+json(?:; charset=utf-8)?$/,
  );
  expect(problemSchema.parse(answer.json).status).toBe(answer.status);
};

/** Half of the requests through a link carry its session, or its token and a code, so that they get further than the look-up. */
const throughLink = (call: ApiCall, genuine: boolean): ApiCall =>
  genuine && typeof call.body === 'object' && call.body !== null && ('token' in call.body || 'session' in call.body)
    ? { ...call, body: { ...call.body, ...('token' in call.body ? { token: link?.token, code: link?.code } : { session: link?.session }) } }
    : call;

describe('Whatever is sent over HTTP, the answer is no fault of ours and every refusal is a problem', () => {
  it.each(routes.map((route) => [route.operationId, route] as const))('%s', async (_, route) => {
    const { host } = system();
    const base = route.access.kind === 'link' ? `${host.portalUrl}/api` : host.apiUrl;
    await fc.assert(
      fc.asyncProperty(anyRequest(route), fc.boolean(), async (call, genuine) => {
        expectNoFault(await callSystem(base, await withToken(throughLink(call, genuine))));
      }),
      { seed, numRuns: runs },
    );
  });

  const officer = ['data-officer', 'programme-officer', 'lead-practitioner', 'auditor'];
  const odd: readonly (readonly [string, ApiCall])[] = [
    ['a body of seven megabytes', { method: 'POST', path: '/v1/people/search', roles: officer, body: 'x'.repeat(7 * 1024 * 1024) }],
    ['a body of 300 KB', { method: 'POST', path: '/v1/people/search', roles: officer, body: `{"a":"${'x'.repeat(300_000)}"}` }],
    ['ten thousand brackets', { method: 'POST', path: '/v1/referrals', roles: officer, body: '['.repeat(10_000) }],
    [
      'a hundred thousand keys',
      {
        method: 'POST',
        path: '/v1/referrals',
        roles: officer,
        body: `{${Array.from({ length: 20_000 }, (_, i) => `"k${String(i)}":1`).join(',')}}`,
      },
    ],
    ['XML', { method: 'POST', path: '/v1/links', roles: officer, body: '<a/>', headers: { 'content-type': 'application/xml' } }],
    [
      'a form',
      { method: 'POST', path: '/v1/portal/link', body: 'token=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'JSON in another encoding',
      { method: 'POST', path: '/v1/portal/link', body: '{"token":"x"}', headers: { 'content-type': 'application/json; charset=utf-16' } },
    ],
    [
      'a body that says it is compressed',
      { method: 'POST', path: '/v1/portal/link', body: '{"token":"x"}', headers: { 'content-encoding': 'gzip' } },
    ],
    ['a body where none belongs', { method: 'GET', path: '/v1/links', roles: officer, body: '{"a":1}' }],
    ['a NUL in the path', { path: '/v1/uploads/%00', roles: officer }],
    ['a broken escape in the path', { path: '/v1/uploads/%E0%A4%A', roles: officer }],
    ['an escaped slash in the path', { path: '/v1/uploads/..%2F..%2Fetc', roles: officer }],
    ['a path of eight thousand characters', { path: `/v1/uploads/${'A'.repeat(8000)}`, roles: officer }],
    ['a limit written in Arabic digits', { path: '/v1/links', roles: officer, query: { limit: '٢٥' } }],
    ['a limit of 1e400', { path: '/v1/links', roles: officer, query: { limit: '1e400' } }],
    ['an empty cursor', { path: '/v1/links', roles: officer, query: { cursor: '' } }],
    ['a cursor that is no cursor', { path: '/v1/uploads', roles: officer, query: { cursor: '💥' } }],
    [
      'a cursor of another list',
      {
        path: '/v1/families',
        roles: officer,
        query: { cursor: Buffer.from('["UPLOAD#x","UPLOAD","UPLOADS","2026"]').toString('base64url') },
      },
    ],
    [
      'a cursor that is JSON but no key',
      { path: '/v1/families', roles: officer, query: { cursor: Buffer.from('{"pk":{"$gt":""}}').toString('base64url') } },
    ],
    ['a header of eight thousand characters', { path: '/v1/links', roles: officer, headers: { 'x-purpose': 'a'.repeat(8000) } }],
    [
      'a tag that is no tag',
      { method: 'POST', path: '/v1/links/01ARZ3NDEKTSV4RRFFQ69G5FAV/revoke', roles: officer, headers: { 'if-match': 'W/"1"' } },
    ],
  ];
  it.each(odd)('%s', async (_, call) => {
    const { host } = system();
    for (const base of [host.apiUrl, ...(call.path.startsWith(partnersPath) ? [`${host.portalUrl}/api`] : [])]) {
      const answer = await callSystem(base, await withToken(call));
      expectNoFault(answer);
    }
  });

  it('has left the functions standing: none of them died or complained', () => {
    expect(
      system()
        .host.logs()
        .filter(({ from, line }) => from === 'host' || line.includes('"level":"ERROR"')),
    ).toEqual([]);
  });
});
