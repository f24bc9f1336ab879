import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#infra/cdk/openapi/openapi-document.ts';
import { requestExamples } from '#infra/cdk/openapi/request-examples.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { problems } from '#shared/contracts/http/problems.ts';
import { routes } from '#shared/contracts/http/routes.ts';

const document = openApiDocument();

describe('the API’s description', () => {
  it('is what the route table says: run `npm run openapi` after a change', () => {
    const written = readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
    // Compared as a whole but told in a word: the difference would fill the screen.
    expect(written === `${JSON.stringify(document, null, 2)}\n`).toBe(true);
  });

  it('is the same however often it is made', () => {
    expect(JSON.stringify(openApiDocument())).toBe(JSON.stringify(document));
  });

  it('has every operation, with its roles, and nothing else', () => {
    const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    for (const { path, access } of routes) {
      const text = JSON.stringify(document.paths?.[path]);
      if (access.kind === 'staff') for (const role of access.roles) expect(text).toContain(role);
    }
  });

  it('explains every problem', () => {
    for (const code of Object.keys(problems)) expect(document.info.description).toContain(`\`${code}\``);
  });

  it.each(routes.filter(({ request }) => request.body).map((route) => [route.operationId, route] as const))(
    'has an example for %s, and it is a right one',
    (operationId, { request }) => {
      expect(requestExamples[operationId]).toBeDefined();
      expect(request.body?.safeParse(requestExamples[operationId]?.value).success).toBe(true);
    },
  );

  it('has a referral for an example that its feed takes', () => {
    const { row } = requestExamples['createReferral']?.value as { row: Record<string, string> };
    const reading = feeds['professional-referral'].readRow(new Map(Object.entries(row)), { start: '2025-11-23', end: '2026-11-23' });
    expect(reading.ok).toBe(true);
  });
});
