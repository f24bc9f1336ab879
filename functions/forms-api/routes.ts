import { agreedFeed, exampleCsv, templateCsv } from '#shared/contracts/files/feed-guide.ts';
import { formRoutes, type PageAnswer } from '#shared/contracts/http/form-routes.ts';
import { receiptText } from '#shared/contracts/receipts/receipt-text.ts';
import { formPath } from '#shared/contracts/upload-page/frame.ts';
import { nilReturnQuestion, withdrawalQuestion } from '#shared/contracts/upload-page/questions.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { checkFormSeal, formSeal } from '#shared/services/links/form-seal.ts';
import { readOwnReceipt } from '#shared/services/receipts/read-receipt.ts';
import { createNilReturn } from '#shared/services/uploads/create-nil-return.ts';
import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { openForm, readOpenLink, type ShownLink } from '#shared/services/uploads/open-link.ts';
import { readForm, readOwnUpload } from '#shared/services/uploads/read-form.ts';
import { readPortalUploads } from '#shared/services/uploads/read-portal-uploads.ts';
import { startForm } from '#shared/services/uploads/start-form.ts';
import { withdrawOwnUpload } from '#shared/services/withdrawals/withdraw-own-upload.ts';
import { filePage } from './pages/file-page.ts';
import { filePath } from './pages/layout.ts';
import { linkPage } from './pages/link-page.ts';
import { openPage } from './pages/open-page.ts';
import { questionPage } from './pages/question-page.ts';
import { formOverPage, sendPage, sentPage } from './pages/send-page.ts';
import { readOpening } from './read-opening.ts';
import type { Wiring } from './wiring.ts';

const [
  showRoute,
  openRoute,
  closeRoute,
  linkRoute,
  guideRoute,
  startRoute,
  fileRoute,
  sentRoute,
  receiptRoute,
  askWithdrawalRoute,
  withdrawRoute,
  askNilRoute,
  nilRoute,
] = formRoutes;

const shown = (html: string, sendsTo?: string): PageAnswer => ({ kind: 'page', html, ...(sendsTo !== undefined && { sendsTo }) });
const seeOther = (to: string) => ({ kind: 'see-other', to }) as const;
const longAgo = '1970-01-01T00:00:00.000Z';
const refusedRowsAtOnce = 50;

export const routes = (wiring: Wiring): RouteHandlers => {
  const { councilName: council, hash } = wiring;

  const feedOf = ({ feed, agreement }: ShownLink): FeedDefinition => agreedFeed(wiring.feeds(feed.id), agreement.columns);

  /** One file of the link: to be sent, too late, or what became of it. */
  const showFile = async (session: string, uploadId: string, cursor: string | undefined) => {
    const seal = formSeal(hash, session);
    const { linkId, upload, replaced, receipt, state } = await readForm(wiring, {
      session,
      uploadId,
      then: `${wiring.portalOrigin}${filePath(uploadId, '/sent')}`,
    });
    const reply = (body: PageAnswer) => ({ body, linkId, subjects: [linkId, uploadId], result: 'shown' as const });
    if (state.kind === 'over') return reply(shown(formOverPage({ council, seal })));
    if (state.kind === 'open') {
      const { form, goodUntil } = state;
      const html = sendPage({ council, seal, uploadId, form, goodUntil, replaces: replaced });
      return reply(shown(html, new URL(form.action).origin));
    }
    const hasRows = upload.state === 'completed' && upload.counts.refused > 0;
    const rows = hasRows
      ? await readPortalUploads(wiring, { session, limit: 1, rowErrorsOf: { uploadId, limit: refusedRowsAtOnce, cursor } })
      : undefined;
    return reply(shown(filePage({ council, seal, upload, receipt, rows: rows?.shown.rowErrors })));
  };

  return [
    handle(showRoute, () => Promise.resolve({ body: shown(openPage(council)), subjects: [] })),

    handle(openRoute, async ({ body }) => {
      const { session, sessionExpiresAt, linkId } = await openForm(wiring, readOpening(body));
      const answer: PageAnswer = { ...seeOther(`${formPath}/link`), session: { value: session, until: sessionExpiresAt } };
      return { body: answer, linkId, subjects: [linkId], result: 'shown' };
    }),

    handle(closeRoute, ({ body }) => {
      checkFormSeal(hash, body);
      return Promise.resolve({ body: { ...seeOther(formPath), session: { value: '', until: longAgo } }, subjects: [] });
    }),

    handle(linkRoute, async ({ body: { session } }) => {
      const { shown: link, linkId } = await readOpenLink(wiring, session);
      const html = linkPage({ link, feed: feedOf(link), seal: formSeal(hash, session) });
      const uploadIds = link.uploads.items.map(({ uploadId }) => uploadId);
      return { body: shown(html), linkId, subjects: [linkId, ...uploadIds], result: 'shown' };
    }),

    handle(guideRoute, async ({ path: { what }, body: { session } }) => {
      const { shown: link, linkId } = await readOpenLink(wiring, session);
      const feed = feedOf(link);
      const text = what === 'template' ? templateCsv(feed) : exampleCsv(feed);
      const answer: PageAnswer = { kind: 'download', name: `${feed.id}-${what}.csv`, mediaType: 'text/csv', text };
      return { body: answer, linkId, subjects: [linkId], result: 'shown' };
    }),

    handle(startRoute, async ({ body, correlationId }) => {
      checkFormSeal(hash, body);
      const { uploadId, linkId, isNew } = await startForm(wiring, body);
      if (isNew) count(metrics.uploadGranted);
      log.info(logEvents.uploadGranted, { correlationId, linkId, uploadId });
      return { body: seeOther(filePath(uploadId)), linkId, subjects: [linkId, uploadId] };
    }),

    handle(fileRoute, ({ path: { uploadId }, query: { cursor }, body: { session } }) => showFile(session, uploadId, cursor)),

    // Who it is cannot be told here, and nothing of a link is shown.
    handle(sentRoute, ({ path: { uploadId } }) => Promise.resolve({ body: shown(sentPage(council, uploadId)), subjects: [] })),

    handle(receiptRoute, async ({ path: { uploadId }, body: { session } }) => {
      const { signed, linkId } = await readOwnReceipt(wiring, { session, uploadId });
      const name = `${signed.receipt.reference}-receipt.txt`;
      const answer: PageAnswer = { kind: 'download', name, mediaType: 'text/plain', text: receiptText(signed) };
      return { body: answer, linkId, subjects: [linkId, uploadId], result: 'shown' };
    }),

    handle(askWithdrawalRoute, async ({ path: { uploadId }, body: { session } }) => {
      const { upload, linkId } = await readOwnUpload(wiring, { session, uploadId });
      const question = withdrawalQuestion(upload);
      const to = { action: filePath(uploadId, '/withdrawal'), back: filePath(uploadId) };
      const html = questionPage({ state: 'confirm-withdrawal', question, council, seal: formSeal(hash, session), ...to });
      return { body: shown(html), linkId, subjects: [linkId, uploadId], result: 'shown' };
    }),

    handle(withdrawRoute, async ({ path: { uploadId }, body }) => {
      checkFormSeal(hash, body);
      const { linkId } = await withdrawOwnUpload(wiring, { session: body.session, uploadId });
      return { body: seeOther(filePath(uploadId)), linkId, subjects: [linkId, uploadId] };
    }),

    handle(askNilRoute, async ({ body: { session } }) => {
      const { shown: link, linkId } = await readOpenLink(wiring, session);
      const to = { action: `${formPath}/nothing`, back: `${formPath}/link` };
      const seal = formSeal(hash, session);
      const html = questionPage({ state: 'confirm-nil-return', question: nilReturnQuestion(link), council, seal, ...to });
      return { body: shown(html), linkId, subjects: [linkId], result: 'shown' };
    }),

    handle(nilRoute, async ({ body }) => {
      checkFormSeal(hash, body);
      const { upload, linkId } = await createNilReturn(wiring, body.session);
      return { body: seeOther(filePath(upload.uploadId)), linkId, subjects: [linkId, upload.uploadId] };
    }),
  ];
};
