import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { handle } from '#shared/platform/http/handle.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { Problem } from '#shared/platform/http/problem.ts';
import { callApi } from '../../support/api-call.ts';
import { anyRequest } from '../../support/any-request.ts';
import { campaign } from '../../support/campaigns.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const { runs, seed } = campaign('api-fuzz');

/** Values long enough to be no accident, wherever they stand in a request. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.trim().length >= 6 ? [value.trim()] : [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => [...textsIn(name), ...textsIn(inner)]);
  return [];
};

/** What looks like the name of a parameter is named in the answer that there is none (route-request.ts). */
const isParameterName = (text: string): boolean => /^[a-z][a-zA-Z_-]{0,19}$/.test(text);

/** Our own words may stand in an answer although they were sent. */
const ownWords = JSON.stringify(
  routes.map(({ request }) =>
    [request.body, request.query, request.path].map((schema) => schema && z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })),
  ),
);

describe('any request', () => {
  it.each(routes.map((route) => [route.operationId, route] as const))(
    'to %s is answered with a problem or reaches its handler; never a fault of ours, never an echo',
    async (_, route) => {
      let reached = 0;
      const handlers = [
        handle(route, () => {
          reached += 1;
          return Promise.reject(new Problem('state-conflict'));
        }),
      ];
      const handler = httpHandler(handlers, { audit: memoryAuditTrail() });
      const output = await capturedOutput(() =>
        fc.assert(
          fc.asyncProperty(anyRequest(route), async (call) => {
            const { status, json, text, headers } = await callApi(handler, call);
            const problem = problemSchema.parse(json);
            expect(status).toBeLessThan(500);
            expect(problem.status).toBe(status);
            expect(headers['cache-control']).toBe('no-store');
            for (const sent of textsIn([call.body, call.query])) {
              if (ownWords.includes(sent) || (isParameterName(sent) && sent in (call.query ?? {})) || text.replaceAll(sent, '') === text)
                continue;
              expect.unreachable(`echoes what was sent: ${JSON.stringify(sent)}`);
            }
          }),
          { seed, numRuns: runs },
        ),
      );
      expect(output).not.toContain('request.failed');
      // Enough of the requests are right that handlers would be tried, too.
      expect(reached).toBeGreaterThan(runs / 10);
    },
    600_000,
  );
});
