import type { RowProblem } from '#shared/contracts/files/feed-definition.ts';
import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { portalClient, type PortalClient } from './client/portal-client.ts';
import { sendFile } from './client/send-file.ts';
import { annotateAgain, type AnnotatedAgain } from './check/annotate-again.ts';
import { checkFirst, type ReadyToSend } from './check/check-first.ts';
import { checkFile } from './file/check-file.ts';
import { takeLinkToken } from './link-token.ts';
import { isLinkProblem, showLinkUnusable, showLoading, showNoLink, showSendFailed, showUnavailable } from './states/dead-end.ts';
import { showAlreadyReceived, showChecking, showCompleted, showHeld, showRefused, showWithdrawn } from './states/outcome.ts';
import { showEnterCode } from './states/enter-code.ts';
import { showConfirm } from './states/confirm.ts';
import { showChooseFile } from './states/choose-file.ts';
import { resultsAgain } from './states/results-again.ts';
import { receiptSection } from './states/receipt.ts';
import { showSending } from './states/sending.ts';
import { download } from './page/download.ts';
import { openAgain } from '#shared/contracts/upload-page/opening.ts';
import { nilReturnQuestion, withdrawalQuestion } from '#shared/contracts/upload-page/questions.ts';
import { present } from '#shared/contracts/files/present.ts';

const pollAfter = [1000, 1000, 2000, 2000, 3000, 5000];
/** Five minutes. */
const mostFollowUps = 60;

const start = (client: PortalClient): void => {
  /** Rises when the sender turns to something else, so that an answer to an earlier question shows nothing. */
  let turn = 0;

  const open = async (code?: string): Promise<void> => {
    turn += 1;
    const opened = await client.open(code);
    if (!opened.ok) {
      if (opened.code === 'link-not-found') askForCode(`${opened.title}. ${opened.detail}`);
      else problem(opened.code, () => void open());
      return;
    }
    const council = document.getElementById('council-name');
    if (council) council.textContent = opened.body.council;
    choose(opened.body);
  };

  const askForCode = (error?: string): void => {
    turn += 1;
    showEnterCode((code) => {
      showLoading();
      void open(code);
    }, error);
  };

  const problem = (code: string, again: () => void): void => {
    if (code === 'session-ended') askForCode(openAgain);
    else if (isLinkProblem(code)) showLinkUnusable(code);
    else showUnavailable(again);
  };

  const choose = (link: OpenedLink, error?: string, replaces?: PortalUpload): void => {
    turn += 1;
    showChooseFile({
      link,
      error,
      replaces,
      onCheck: (file) => check(link, file, replaces),
      onFollow: (upload) => void follow(upload, link),
      onNothing: () => nothingToReport(link),
    });
  };

  const nothingToReport = (link: OpenedLink): void => {
    turn += 1;
    showConfirm({
      state: 'confirm-nil-return',
      ...nilReturnQuestion(link),
      onYes: () => void ask(link, () => client.nilReturn()),
      onNo: () => choose(link),
    });
  };

  const takeBack = (link: OpenedLink, upload: PortalUpload): void => {
    turn += 1;
    showConfirm({
      state: 'confirm-withdrawal',
      ...withdrawalQuestion(upload),
      onYes: () => void ask(link, () => client.withdraw(upload.uploadId)),
      onNo: () => void follow(upload, link),
    });
  };

  /** Does what the sender has said yes to, and shows the upload that comes of it. */
  const ask = async (link: OpenedLink, request: () => ReturnType<PortalClient['nilReturn']>): Promise<void> => {
    turn += 1;
    showLoading();
    const answer = await request();
    if (answer.ok) return follow(answer.body, link);
    if (answer.code === 'state-conflict' || answer.code === 'file-not-acceptable') choose(link, `${answer.title}. ${answer.detail}`);
    else problem(answer.code, () => void open());
  };

  const check = (link: OpenedLink, file: File | undefined, replaces?: PortalUpload): void => {
    turn += 1;
    const error = checkFile(file, link.largestFile);
    if (error !== undefined || !file) choose(link, error, replaces);
    else
      checkFirst({
        link,
        file,
        rememberedNotes: () => client.rememberedNotes(),
        onRefused: (message) => choose(link, message, replaces),
        onAnother: () => choose(link, undefined, replaces),
        onSend: (ready) => void send(link, ready, replaces),
      });
  };

  const send = async (link: OpenedLink, ready: ReadyToSend, replaces?: PortalUpload): Promise<void> => {
    turn += 1;
    const sent = await sendFile(client, { ...ready.prepared, notes: ready.notes, replaces: replaces?.uploadId }, showSending());
    switch (sent.kind) {
      case 'sent':
        return follow(sent.upload, link, ready);
      case 'already-received': {
        showAlreadyReceived(sent, () => void open());
        return;
      }
      case 'not-acceptable': {
        choose(link, `${sent.message} ${sent.fix}`);
        return;
      }
      case 'problem': {
        problem(sent.code, () => void open());
        return;
      }
      case 'not-sent': {
        showSendFailed(
          sent.text,
          () => void send(link, ready, replaces),
          () => void open(),
        );
        return;
      }
    }
  };

  /** What the service says of rows, by where they stand in the sheet; undefined where it does not answer. */
  const refusedRows = async ({ uploadId, counts }: PortalUpload) => {
    const problems: (readonly [number, readonly RowProblem[]])[] = [];
    let cursor: string | undefined;
    do {
      const page =
        counts.refused === 0 ? undefined : await client.uploads({ uploadId, limit: 100, ...(cursor !== undefined && { cursor }) });
      if (page && !page.ok) return undefined;
      for (const { row, sourceRow, problems: found } of page?.body.rowErrors?.items ?? [])
        problems.push([sourceRow ?? row + 1, found.map(present)]);
      cursor = page?.body.rowErrors?.cursor;
    } while (cursor !== undefined);
    return problems;
  };

  /** The sender's own rows with what came of each: what was found here, and what the service says. */
  const annotate = async (upload: PortalUpload, { file }: ReadyToSend): Promise<void> => {
    const problems = await refusedRows(upload);
    const content = problems && (await file.annotate(problems));
    if (content) download(`${upload.reference}-results.csv`, content);
  };

  const giveBack = async (link: OpenedLink, upload: PortalUpload, file: File): Promise<AnnotatedAgain> => {
    const [signed, problems] = await Promise.all([client.receipt(upload.uploadId), refusedRows(upload)]);
    return signed.ok && problems
      ? annotateAgain({ link, file, receipt: signed.body.receipt, problems })
      : { kind: 'not-annotated', because: 'The file could not be compared with its receipt – try again in a minute' };
  };

  const follow = async (upload: PortalUpload, link: OpenedLink, ready?: ReadyToSend): Promise<void> => {
    turn += 1;
    const mine = turn;
    const another = (): void => {
      ready?.file.close();
      void open();
    };
    const receiptOf = (now: PortalUpload): HTMLElement | undefined =>
      receiptSection({
        link,
        ready,
        upload: now,
        onSigned: async () => {
          const answer = await client.receipt(now.uploadId);
          return answer.ok ? answer.body : undefined;
        },
      });
    const ask = async (round: number): Promise<PortalUpload | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, pollAfter[Math.min(round, pollAfter.length - 1)]));
      if (turn !== mine) return undefined;
      const page = await client.uploads();
      return turn === mine && page.ok ? page.body.items.find(({ uploadId }) => uploadId === upload.uploadId) : undefined;
    };
    /** The file is read; whether everything has followed from it is said while somebody is likely to be looking. */
    const followUp = async (update: (now: PortalUpload) => void): Promise<void> => {
      for (let round = 0; turn === mine && round < mostFollowUps; round += 1) {
        const now = await ask(round);
        if (now?.state !== 'completed') continue;
        update(now);
        if (now.assessedAt !== undefined) return;
      }
    };
    const settled = (now: PortalUpload): boolean => {
      if (now.state === 'completed') {
        const update = showCompleted({
          upload: now,
          onAnother: another,
          receipt: receiptOf(now),
          onAnnotate: ready && (() => void annotate(now, ready)),
          resultsAgain:
            ready !== undefined || now.nil === true || now.counts.rows === 0
              ? undefined
              : resultsAgain({ reference: now.reference, onChosen: (file) => giveBack(link, now, file) }),
          onReplace: () => choose(link, undefined, now),
          onWithdraw: () => takeBack(link, now),
          rowErrors: async (cursor) => {
            const page = await client.uploads({ uploadId: now.uploadId, limit: 50, ...(cursor !== undefined && { cursor }) });
            return page.ok ? page.body.rowErrors : undefined;
          },
        });
        if (now.assessedAt === undefined && now.nil !== true) void followUp(update);
      } else if (now.state === 'refused' || now.state === 'expired') showRefused({ upload: now, onAnother: another });
      else if (now.state === 'withdrawn') showWithdrawn({ upload: now, onAnother: another });
      else return false;
      return true;
    };
    if (settled(upload)) return;
    const begin = (now: PortalUpload): ((now: PortalUpload) => void) => {
      if (now.state === 'withdrawing') return showWithdrawn({ upload: now, onAnother: another });
      if (now.state !== 'held') return showChecking(now, another, receiptOf(now));
      return showHeld({
        upload: now,
        receipt: receiptOf(now),
        onAnother: another,
        onReplace: () => choose(link, undefined, now),
        onWithdraw: () => takeBack(link, now),
      });
    };
    let waits = upload.state === 'held';
    let update = begin(upload);
    for (let round = 0; turn === mine; round += 1) {
      const now = await ask(round);
      if (!now) continue;
      if (settled(now)) return;
      if (waits !== (now.state === 'held')) {
        waits = !waits;
        update = begin(now);
      } else update(now);
    }
  };

  if (client.hasCode) void open();
  else askForCode();
};

const run = (): void => {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  const token = takeLinkToken();
  if (token === undefined) return showNoLink();
  const client = portalClient(token);
  if (client.hasCode) showLoading();
  start(client);
};

window.addEventListener('hashchange', () => location.reload());
run();
