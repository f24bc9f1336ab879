import { signedReceiptSchema, type SignedReceipt } from '../../domain/uploads/receipt.ts';
import { parseJson } from '../parse-json.ts';
import { receiptText, signedPart } from './receipt-text.ts';

/**
 * A kept receipt: the text file, or the signed part alone. Undefined where it is neither. `isAsSigned`: the lines for people
 * say what was signed, however the file's line ends have fared.
 */
export const readReceiptText = (text: string): { readonly signed: SignedReceipt; readonly isAsSigned: boolean } | undefined => {
  const [words = '', part] = text.includes(signedPart) ? text.split(signedPart) : ['', text];
  const parsed = signedReceiptSchema.safeParse(parseJson(part ?? ''));
  if (!parsed.success) return undefined;
  const plain = (lines: string): string =>
    lines
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .trim();
  const [expected = ''] = receiptText(parsed.data).split(signedPart);
  return { signed: parsed.data, isAsSigned: words === '' || plain(words) === plain(expected) };
};
