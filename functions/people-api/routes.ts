import { peopleRoutes } from '#shared/contracts/http/people-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { searchPeople, type SearchPorts } from '#shared/services/people/search-people.ts';

const [searchRoute] = peopleRoutes;

export const routes = (ports: SearchPorts): RouteHandlers => [
  handle(searchRoute, async ({ body, principal }) => {
    const { result, personIds } = await searchPeople(ports, { criteria: body, roles: principal.roles });
    return { body: result, subjects: personIds, result: 'shown' };
  }),
];
