import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { ReadyToSend } from '../check/check-first.ts';
import { download } from '../page/download.ts';
import { button, details, element, summaryList } from '../page/element.ts';
import { dateInWords, listInWords, momentInWords, rowsInWords, sizeInWords } from '../page/wording.ts';

export interface Receipt {
  readonly link: OpenedLink;
  readonly upload: PortalUpload;
  readonly ready: ReadyToSend;
}

/** Base64 → the hexadecimal digits that `sha256sum`, `certutil` and `Get-FileHash` print. */
const hexadecimal = (base64: string): string =>
  Array.from(atob(base64), (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

const lines = ({ link, upload, ready: { prepared, check } }: Receipt): readonly (readonly [string, string])[] => [
  ['Reference', upload.reference],
  ['Sent by', `${link.agency} (${link.contactRole})`],
  ['Sent to', link.council],
  ['Agreement', link.agreement.reference],
  ['What', link.feed.title],
  ['Period', `${dateInWords(link.periodStart)} to ${dateInWords(link.periodEnd)}`],
  ['When', momentInWords(upload.createdAt)],
  ['File chosen', `${prepared.chosen.name}, ${sizeInWords(prepared.chosen.size)}`],
  ['SHA-256 of the file chosen', hexadecimal(prepared.chosen.sha256)],
  ['File sent', `${rowsInWords(prepared.rows)} of ${check.rows.toLocaleString('en-GB')}, ${sizeInWords(prepared.content.size)}`],
  ['SHA-256 of the file sent', hexadecimal(prepared.sha256)],
  ['Columns sent', listInWords(check.columns.map(({ name }) => name))],
  ['Columns that stayed with you', prepared.droppedColumns.length === 0 ? 'None' : listInWords(prepared.droppedColumns)],
];

const asText = (receipt: Receipt): string =>
  [`Receipt for a file sent to ${receipt.link.council}`, '', ...lines(receipt).map(([name, value]) => `${name}: ${value}`), ''].join(
    '\r\n',
  );

/** What proves that this file was sent: to look at and to keep. */
export const receiptSection = (receipt: Receipt): HTMLElement =>
  element(
    'div',
    {},
    details('Receipt', summaryList(lines(receipt).map(([name, value]) => [name, element('span', { class: 'sf-place' }, value)]))),
    button(
      'Download the receipt',
      () => download(`${receipt.upload.reference}-receipt.txt`, new Blob([asText(receipt)], { type: 'text/plain' })),
      'govuk-button--secondary',
    ),
  );
