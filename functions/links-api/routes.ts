import { agreementRoutes } from '#shared/contracts/http/agreement-routes.ts';
import { dueRoutes } from '#shared/contracts/http/due-routes.ts';
import { linkRoutes } from '#shared/contracts/http/link-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { createAgreement } from '#shared/services/agreements/create-agreement.ts';
import { createChase } from '#shared/services/agreements/create-chase.ts';
import { editAgreement, endAgreement } from '#shared/services/agreements/edit-agreement.ts';
import { listAgreements, listAgreementVersions, readAgreement } from '#shared/services/agreements/read-agreements.ts';
import { listDueFiles } from '#shared/services/agreements/read-due-files.ts';
import { createLink } from '#shared/services/links/create-link.ts';
import { newLinkCode } from '#shared/services/links/new-link-code.ts';
import { listLinks, readLink } from '#shared/services/links/read-links.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import type { Wiring } from './wiring.ts';

const [createRoute, listRoute, readRoute, revokeRoute, codeRoute] = linkRoutes;
const [createAgreementRoute, listAgreementsRoute, readAgreementRoute, versionsRoute, editAgreementRoute, endAgreementRoute] =
  agreementRoutes;
const [dueRoute, chaseRoute] = dueRoutes;

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
  handle(codeRoute, async ({ path, ifMatch }) => {
    const link = await newLinkCode(wiring, { linkId: path.linkId, version: ifMatch });
    return { body: link, etag: link.version, subjects: [link.linkId] };
  }),
  handle(createAgreementRoute, async ({ body, principal, idempotencyKey }) => {
    const agreement = await createAgreement(wiring, { newAgreement: body, staffId: principal.id, idempotencyKey });
    const { agreementId, version } = agreement;
    return { body: agreement, etag: version, location: `/v1/agreements/${agreementId}`, subjects: [agreementId] };
  }),
  handle(listAgreementsRoute, async ({ query }) => {
    const page = await listAgreements(wiring, query);
    return { body: page, subjects: page.items.map(({ agreementId }) => agreementId) };
  }),
  handle(readAgreementRoute, async ({ path }) => {
    const agreement = await readAgreement(wiring, path.agreementId);
    return { body: agreement, etag: agreement.version, subjects: [agreement.agreementId] };
  }),
  handle(versionsRoute, async ({ path, query }) => {
    const page = await listAgreementVersions(wiring, path.agreementId, query);
    return { body: page, subjects: [path.agreementId] };
  }),
  handle(dueRoute, async ({ query }) => {
    const page = await listDueFiles(wiring, query);
    return { body: page, subjects: page.items.map(({ agreementId }) => agreementId) };
  }),
  handle(chaseRoute, async ({ path, body, principal, idempotencyKey }) => {
    const { agreementId } = path;
    const chase = await createChase(wiring, { agreementId, newChase: body, staffId: principal.id, idempotencyKey });
    return { body: chase, subjects: [agreementId] };
  }),
  handle(editAgreementRoute, async ({ path, body, ifMatch, principal }) => {
    const edit = { agreementId: path.agreementId, version: ifMatch, staffId: principal.id };
    const agreement = await editAgreement(wiring, edit, body);
    return { body: agreement, etag: agreement.version, subjects: [agreement.agreementId] };
  }),
  handle(endAgreementRoute, async ({ path, body, ifMatch, principal }) => {
    const edit = { agreementId: path.agreementId, version: ifMatch, staffId: principal.id };
    const agreement = await endAgreement(wiring, edit, body.reason);
    return { body: agreement, etag: agreement.version, subjects: [agreement.agreementId] };
  }),
];
