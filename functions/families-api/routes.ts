import { familyRoutes } from '#shared/contracts/http/family-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { listFamilies, readEligibility, readFamily } from '#shared/services/families/read-families.ts';
import type { Wiring } from './wiring.ts';

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
];
