import { determinationRoutes } from '#shared/contracts/http/determination-routes.ts';
import { familyRoutes } from '#shared/contracts/http/family-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { readDeterminationRecord } from '#shared/services/determinations/read-determination-record.ts';
import { explainDetermination, listDeterminations, readDetermination } from '#shared/services/determinations/read-determinations.ts';
import { listFamilies, readEligibility, readFamily } from '#shared/services/families/read-families.ts';
import type { Wiring } from './wiring.ts';

const [historyRoute, versionRoute, explainRoute, recordRoute] = determinationRoutes;
const [listRoute, readRoute, eligibilityRoute] = familyRoutes;

export const routes = (wiring: Wiring): RouteHandlers => [
  handle(listRoute, async ({ query, principal }) => {
    const page = await listFamilies(wiring, { ...query, roles: principal.roles });
    return { body: page, subjects: page.items.map(({ familyId }) => familyId) };
  }),
  handle(readRoute, async ({ path, principal }) => {
    const { view, etag, subjects } = await readFamily(wiring, { familyId: path.familyId, roles: principal.roles });
    return { body: view, etag, subjects };
  }),
  handle(eligibilityRoute, async ({ path, principal }) => {
    const { view, etag, subjects } = await readEligibility(wiring, { familyId: path.familyId, roles: principal.roles });
    return { body: view, etag, subjects };
  }),
  handle(historyRoute, async ({ path, query, principal }) => {
    const { page, subjects } = await listDeterminations(wiring, { ...path, ...query, roles: principal.roles });
    return { body: page, subjects };
  }),
  handle(versionRoute, async ({ path, principal }) => {
    const { view, subjects } = await readDetermination(wiring, { ...path, roles: principal.roles });
    return { body: view, subjects };
  }),
  handle(explainRoute, async ({ path, principal }) => {
    const { view, subjects } = await explainDetermination(wiring, { ...path, roles: principal.roles });
    return { body: view, subjects };
  }),
  handle(recordRoute, async ({ path, principal }) => {
    const { record, subjects } = await readDeterminationRecord(wiring, { ...path, roles: principal.roles });
    return { body: record, subjects };
  }),
];
