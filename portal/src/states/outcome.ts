import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { RowErrors } from '#shared/contracts/http/upload-routes.ts';
import {
  completedWords,
  followedUp,
  heldWords,
  keepReference,
  progressOf,
  refusedRows,
  refusedWords,
  todo,
  whatIsDone,
  withdrawnWords,
} from '#shared/contracts/upload-page/outcome.ts';
import { stateInWords } from '#shared/contracts/upload-page/wording.ts';
import { button, element, heading, page, paragraph, subheading, twoThirds } from '../page/element.ts';
import { show } from '../page/show.ts';

/** Sent and safe; what follows happens without the sender. Returns what updates the step shown. */
export const showChecking = (upload: PortalUpload, onAnother: () => void, receipt?: HTMLElement): ((upload: PortalUpload) => void) => {
  const step = element('div', { role: 'status' }, ...progressOf(page, upload));
  show(
    'checking',
    'File sent',
    twoThirds(
      page.panel('File sent', upload.reference),
      keepReference(page),
      subheading('What happens next'),
      paragraph(`${whatIsDone} You may close it.`),
      step,
      receipt,
      button(todo.another, onAnother, 'govuk-button--secondary'),
    ),
  );
  let said = step.textContent;
  return (now) => {
    const next = element('div', {}, ...progressOf(page, now));
    // What has not changed is not said again.
    if (next.textContent === said) return;
    said = next.textContent;
    step.replaceChildren(...next.childNodes);
  };
};

const statusLine = ({ state }: PortalUpload): HTMLElement =>
  element('p', { class: 'govuk-body', role: 'status' }, `${stateInWords[state]}.`);

/** It differs from earlier files as a whole: nothing is wrong for certain, and a person looks. Returns what updates the step shown. */
export const showHeld = ({
  upload,
  receipt,
  onAnother,
  onReplace,
  onWithdraw,
}: Pick<Outcome, 'upload' | 'receipt' | 'onAnother' | 'onReplace' | 'onWithdraw'>): ((upload: PortalUpload) => void) => {
  const step = statusLine(upload);
  const { title, content } = heldWords(page, upload);
  show(
    'held',
    title,
    twoThirds(
      ...content,
      step,
      receipt,
      page.buttonGroup(
        onReplace ? button(todo.replace, onReplace, 'govuk-button--secondary') : undefined,
        onWithdraw ? button(todo.withdraw, onWithdraw, 'govuk-button--secondary') : undefined,
        button(todo.another, onAnother, 'govuk-button--secondary'),
      ),
    ),
  );
  return ({ state }) => {
    step.textContent = `${stateInWords[state]}.`;
  };
};

export interface Outcome {
  readonly upload: PortalUpload;
  readonly receipt?: HTMLElement | undefined;
  /** Gives the sender their own rows back with what came of each; absent where the file is not open any more. */
  readonly onAnnotate?: (() => void) | undefined;
  /** The same once the file is chosen again, in a page that was opened anew. */
  readonly resultsAgain?: HTMLElement | undefined;
  readonly onAnother: () => void;
  readonly onReplace?: () => void;
  readonly onWithdraw?: () => void;
  /** More refused rows, a page at a time; without a cursor the first. */
  readonly rowErrors: (cursor?: string) => Promise<{ items: readonly RowErrors[]; cursor?: string | undefined } | undefined>;
}

const showRefusedRows = async (outcome: Outcome, into: HTMLElement): Promise<void> => {
  const shown: RowErrors[] = [];
  const more = async (cursor?: string): Promise<void> => {
    const answer = await outcome.rowErrors(cursor);
    if (!answer) {
      into.replaceChildren(paragraph('The list of rows could not be loaded. Open the link again to see it.'));
      return;
    }
    const firstNew = into.querySelectorAll('tbody tr').length;
    shown.push(...answer.items);
    const next = answer.cursor;
    into.replaceChildren(
      refusedRows(page, shown),
      next === undefined ? '' : button(todo.more, () => void more(next), 'govuk-button--secondary'),
    );
    if (firstNew > 0) into.querySelector<HTMLElement>(`tbody tr:nth-child(${String(firstNew + 1)})`)?.scrollIntoView({ block: 'nearest' });
  };
  await more();
};

/** Returns what updates whether everything has followed from the file. */
export const showCompleted = (outcome: Outcome): ((upload: PortalUpload) => void) => {
  const { upload } = outcome;
  const step = element('div', { role: 'status' }, followedUp(page, upload));
  const refused = element('div');
  const { title, content } = completedWords(page, upload);
  show(
    'completed',
    title,
    twoThirds(...content, step),
    refused,
    outcome.resultsAgain && twoThirds(outcome.resultsAgain),
    outcome.receipt,
    page.buttonGroup(
      outcome.onReplace ? button(todo.replace, outcome.onReplace, 'govuk-button--secondary') : undefined,
      outcome.onWithdraw ? button(todo.withdraw, outcome.onWithdraw, 'govuk-button--secondary') : undefined,
      outcome.onAnnotate ? button('Download your rows with the results', outcome.onAnnotate, 'govuk-button--secondary') : undefined,
      button(todo.another, outcome.onAnother, 'govuk-button--secondary'),
    ),
  );
  if (upload.counts.refused > 0) void showRefusedRows(outcome, refused);
  return (now) => {
    const next = followedUp(page, now);
    if (next && next.textContent !== step.textContent) step.replaceChildren(next);
  };
};

export const showRefused = ({ upload, onAnother }: Pick<Outcome, 'upload' | 'onAnother'>): void => {
  const { title, content } = refusedWords(page, upload);
  show('refused', title, twoThirds(...content, button('Choose another file', onAnother)));
};

/** In the service's words: it knows whether the file was read, is being read or is on its way through another link. */
export const showAlreadyReceived = (words: { readonly message: string; readonly fix: string }, onAnother: () => void): void => {
  show(
    'already-received',
    'We already have this file',
    twoThirds(
      heading('We already have this file'),
      paragraph(words.message),
      paragraph(words.fix),
      paragraph('Nothing has been counted twice.'),
      button('Choose another file', onAnother),
    ),
  );
};

/** Taken back, or on the way to it; returns what tells that it is done. */
export const showWithdrawn = ({ upload, onAnother }: Pick<Outcome, 'upload' | 'onAnother'>): ((upload: PortalUpload) => void) => {
  const step = statusLine(upload);
  const { title, content } = withdrawnWords(page, upload);
  show('withdrawn', title, twoThirds(...content, step, button(todo.another, onAnother, 'govuk-button--secondary')));
  return ({ state }) => {
    step.textContent = `${stateInWords[state]}.`;
  };
};
