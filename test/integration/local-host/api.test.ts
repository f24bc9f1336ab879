import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { useFixtureHost } from '#test/support/local-host/fixture-host.ts';

const fixture = useFixtureHost();

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const get = (path: string, init: RequestInit = {}) => fetch(`${fixture().host.apiUrl}${path}`, init);

describe('the API', () => {
  it('passes a request on with the claims of a genuine token', async () => {
    const token = await fixture().host.token(['data-officer', 'auditor'], { subject: 'officer-1' });
    const answer = await get('/items/a%20b?state=new&state=old', bearer(token));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      method: 'GET',
      resource: '/items/{itemId}',
      pathParameters: { itemId: 'a b' },
      query: { state: ['new', 'old'] },
      claims: {
        sub: 'officer-1',
        token_use: 'access',
        scope: 'service/use',
        client_id: 'Client',
        'cognito:groups': 'data-officer,auditor',
      },
      body: null,
    });
  });

  it('prefers a fixed path to one with a parameter', async () => {
    expect(await (await get('/items/search')).json()).toMatchObject({ resource: '/items/search', claims: null });
  });

  it.each([
    ['no token', () => Promise.resolve({})],
    ['no token at all in the header', () => Promise.resolve(bearer(''))],
    ['something that is no token', () => Promise.resolve(bearer('abc.def.ghi'))],
    ['an expired token', async () => bearer(await fixture().host.token(['auditor'], { expiresInSeconds: -10 }))],
    ['an ID token', async () => bearer(await fixture().host.token(['auditor'], { claims: { token_use: 'id' } }))],
    ['another client’s token', async () => bearer(await fixture().host.token(['auditor'], { claims: { client_id: 'other' } }))],
    [
      'another issuer’s token',
      async () => bearer(await fixture().host.token(['auditor'], { claims: { iss: 'https://elsewhere.example' } })),
    ],
    [
      'a token that was changed',
      async () => {
        const [header, , signature] = (await fixture().host.token(['auditor'])).split('.');
        const [, payload] = (await fixture().host.token(['administrator'])).split('.');
        return bearer([header, payload, signature].join('.'));
      },
    ],
  ])('refuses %s with the template’s own answer', async (_what, init) => {
    const answer = await get('/items/1', await init());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toEqual({ code: 'unauthorised', correlationId: answer.headers.get('x-amzn-requestid') });
  });

  it('refuses a token without the scope', async () => {
    expect((await get('/items/1', bearer(await fixture().host.token(['auditor'], { scopes: ['other/use'] })))).status).toBe(403);
  });

  it('knows no other route or method', async () => {
    const statuses = await Promise.all([get('/'), get('/items'), get('/items/1/more'), get('/items/search', { method: 'DELETE' })]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it.each(['//', '/%', '/%zz', '/items/%zz', '/items/search/../../..', '/?a=%', '*'])(
    'answers the path %s with a refusal',
    async (path) => {
      const { port } = new URL(fixture().host.apiUrl);
      const status = await new Promise((resolve, reject) => {
        request({ port, host: '127.0.0.1', path }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect([401, 403]).toContain(status);
    },
  );

  it.each([4_500, 9_000])('passes on a query of %i characters', async (length) => {
    const answer = await get(`/items/search?cursor=${'x'.repeat(length)}`);
    expect(answer.status).toBe(200);
  });

  it.each([12_000, 40_000, 100_000])(
    'refuses a query of %i characters in its own words: the gateway reads 10 KB of address and headers',
    async (length) => {
      const answer = await get(`/items/search?cursor=${'x'.repeat(length)}`);
      expect(answer.status).toBe(413);
      expect(answer.headers.get('content-type')).toBe('application/json');
    },
  );

  it('takes no body longer than Lambda does', async () => {
    expect((await get('/items/search', { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) })).status).toBe(413);
  });

  it('tells a function how much time it has', async () => {
    const { remaining } = (await (await get('/items/search')).json()) as { remaining: number };
    expect(remaining).toBeGreaterThan(15_000);
    expect(remaining).toBeLessThanOrEqual(20_000);
  });
});

describe('the portal', () => {
  it('serves its files with the template’s headers, with this machine’s addresses in them', async () => {
    const { host } = fixture();
    const page = await fetch(`${host.portalUrl}/`);
    expect(await page.text()).toBe('<title>Upload</title>');
    expect(page.headers.get('content-security-policy')).toBe(`default-src 'self'; connect-src 'self' ${host.objectsUrl}`);
    expect(await (await fetch(`${host.portalUrl}/settings.json`)).json()).toEqual({ origin: host.portalUrl });
    expect((await fetch(`${host.portalUrl}/other.html`)).status).toBe(404);
  });

  it('passes /api on as its function says', async () => {
    const { host } = fixture();
    const answer = await fetch(`${host.portalUrl}/api/items/search`, { method: 'POST', body: '{"a":1}' });
    expect(await answer.json()).toMatchObject({ path: '/items/search', body: '{"a":1}', portal: host.portalUrl });
  });

  it('serves nothing from outside its folder', async () => {
    const { host } = fixture();
    const port = new URL(host.portalUrl).port;
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/../Fixture.template.json' }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });
});
