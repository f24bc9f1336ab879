import type { Receipt, SignedReceipt } from '../../domain/uploads/receipt.ts';
import { inFigures } from '../upload-page/wording.ts';

/** Of the text file that a sender keeps: lines for people, then what is signed, for machines. */
export const signedPart = '-----SIGNED RECEIPT-----';

const bytes = (value: number): string => `${inFigures(value)} bytes`;
const columns = (names: readonly string[], others = 0): string =>
  names.length + others === 0 ? 'None' : [...names, ...(others > 0 ? [`and ${inFigures(others)} more`] : [])].join(', ');

/** What the receipt says, for people: name and value. */
export const receiptLines = (receipt: Receipt): readonly (readonly [string, string])[] => {
  const { file, statedBySender, columnsLeftOut, nothingToReport } = receipt;
  return [
    ['Reference', receipt.reference],
    ['Sent to', receipt.council],
    ['Sent by', `${receipt.sender} (${receipt.senderRole})`],
    ['Agreement', receipt.agreement],
    ['What', `${receipt.feed}, version ${String(receipt.feedVersion)}`],
    ['Period', `${receipt.periodStart} to ${receipt.periodEnd}`],
    ['Sent at', receipt.sentAt],
    ['Signed at', receipt.issuedAt],
    ...(nothingToReport ? ([['Rows', 'Nothing to report']] as const) : []),
    ['File sent', bytes(file.size)],
    ['SHA-256 of the file sent', file.sha256],
    ...(columnsLeftOut ? ([['Columns left out by us, unread', columns(columnsLeftOut)]] as const) : []),
    ...(statedBySender
      ? ([
          ['Rows sent, as you counted them', inFigures(statedBySender.rows)],
          ['File chosen, as you stated', bytes(statedBySender.chosen.size)],
          ['SHA-256 of the file chosen, as you stated', statedBySender.chosen.sha256],
          ['Columns that stayed with you, as you stated', columns(statedBySender.columnsNotSent, statedBySender.otherColumnsNotSent)],
        ] as const)
      : []),
  ];
};

export const receiptText = (signed: SignedReceipt): string =>
  [
    'Receipt for a file',
    '',
    ...receiptLines(signed.receipt).map(([name, value]) => `${name}: ${value}`),
    '',
    'The council can verify that it signed this receipt. What follows is the signed part: keep it as it is.',
    signedPart,
    JSON.stringify(signed),
    '',
  ].join('\r\n');
