import { receiptRoutes } from '#shared/contracts/http/receipt-routes.ts';
import { uploadRoutes } from '#shared/contracts/http/upload-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { listRowErrors, listUploads, readUpload } from '#shared/services/uploads/read-uploads.ts';
import { uploadView } from '#shared/services/uploads/upload-views.ts';
import { requestRescan } from '#shared/services/screening/request-rescan.ts';
import { requestWithdrawal } from '#shared/services/withdrawals/request-withdrawal.ts';
import { releaseHold, sendBack } from '#shared/services/weighing/decide-hold.ts';
import { readEffect } from '#shared/services/weighing/read-effect.ts';
import { readReceipt } from '#shared/services/receipts/read-receipt.ts';
import { verifyReceipt } from '#shared/services/receipts/verify-receipt.ts';
import type { Wiring } from './wiring.ts';

const [listRoute, readRoute, rowErrorsRoute, withdrawRoute, releaseRoute, sendBackRoute, effectRoute, rescanRoute] = uploadRoutes;
const [receiptRoute, verifyRoute, keysRoute] = receiptRoutes;

export const routes = (wiring: Wiring): RouteHandlers => [
  handle(listRoute, async ({ query }) => {
    const page = await listUploads(wiring, query);
    return { body: page, subjects: page.items.map(({ uploadId }) => uploadId) };
  }),
  handle(readRoute, async ({ path, principal }) => {
    const upload = await readUpload(wiring, path.uploadId, principal);
    return { body: upload, etag: upload.version, subjects: [upload.uploadId] };
  }),
  handle(rowErrorsRoute, async ({ path, query, principal }) => {
    const page = await listRowErrors(wiring, { uploadId: path.uploadId, reader: principal }, query);
    return { body: page, subjects: [path.uploadId] };
  }),
  handle(withdrawRoute, async ({ path, body, ifMatch }) => {
    const upload = await requestWithdrawal(wiring, path.uploadId, { by: 'staff', reason: body.reason }, ifMatch);
    return { body: uploadView(upload), etag: upload.version, subjects: [upload.uploadId] };
  }),
  handle(rescanRoute, async ({ path }) => {
    const upload = await requestRescan(wiring, path.uploadId);
    return { body: uploadView(upload), subjects: [upload.uploadId] };
  }),
  handle(releaseRoute, async ({ path, body, principal }) => {
    const upload = await releaseHold(wiring, { uploadId: path.uploadId, by: principal.id, reason: body.reason });
    return { body: upload, subjects: [upload.uploadId] };
  }),
  handle(sendBackRoute, async ({ path, body, principal }) => {
    const upload = await sendBack(wiring, { uploadId: path.uploadId, by: principal.id, reason: body.reason });
    return { body: upload, subjects: [upload.uploadId] };
  }),
  handle(effectRoute, async ({ path }) => {
    const effect = await readEffect(wiring, path.uploadId);
    return { body: effect, subjects: [effect.uploadId] };
  }),
  handle(receiptRoute, async ({ path }) => ({ body: await readReceipt(wiring, path.uploadId), subjects: [path.uploadId] })),
  handle(verifyRoute, async ({ body }) => {
    const verdict = await verifyReceipt(wiring, body);
    return { body: verdict, subjects: verdict.uploadId === undefined ? [] : [verdict.uploadId], result: 'shown' };
  }),
  handle(keysRoute, async () => ({ body: { items: [...(await wiring.receipts.listKeys())] }, subjects: [] })),
];
