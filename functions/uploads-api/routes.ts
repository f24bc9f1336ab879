import { uploadRoutes } from '#shared/contracts/http/upload-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { listRowErrors, listUploads, readUpload } from '#shared/services/uploads/read-uploads.ts';
import { uploadView } from '#shared/services/uploads/upload-views.ts';
import { requestWithdrawal } from '#shared/services/withdrawals/request-withdrawal.ts';
import { releaseHold, sendBack } from '#shared/services/weighing/decide-hold.ts';
import { readEffect } from '#shared/services/weighing/read-effect.ts';
import type { Wiring } from './wiring.ts';

const [listRoute, readRoute, rowErrorsRoute, withdrawRoute, releaseRoute, sendBackRoute, effectRoute] = uploadRoutes;

export const routes = (wiring: Wiring): RouteHandlers => [
  handle(listRoute, async ({ query }) => {
    const page = await listUploads(wiring, query);
    return { body: page, subjects: page.items.map(({ uploadId }) => uploadId) };
  }),
  handle(readRoute, async ({ path, principal }) => {
    const upload = await readUpload(wiring, path.uploadId, principal);
    return { body: upload, subjects: [upload.uploadId] };
  }),
  handle(rowErrorsRoute, async ({ path, query, principal }) => {
    const page = await listRowErrors(wiring, { uploadId: path.uploadId, reader: principal }, query);
    return { body: page, subjects: [path.uploadId] };
  }),
  handle(withdrawRoute, async ({ path, body }) => {
    const upload = await requestWithdrawal(wiring, path.uploadId, { by: 'staff', reason: body.reason });
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
];
