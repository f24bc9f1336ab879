import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/contracts/http/problems.ts';
import type { Route } from '#shared/contracts/http/route.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { anyRequest } from '../../support/any-request.ts';
import { callApi, type ApiCall } from '../../support/api-call.ts';
import { apiWorld } from '../../support/api-world.ts';
import { campaign } from '../../support/campaigns.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const { runs: allRuns, seed } = campaign('api-fuzz');
/** Each costs requests to a database; the same requests all go to the platform alone in the unit tests. */
const runs = allRuns / 4;
const database = useDynamoDb();

/** Something real to meet: a link to read and revoke, another to send through. */
let real: {
  readonly linkId: string;
  readonly agreementId: string;
  readonly token: string;
  readonly code: string;
  readonly session: string;
};
let world: ReturnType<typeof apiWorld>;
const audit = memoryAuditTrail();

beforeAll(async () => {
  world = apiWorld(database(), audit);
  const [toRevoke, toUse] = [await world.issueLink(), await world.issueLink()];
  const { token, code, session } = toUse;
  real = { linkId: toRevoke.link.linkId, agreementId: toRevoke.link.agreementId, token, code, session };
});

const aRow = {
  nomination_ref: 'N-1',
  referral_date: '20/11/2026',
  forename: 'Aoife',
  surname: 'Example',
  dob: '09/03/2015',
  postcode: 'L36 9GL',
  h2: 'Y',
};

/** Most requests get past the first look-up: they carry an id, a token or a row that is right. */
const withRealThings = (call: ApiCall, swap: boolean): ApiCall => {
  if (!swap) return call;
  const { body } = call;
  const id = call.path.startsWith('/v1/agreements/') ? real.agreementId : real.linkId;
  const path = call.path.replace('01ARZ3NDEKTSV4RRFFQ69G5FAV', id);
  if (typeof body !== 'object' || body === null) return { ...call, path };
  return {
    ...call,
    path,
    body: {
      ...body,
      ...('token' in body ? { token: real.token, code: real.code } : {}),
      ...('session' in body ? { session: real.session } : {}),
      ...('agreementId' in body ? { agreementId: real.agreementId } : {}),
      ...('row' in body ? { feed: 'professional-referral', row: aRow } : {}),
    },
  };
};

const bodyOf = (route: Route, status: number, json: unknown): unknown =>
  status < 400 ? route.response.body.parse(json) : problemSchema.parse(json);

describe('every function with its real use cases and stores', () => {
  it.each(routes.map((route) => [route.operationId, route] as const))(
    'answers any request to %s with what the route table says, records it once, and never has a fault of its own',
    async (_, route) => {
      const handlers = world.handlers[route.function];
      const handler = httpHandler(handlers, { audit });
      const statuses = new Map<number, number>();
      const output = await capturedOutput(() =>
        fc.assert(
          fc.asyncProperty(anyRequest(route), fc.boolean(), async (call, swap) => {
            const entriesBefore = audit.entries.length;
            const { status, json } = await callApi(handler, withRealThings(call, swap));
            const entries = audit.entries.slice(entriesBefore);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            expect(status).toBeLessThan(500);
            expect(bodyOf(route, status, json)).toEqual(json);
            // One record for whoever can be named, be it shown, changed or refused; none for nobody.
            if (route.access.kind === 'staff') expect(entries.length).toBe(call.roles ? 1 : 0);
            else expect(entries.length).toBe(status < 400 ? 1 : Math.min(entries.length, 1));
            for (const { result } of entries) expect(result === 'refused').toBe(status >= 400);
          }),
          { seed, numRuns: runs },
        ),
      );
      expect(output).not.toContain('request.failed');
      expect([...statuses.keys()].length, JSON.stringify([...statuses])).toBeGreaterThan(1);
    },
    600_000,
  );
});
