import type { ReceiptVerdict } from '../../contracts/http/receipt-routes.ts';
import { signedText, type SignedReceipt } from '../../domain/uploads/receipt.ts';
import type { ReceiptRepository } from './receipt-ports.ts';

export interface VerifyReceiptPorts {
  readonly receipts: Pick<ReceiptRepository, 'findReceipt' | 'findKey'>;
  /** Whether the signature (ASN.1 DER, base64) over the text in UTF-8 is the key's. */
  readonly isSignedBy: (pem: string, text: string, signature: string) => boolean;
}

/** By its signature, and by what was issued: a genuine receipt is both signed with a key of ours and the one that is kept. */
export const verifyReceipt = async (
  { receipts, isSignedBy }: VerifyReceiptPorts,
  { receipt, signature }: SignedReceipt,
): Promise<ReceiptVerdict> => {
  const [key, held] = await Promise.all([receipts.findKey(signature.keyId), receipts.findReceipt(receipt.uploadId)]);
  if (!key) return { verdict: 'unknown-key' };
  if (!isSignedBy(key.pem, signedText(receipt), signature.value)) return { verdict: 'altered' };
  // Signed by us, but not what stands in the books: the books, or the key, need looking at.
  if (held === undefined || signedText(held.receipt) !== signedText(receipt)) return { verdict: 'not-on-record' };
  return { verdict: 'genuine', uploadId: receipt.uploadId };
};
