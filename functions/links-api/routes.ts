import { linkRoutes } from '#shared/contracts/http/link-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { createLink } from '#shared/services/links/create-link.ts';
import { listLinks, readLink } from '#shared/services/links/read-links.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import type { Wiring } from './wiring.ts';

const [createRoute, listRoute, readRoute, revokeRoute] = linkRoutes;

export const routes = (wiring: Wiring): RouteHandlers => [
  handle(createRoute, async ({ body, principal, idempotencyKey }) => {
    const link = await createLink(wiring, { newLink: body, staffId: principal.id, idempotencyKey });
    return { body: link, etag: link.version, location: `/v1/links/${link.linkId}`, subjects: [link.linkId] };
  }),
  handle(listRoute, async ({ query }) => {
    const page = await listLinks(wiring, query);
    return { body: page, subjects: page.items.map(({ linkId }) => linkId) };
  }),
  handle(readRoute, async ({ path }) => {
    const link = await readLink(wiring, path.linkId);
    return { body: link, etag: link.version, subjects: [link.linkId] };
  }),
  handle(revokeRoute, async ({ path, ifMatch }) => {
    const { link, refused } = await revokeLink(wiring, { linkId: path.linkId, version: ifMatch });
    return { body: link, etag: link.version, subjects: [link.linkId, ...refused.slice(0, 400)] };
  }),
];
