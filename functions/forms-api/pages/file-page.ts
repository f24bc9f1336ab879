import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { RowErrors } from '#shared/contracts/http/upload-routes.ts';
import { receiptLines } from '#shared/contracts/receipts/receipt-text.ts';
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
import { formPath } from '#shared/contracts/upload-page/frame.ts';
import type { SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import { htmlElement as element, htmlPage as page, type Html, type HtmlChild } from '#shared/platform/http/html-element.ts';
import { backToLink, filePath, formTo, layout, linkButton, sendAnother, submit, type FormPage } from './layout.ts';

export interface FilePage {
  readonly council: string;
  readonly seal: string;
  readonly upload: PortalUpload;
  readonly receipt: SignedReceipt | undefined;
  /** A page of the refused rows, where there are any. */
  readonly rows: { readonly items: readonly RowErrors[]; readonly cursor?: string | undefined } | undefined;
}

interface Shown {
  readonly state: FormPage;
  readonly title: string;
  readonly content: readonly HtmlChild[];
}

/** What became of a file that has come. */
export const filePage = (given: FilePage): string => {
  const { state, title, content } = shown(given);
  return layout({ state, title, council: given.council, seal: given.seal, content: [...content, page.twoThirds(backToLink())] });
};

const shown = (given: FilePage): Shown => {
  const { upload, seal } = given;
  switch (upload.state) {
    case 'granted':
    case 'clean':
    case 'ready':
    case 'ingesting':
      return checking(given);
    case 'held': {
      const { title, content } = heldWords(page, upload);
      return {
        state: 'held',
        title,
        content: [
          page.twoThirds(
            ...content,
            checkAgain(upload),
            receipt(given),
            page.buttonGroup(replace(given), takeBack(upload), sendAnother(todo.another, seal)),
          ),
        ],
      };
    }
    case 'completed':
      return completed(given);
    case 'refused':
    case 'expired': {
      const { title, content } = refusedWords(page, upload);
      return { state: 'refused', title, content: [page.twoThirds(...content, sendAnother('Choose another file', seal, ''))] };
    }
    case 'withdrawing':
    case 'withdrawn': {
      const { title, content } = withdrawnWords(page, upload);
      const again = upload.state === 'withdrawing' ? checkAgain(upload) : undefined;
      return {
        state: 'withdrawn',
        title,
        content: [page.twoThirds(...content, ...progressOf(page, upload), again, sendAnother(todo.another, seal))],
      };
    }
  }
};

const checking = (given: FilePage): Shown => {
  const { upload, seal } = given;
  return {
    state: 'checking',
    title: 'File sent',
    content: [
      page.twoThirds(
        page.panel('File sent', upload.reference),
        keepReference(page),
        page.subheading('What happens next'),
        page.paragraph(`${whatIsDone} Press “Check again” to see whether it is there.`),
        ...progressOf(page, upload),
        checkAgain(upload),
        receipt(given),
        page.buttonGroup(upload.state === 'ingesting' ? undefined : takeBack(upload), sendAnother(todo.another, seal)),
      ),
    ],
  };
};

const completed = (given: FilePage): Shown => {
  const { upload, seal, rows } = given;
  const { title, content } = completedWords(page, upload);
  const next = rows?.cursor;
  return {
    state: 'completed',
    title,
    content: [
      page.twoThirds(...content, followedUp(page, upload)),
      rows && refusedRows(page, rows.items),
      next === undefined ? undefined : linkButton(todo.more, `${filePath(upload.uploadId)}?cursor=${encodeURIComponent(next)}`),
      receipt(given),
      page.buttonGroup(replace(given), takeBack(upload), sendAnother(todo.another, seal)),
    ],
  };
};

/** A page that reloads itself would take the reader's place away. */
const checkAgain = ({ uploadId }: PortalUpload): Html => linkButton('Check again', filePath(uploadId), '');

const replace = ({ upload, seal }: FilePage): Html =>
  formTo(`${formPath}/files`, { seal, replaces: upload.uploadId }, submit(todo.replace, 'govuk-button--secondary'));

const takeBack = ({ uploadId }: PortalUpload): Html => linkButton(todo.withdraw, filePath(uploadId, '/withdrawal'));

/** Signed once the file has been checked for viruses. */
const receipt = ({ receipt: signed, upload }: FilePage): Html | undefined =>
  signed &&
  element(
    'div',
    {},
    page.details(
      'Receipt',
      page.summaryList(receiptLines(signed.receipt).map(([name, value]) => [name, element('span', { class: 'sf-place' }, value)])),
    ),
    linkButton(todo.receipt, filePath(upload.uploadId, '/receipt')),
  );
