import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { portalClient, type PortalClient } from './client/portal-client.ts';
import { sendFile } from './client/send-file.ts';
import { checkFile } from './file/check-file.ts';
import { takeLinkToken } from './link-token.ts';
import { isLinkProblem, showLinkUnusable, showLoading, showNoLink, showSendFailed, showUnavailable } from './states/dead-end.ts';
import { showAlreadyReceived, showChecking, showCompleted, showRefused } from './states/outcome.ts';
import { showChooseFile } from './states/choose-file.ts';
import { showSending } from './states/sending.ts';

const pollAfter = [1000, 1000, 2000, 2000, 3000, 5000];

const problem = (code: string, again: () => void): void => {
  if (isLinkProblem(code)) showLinkUnusable(code);
  else showUnavailable(again);
};

const start = (client: PortalClient): void => {
  /** Rises when the sender turns to something else, so that an answer to an earlier question shows nothing. */
  let turn = 0;

  const open = async (): Promise<void> => {
    turn += 1;
    const opened = await client.open();
    if (!opened.ok) {
      problem(opened.code, () => void open());
      return;
    }
    const council = document.getElementById('council-name');
    if (council) council.textContent = opened.body.council;
    choose(opened.body);
  };

  const choose = (link: OpenedLink, error?: string): void => {
    turn += 1;
    showChooseFile({ link, error, onSend: (file) => void send(link, file), onFollow: (upload) => void follow(upload) });
  };

  const send = async (link: OpenedLink, file: File | undefined): Promise<void> => {
    const error = checkFile(file);
    if (error !== undefined || !file) {
      choose(link, error);
      return;
    }
    const sent = await sendFile(client, file, showSending());
    switch (sent.kind) {
      case 'sent':
        return follow(sent.upload);
      case 'already-received': {
        showAlreadyReceived(sent, () => void open());
        return;
      }
      case 'not-acceptable': {
        choose(link, `${sent.message} ${sent.fix}`);
        return;
      }
      case 'unreadable': {
        choose(link, 'The selected file could not be read – close it in other programs and choose it again');
        return;
      }
      case 'problem': {
        problem(sent.code, () => void open());
        return;
      }
      case 'not-sent': {
        showSendFailed(
          sent.text,
          () => void send(link, file),
          () => void open(),
        );
        return;
      }
    }
  };

  const follow = async (upload: PortalUpload): Promise<void> => {
    turn += 1;
    const mine = turn;
    const another = (): void => void open();
    const settled = (now: PortalUpload): boolean => {
      if (now.state === 'completed')
        showCompleted({
          upload: now,
          onAnother: another,
          rowErrors: async (cursor) => {
            const page = await client.uploads({ uploadId: now.uploadId, limit: 50, ...(cursor !== undefined && { cursor }) });
            return page.ok ? page.body.rowErrors : undefined;
          },
        });
      else if (now.state === 'refused' || now.state === 'expired') showRefused({ upload: now, onAnother: another });
      else return false;
      return true;
    };
    if (settled(upload)) return;
    const update = showChecking(upload, another);
    for (let round = 0; turn === mine; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, pollAfter[Math.min(round, pollAfter.length - 1)]));
      if (turn !== mine) return;
      const page = await client.uploads();
      if (turn !== mine || !page.ok) continue;
      const now = page.body.items.find(({ uploadId }) => uploadId === upload.uploadId);
      if (!now) continue;
      if (settled(now)) return;
      update(now.state);
    }
  };

  void open();
};

const run = (): void => {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  const token = takeLinkToken();
  if (token === undefined) return showNoLink();
  showLoading();
  start(portalClient(token));
};

window.addEventListener('hashchange', () => location.reload());
run();
