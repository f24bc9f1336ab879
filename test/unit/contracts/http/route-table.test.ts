import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { problems } from '#shared/contracts/http/problems.ts';
import { formRoutes } from '#shared/contracts/http/form-routes.ts';
import { functionNames, type Route } from '#shared/contracts/http/route.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { roleSchema } from '#shared/domain/access/access.ts';
import { refusalProblems } from '#shared/platform/http/refusal-problems.ts';
import { refusalCodes } from '#shared/services/refusal.ts';

describe('the route table', () => {
  it('names each operation once, in camel case', () => {
    const ids = routes.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('has each method and path once', () => {
    const places = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('has each path answered by one function, which can so say which methods there are', () => {
    for (const [path, ofPath] of Map.groupBy<string, Route>(routes, (route) => route.path))
      expect([path, ...new Set(ofPath.map((route) => route.function))]).toHaveLength(2);
  });

  it('has work for every API function', () => {
    expect(new Set<string>([...routes, ...formRoutes].map((route) => route.function))).toEqual(new Set(functionNames));
  });

  it.each(routes.map((route) => [route.operationId, route] as const))('%s describes its path parameters', (_, { path, request }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(request.path?.shape ?? {})).toEqual(named);
  });

  it.each(routes.map((route) => [route.operationId, route] as const))(
    '%s is short, hyphenated and has three levels at most',
    (_, { path }) => {
      expect(path).toMatch(/^\/v1(\/([a-z]+(-[a-z]+)*|\{\w+\})){1,5}$/);
      expect(path.length).toBeLessThan(60);
    },
  );

  it('gives every staff route to somebody, and to the administrator, who sees no family, those about what is stuck alone', () => {
    for (const { access, operationId, function: of } of routes) {
      if (access.kind !== 'staff') continue;
      expect(access.roles.length, operationId).toBeGreaterThan(0);
      expect([...access.roles].includes('administrator'), operationId).toBe(of === 'operations-api');
    }
  });

  it('reads with GET without a body and creates with a key or under a version: every 201 and 202 to staff is done once', () => {
    for (const { method, request, response, access, operationId } of routes) {
      if (method === 'GET') expect(request.body, operationId).toBeUndefined();
      if (access.kind === 'staff' && response.status !== 200)
        expect(request.idempotencyKey ?? request.ifMatch, operationId).toBe('required');
    }
  });

  it('never takes personal data in a URL: queries hold paging, ids and words of ours', () => {
    const allowed = new Set([
      'limit',
      'cursor',
      'linkId',
      'fromId',
      'fromVersion',
      'state',
      'reason',
      'on',
      'eligibility',
      'heading',
      'stage',
    ]);
    for (const { request, operationId } of routes) {
      for (const name of Object.keys(request.query?.shape ?? {})) expect(allowed, `${operationId} ${name}`).toContain(name);
    }
  });

  it('answers with an object, so that fields can be added', () => {
    for (const { response } of routes) expect(response.body).toBeInstanceOf(z.ZodObject);
  });

  it('has every role it names', () => {
    for (const { access } of routes)
      if (access.kind === 'staff') for (const role of access.roles) expect(roleSchema.options).toContain(role);
  });
});

describe('problems', () => {
  it('have a status of their kind and say what to do', () => {
    for (const [code, { status, title, detail }] of Object.entries(problems)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).not.toMatch(/\.$/);
      expect(detail).toMatch(/\.$/);
    }
  });

  it('are there for every refusal of a use case', () => {
    expect(Object.keys(refusalProblems).sort()).toEqual([...refusalCodes].sort());
    for (const code of Object.values(refusalProblems)) expect(problems[code].status).not.toBe(500);
  });
});
