import fc from 'fast-check';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemPage } from '#functions/forms-api/pages/problem-page.ts';
import { routes } from '#functions/forms-api/routes.ts';
import { formRoutes } from '#shared/contracts/http/form-routes.ts';
import { mostWrongCodes } from '#shared/domain/uploads/link-code.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { pageMedium } from '#shared/platform/http/page-medium.ts';
import { newLinkCode } from '#shared/services/links/new-link-code.ts';
import { readLink } from '#shared/services/links/read-links.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { openLink } from '#shared/services/uploads/open-link.ts';
import { aLambdaContext, anApiEvent } from '#test/support/api-call.ts';
import { capturedOutput } from '#test/support/captured-output.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { sealIn } from '#test/support/form-client.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { portalOrigin, portalWorld, type PortalWorld, type WorldLink } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
let world: PortalWorld;
let door: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  const formSigner = {
    signForm: () => Promise.resolve({ action: 'https://store.example/', fields: [['key', 'f/x/y']] as const }),
  };
  const wiring = { ...world.ports, audit, formSigner, portalOrigin };
  door = httpHandler(routes(wiring), {
    audit,
    clock: world.ports.clock,
    medium: pageMedium(portalOrigin, problemPage('Exampleshire Council')),
  });
});

interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly state: string | undefined;
}

const call = async (method: string, path: string, body?: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> => {
  const event = anApiEvent({ method, path: `/v1/portal${path}`, headers: { ...(body === undefined ? {} : form), ...headers }, body });
  const answer = await door(event, aLambdaContext());
  const state = /<main[^>]* data-state="([^"]+)"/.exec(answer.body)?.[1];
  return { status: answer.statusCode, headers: answer.headers, html: answer.body, state };
};
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const fields = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
const get = (path: string, session?: string) => call('GET', path, undefined, cookieOf(session));
const post = (path: string, values: Readonly<Record<string, string>>, session?: string, headers: Readonly<Record<string, string>> = {}) =>
  call('POST', path, fields(values), { ...cookieOf(session), 'Sec-Fetch-Site': 'same-origin', ...headers });
const cookieOf = (session?: string): Readonly<Record<string, string>> =>
  session === undefined ? {} : { Cookie: `a=b; __Host-link=${session}` };
const open = (link: string, code: string) => post('/form/open', { link, code });
const sessionIn = ({ headers }: Page): string => /^__Host-link=([^;]+);/.exec(headers['Set-Cookie'] ?? '')?.[1] ?? '';

const anOpenLink = async (order: WorldLink = {}) => {
  const issued = await world.issueLink({ feed: 'suspensions', ...order });
  const opened = await open(issued.link.typedCode ?? '', issued.code);
  const session = sessionIn(opened);
  const seal = sealIn((await get('/form/link', session)).html);
  return { ...issued, opened, session, seal };
};

describe('Opening a link by what is typed', () => {
  it('takes the typed code however it is written, the whole link, and what stands behind its #', async () => {
    const { link, token, code } = await world.issueLink();
    const typed = link.typedCode ?? '';
    for (const given of [typed, typed.toLowerCase().replaceAll('-', ' '), typed.replaceAll('0', 'o'), link.url ?? '', ` ${token} `]) {
      const { status, headers } = await open(given, code.replace(' ', '-'));
      expect([status, headers['Location']]).toEqual([303, '/form/link']);
    }
  });

  it('gives the session to this site’s pages alone, and nothing of a link into an address', async () => {
    const { opened, session } = await anOpenLink();
    expect(opened.headers['Set-Cookie']).toMatch(
      /^__Host-link=[\w~.-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Expires=\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/,
    );
    expect(opened.html).toBe('');
    expect((await get('/form/link', session)).html).not.toContain(session);
  });

  it('counts wrong codes with those of the other door, and answers a locked link like one that never was', async () => {
    const { link, token, code } = await world.issueLink();
    const typed = link.typedCode ?? '';
    const wrong = code === '0000 0000' ? '1111 1111' : '0000 0000';
    const answers = [await open('0000-0000-0000-0000-0000', wrong)];
    for (let i = 1; i < mostWrongCodes; i += 1) answers.push(await open(typed, wrong));
    await expect(openLink(world.ports, { token, code: wrong })).rejects.toMatchObject({ code: 'link-not-found' });
    expect(world.locked).toContain(link.linkId);
    answers.push(await open(typed, code));
    await expect(openLink(world.ports, { token, code })).rejects.toMatchObject({ code: 'link-not-found' });
    const said = answers.map(({ status, state, html }) => [status, state, html.replaceAll(/ value="[^"]*"/g, '')]);
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(said[0]?.slice(0, 2)).toEqual([404, 'open-error']);
    const { version } = await readLink(world.ports, link.linkId);
    const { code: another } = await newLinkCode(world.ports, { linkId: link.linkId, version });
    expect((await open(typed, another)).status).toBe(303);
  });

  it('tells a slip of the pen before it looks anything up, keeps what was typed, and counts no try', async () => {
    const { link, code } = await world.issueLink();
    const typed = link.typedCode ?? '';
    const slip = `${typed.startsWith('7') ? '8' : '7'}${typed.slice(1)}`;
    for (let i = 0; i <= mostWrongCodes; i += 1) {
      const { status, html, state } = await open(slip, '12');
      expect([status, state]).toEqual([400, 'open-error']);
      expect(html).toContain('Check the code of your link');
      expect(html).toContain('Enter the 8 digits of your code');
      expect(html).toContain(`value="${slip}"`);
      expect(html).not.toContain('value="12"');
    }
    expect((await open(typed, code)).status).toBe(303);
    expect((await open('', '')).html).toContain('Enter the code of your link');
  });

  it('says what became of a link that is over', async () => {
    const { session, link } = await anOpenLink();
    await revokeLink(world.ports, { linkId: link.linkId, version: 1 });
    const { state, html } = await get('/form/link', session);
    expect(state).toBe('link-unusable');
    expect(html).toContain('This link has been withdrawn');
  });

  it('leaves no trace of what was typed in what is logged or recorded', async () => {
    const { link, code, token } = await world.issueLink();
    const typed = link.typedCode ?? '';
    let session = '';
    const output = await capturedOutput(async () => {
      await open(typed, '0000 0001');
      await open(`https://x.example/#${token}`, '0000 0001');
      session = sessionIn(await open(typed, code));
      await get('/form/link', session);
      await get(`/form/files/${ulid()}`, session);
    });
    expect(output).toContain('request.answered');
    for (const secret of [typed, typed.replaceAll('-', ''), token, session.split('~')[3] ?? '', '0000 0001'])
      expect([output.includes(secret), JSON.stringify(audit.entries).includes(secret)]).toEqual([false, false]);
    const actions = audit.entries.filter(({ actorId }) => actorId === link.linkId).map(({ action, result }) => `${action} ${result}`);
    expect(actions).toEqual(['openForm refused', 'openForm refused', 'openForm shown', 'showFormLink shown', 'showFormFile refused']);
  });
});

describe('A page of the door without scripts', () => {
  it('runs nothing, is kept by nobody, tells nobody where it came from and sends forms home only', async () => {
    const { session, seal } = await anOpenLink();
    const started = await post('/form/files', { seal }, session);
    const file = started.headers['Location'] ?? '';
    const shown = [await get('/form'), await get('/form/link', session), await get(file, session), await get('/form/nothing', session)];
    for (const { headers, html } of shown) {
      expect(headers).toMatchObject({
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
        'Content-Type': 'text/html; charset=utf-8',
      });
      expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; style-src 'self'; img-src data:; form-action 'self'/);
      expect(headers['Content-Security-Policy']).not.toMatch(/script|unsafe/);
      expect(html).toMatch(/^<!doctype html><html lang="en-GB"/);
      expect(html).not.toMatch(/<script|<iframe|<style|\son\w+=|javascript:|http-equiv/i);
    }
    expect(shown.map(({ headers }) => /form-action ([^;]+)/.exec(headers['Content-Security-Policy'] ?? '')?.[1])).toEqual([
      "'self'",
      "'self'",
      "'self' https://store.example",
      "'self'",
    ]);
  });

  it('holds what a partner’s agreement says as text', async () => {
    const { html } = await get(
      '/form/link',
      (await anOpenLink({ agreement: { agencyName: 'A & B', cohort: 'x"><b onclick=1>' } })).session,
    );
    expect(html).toContain('A &amp; B');
    expect(html).not.toContain('<b onclick');
  });

  it('offers the template and the example, with the columns of the agreement only', async () => {
    const { session } = await anOpenLink({
      agreement: { feeds: [{ feed: 'suspensions', columns: ['upn', 'surname', 'category', 'start_date'] }] },
    });
    for (const what of ['template', 'example']) {
      const { headers, html } = await get(`/form/guide/${what}`, session);
      expect(headers).toMatchObject({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="suspensions-${what}.csv"`,
        'Cache-Control': 'no-store',
      });
      expect(html.split('\r\n')[0]).toBe('\uFEFFupn,surname,category,start_date');
    }
  });

  it('that is asked for without a session, or with one that was made up, asks for the codes', async () => {
    const { link } = await anOpenLink();
    for (const session of [undefined, '', 'x', `${link.linkId}~1~9999999999999~v1.${'A'.repeat(43)}`]) {
      const { status, state } = await get('/form/link', session);
      expect([status, state]).toEqual([401, 'open-error']);
    }
  });

  it('answers anything else with a page as well', async () => {
    expect(await get('/form/elsewhere')).toMatchObject({ status: 404, state: 'problem' });
    expect(await call('DELETE', '/form/link')).toMatchObject({
      status: 405,
      state: 'problem',
      headers: expect.objectContaining({ Allow: 'GET' }) as unknown,
    });
    expect(await get('/form/files/not-an-id', (await anOpenLink()).session)).toMatchObject({ status: 400, state: 'problem' });
    expect(await call('POST', '/form/open', '{}', { 'Content-Type': 'application/json' })).toMatchObject({ status: 415 });
    expect(await call('POST', '/form/open', `link=${'x'.repeat(9000)}`)).toMatchObject({ status: 413 });
    expect(await call('POST', '/form/open', 'link=a&link=b&code=1')).toMatchObject({ status: 400 });
    expect(await call('POST', '/form/open', 'link=a&code=1&more=1')).toMatchObject({ status: 400 });
  });
});

describe('Whatever is sent to the door without scripts', () => {
  it('is answered with a page, never a fault of ours, and nothing of it comes back as markup', async () => {
    const { session, seal, link } = await anOpenLink();
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('<b id=x>', '"><script>', '../..', '%00', seal, link.linkId),
    );
    const path = fc.oneof(
      fc.constantFrom(...formRoutes.map(({ path: known }) => known.replace('/v1/portal', ''))),
      text.map((part) => `/form/files/${encodeURIComponent(part)}`),
      text.map((part) => `/form/${encodeURIComponent(part)}`),
    );
    const names = fc.constantFrom('link', 'code', 'seal', 'session', 'replaces', 'cursor', '__proto__', 'x');
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD');
    const cookie = fc.oneof(
      fc.constant(session),
      text.map((value) => value.replaceAll(/[\r\n;]/g, '')),
    );
    let pages = 0;
    const quiet = await capturedOutput(() =>
      fc.assert(
        fc.asyncProperty(method, path, fc.dictionary(names, text), cookie, async (how, where, values, kept) => {
          const answer = await call(how, where, how === 'GET' ? undefined : fields(values), cookieOf(kept));
          expect(answer.status).toBeLessThan(500);
          expect(answer.html).not.toMatch(/<b id=x>|"><script>/);
          if (answer.state !== undefined) pages += 1;
        }),
        { seed: 7, numRuns: 400 },
      ),
    );
    expect(quiet).not.toContain('request.failed');
    expect(pages).toBeGreaterThan(350);
  });
});

describe('A form that changes something', () => {
  const writes = (uploadId: string) =>
    formRoutes
      .filter(({ method, operationId }) => method === 'POST' && operationId !== 'openForm')
      .map(({ path }) => path.replace('/v1/portal', '').replace('{uploadId}', uploadId));

  it('does nothing without the seal of its own session, or when another site sends it', async () => {
    const mine = await anOpenLink();
    const other = await anOpenLink();
    const uploadId = (await post('/form/files', { seal: mine.seal }, mine.session)).headers['Location']?.split('/').at(-1) ?? '';
    const before = (await world.ports.links.listUploadIds(mine.link.linkId, { limit: 100 })).items;
    const paths = writes(uploadId);
    expect(paths).toHaveLength(4);
    for (const path of paths) {
      for (const [values, headers] of [
        [{ seal: other.seal }, {}],
        [{ seal: '' }, {}],
        [{ seal: mine.seal, session: mine.session }, { Cookie: `__Host-link=${other.session}` }],
        [{ seal: mine.seal }, { 'Sec-Fetch-Site': 'cross-site' }],
        [{ seal: mine.seal }, { 'Sec-Fetch-Site': 'same-site' }],
        [{ seal: mine.seal }, { 'Sec-Fetch-Site': 'none' }],
        [{ seal: mine.seal }, { Origin: 'https://elsewhere.example' }],
      ] as const) {
        const { status, headers: answered, state } = await post(path, values, mine.session, headers);
        expect([path, status, state, answered['Set-Cookie']]).toEqual([path, 403, 'problem', undefined]);
      }
      const { status } = await post(path, {}, mine.session);
      expect(status).toBe(400);
    }
    expect((await world.ports.links.listUploadIds(mine.link.linkId, { limit: 100 })).items).toEqual(before);
    expect((await world.ports.uploads.findUpload(uploadId))?.state).toBe('granted');
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://elsewhere.example' }])
      expect((await post('/form/open', { link: '', code: '' }, undefined, headers)).status).toBe(403);
    expect((await post('/form/files', { seal: mine.seal }, mine.session, { Origin: portalOrigin })).status).toBe(303);
    expect((await post('/form/files', { seal: mine.seal }, mine.session, { Origin: 'null' })).status).toBe(303);
  });

  it('does nothing to what came through another link', async () => {
    const mine = await anOpenLink();
    const other = await anOpenLink();
    const location = (await post('/form/files', { seal: other.seal }, other.session)).headers['Location'] ?? '';
    const uploadId = location.split('/').at(-1) ?? '';
    for (const path of [location, `${location}/receipt`, `${location}/withdrawal`])
      expect((await get(path, mine.session)).status).toBe(404);
    expect((await post(`${location}/withdrawal`, { seal: mine.seal }, mine.session)).status).toBe(404);
    expect((await post('/form/files', { seal: mine.seal, replaces: uploadId }, mine.session)).status).toBe(404);
    expect((await world.ports.uploads.findUpload(uploadId))?.state).toBe('granted');
  });

  it('takes a file back, says that there is nothing to report, and closes the link', async () => {
    const { session, seal } = await anOpenLink();
    const location = (await post('/form/files', { seal }, session)).headers['Location'] ?? '';
    expect((await get(`${location}/withdrawal`, session)).state).toBe('confirm-withdrawal');
    expect((await post(`${location}/withdrawal`, { seal }, session)).headers['Location']).toBe(location);
    expect((await get(location, session)).state).toBe('withdrawn');

    const nothing = (await post('/form/nothing', { seal }, session)).headers['Location'] ?? '';
    expect((await get(nothing, session)).state).toBe('checking');
    expect((await post('/form/nothing', { seal }, session)).headers['Location']).toBe(nothing);

    const closed = await post('/form/close', { seal }, session);
    expect([closed.headers['Location'], closed.headers['Set-Cookie']]).toEqual([
      '/form',
      '__Host-link=; Path=/; Secure; HttpOnly; SameSite=Strict; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ]);
  });

  it('refuses a form about nothing for a feed that says how things stand, in words', async () => {
    const { session, seal } = await anOpenLink({ feed: 'school-roll' });
    expect((await get('/form/link', session)).html).not.toContain('There is nothing to report');
    const { status, html } = await post('/form/nothing', { seal }, session);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(html).toContain('Send the file with everybody who is in it');
  });
});
