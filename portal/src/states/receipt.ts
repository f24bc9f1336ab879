import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { receiptNotSigned, todo } from '#shared/contracts/upload-page/outcome.ts';
import { receiptText } from '#shared/contracts/receipts/receipt-text.ts';
import type { SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import type { ReadyToSend } from '../check/check-first.ts';
import { hexadecimal } from '#shared/domain/uploads/hexadecimal.ts';
import { download } from '../page/download.ts';
import { button, details, element, summaryList } from '../page/element.ts';
import { dateInWords, inFigures, listInWords, momentInWords, rowsInWords, sizeInWords } from '#shared/contracts/upload-page/wording.ts';

export interface Receipt {
  readonly link: OpenedLink;
  readonly upload: PortalUpload;
  /** The file as it was chosen here; absent where the page was opened again since. */
  readonly ready: ReadyToSend | undefined;
  /** The signed receipt; undefined where there is none yet. */
  readonly onSigned: () => Promise<SignedReceipt | undefined>;
}

interface Shown extends Pick<Receipt, 'link' | 'upload'> {
  readonly ready: ReadyToSend;
}

const isChecked: readonly PortalUpload['state'][] = ['clean', 'held', 'ready', 'ingesting', 'completed', 'withdrawing', 'withdrawn'];

const lines = ({ link, upload, ready: { prepared, check } }: Shown): readonly (readonly [string, string])[] => [
  ['Reference', upload.reference],
  ['Sent by', `${link.agency} (${link.contactRole})`],
  ['Sent to', link.council],
  ['Agreement', link.agreement.reference],
  ['What', link.feed.title],
  ['Period', `${dateInWords(link.periodStart)} to ${dateInWords(link.periodEnd)}`],
  ['When', momentInWords(upload.createdAt)],
  ['File chosen', `${prepared.chosen.name}, ${sizeInWords(prepared.chosen.size)}`],
  ['SHA-256 of the file chosen', hexadecimal(prepared.chosen.sha256)],
  ['File sent', `${rowsInWords(prepared.rows)} of ${inFigures(check.rows)}, ${sizeInWords(prepared.content.size)}`],
  ['SHA-256 of the file sent', hexadecimal(prepared.sha256)],
  ['Columns sent', listInWords(check.columns.map(({ name }) => name))],
  ['Columns that stayed with you', prepared.droppedColumns.length === 0 ? 'None' : listInWords(prepared.droppedColumns)],
];

const asText = (receipt: Shown): string =>
  [`Receipt for a file sent to ${receipt.link.council}`, '', ...lines(receipt).map(([name, value]) => `${name}: ${value}`), ''].join(
    '\r\n',
  );

/**
 * What proves that this file was sent: to look at while the file is open here, and to keep. It is signed once the file has
 * been checked for viruses; until then there is one without a signature to keep.
 */
export const receiptSection = ({ link, upload, ready, onSigned }: Receipt): HTMLElement | undefined => {
  const shown = ready && { link, upload, ready };
  const mayBeSigned = isChecked.includes(upload.state);
  if (!shown && !mayBeSigned) return undefined;
  const said = element('p', { class: 'govuk-body', role: 'status' });
  const save = (name: string, text: string): void => download(name, new Blob([text], { type: 'text/plain' }));
  const signed = async (): Promise<void> => {
    const answer = await onSigned();
    said.textContent = answer ? '' : receiptNotSigned;
    if (answer) save(`${upload.reference}-receipt.txt`, receiptText(answer));
  };
  return element(
    'div',
    {},
    shown
      ? details('Receipt', summaryList(lines(shown).map(([name, value]) => [name, element('span', { class: 'sf-place' }, value)])))
      : undefined,
    mayBeSigned
      ? button(todo.receipt, () => void signed(), 'govuk-button--secondary')
      : shown && button('Download the receipt', () => save(`${upload.reference}-not-signed.txt`, asText(shown)), 'govuk-button--secondary'),
    said,
  );
};
