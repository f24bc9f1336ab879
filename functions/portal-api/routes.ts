import { portalRoutes } from '#shared/contracts/http/portal-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { readOwnReceipt } from '#shared/services/receipts/read-receipt.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { createNilReturn } from '#shared/services/uploads/create-nil-return.ts';
import { withdrawOwnUpload } from '#shared/services/withdrawals/withdraw-own-upload.ts';
import { openLink } from '#shared/services/uploads/open-link.ts';
import { readPortalUploads } from '#shared/services/uploads/read-portal-uploads.ts';
import type { Wiring } from './wiring.ts';

const [openRoute, grantRoute, uploadsRoute, withdrawRoute, nilRoute, receiptRoute] = portalRoutes;

export const routes = (wiring: Wiring): RouteHandlers => [
  handle(openRoute, async ({ body }) => {
    const { opened, linkId } = await openLink(wiring, body);
    const uploadIds = opened.uploads.items.map(({ uploadId }) => uploadId);
    return { body: opened, linkId, subjects: [linkId, ...uploadIds], result: 'shown' };
  }),
  handle(grantRoute, async ({ body, correlationId }) => {
    const { grant, linkId, isNew } = await createGrant(wiring, body);
    if (isNew) count(metrics.uploadGranted);
    log.info(logEvents.uploadGranted, { correlationId, linkId, uploadId: grant.uploadId, bytes: body.size });
    return { body: grant, linkId, subjects: [linkId, grant.uploadId] };
  }),
  handle(uploadsRoute, async ({ body }) => {
    const { shown, linkId, uploadIds } = await readPortalUploads(wiring, body);
    return { body: shown, linkId, subjects: [linkId, ...uploadIds], result: 'shown' };
  }),
  handle(withdrawRoute, async ({ body }) => {
    const { upload, linkId } = await withdrawOwnUpload(wiring, body);
    return { body: upload, linkId, subjects: [linkId, upload.uploadId] };
  }),
  handle(nilRoute, async ({ body }) => {
    const { upload, linkId } = await createNilReturn(wiring, body.session);
    return { body: upload, linkId, subjects: [linkId, upload.uploadId] };
  }),
  handle(receiptRoute, async ({ body }) => {
    const { signed, linkId } = await readOwnReceipt(wiring, body);
    return { body: signed, linkId, subjects: [linkId, signed.receipt.uploadId], result: 'shown' };
  }),
];
