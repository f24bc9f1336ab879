import { longestSignedText, receiptOf, signedText, type SignedReceipt } from '../../domain/uploads/receipt.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import type { ReceiptRepository, ReceiptSigner } from './receipt-ports.ts';

export interface IssueReceiptPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly receipts: Pick<ReceiptRepository, 'findReceipt' | 'keepReceipt' | 'keepKey'>;
  readonly receiptSigner: ReceiptSigner;
  readonly clock: Clock;
  readonly councilName: string;
}

/** Only what came through a link, and only once its bytes were found to be those announced. */
export const mayHaveReceipt = ({ source, quarantineVersionId }: Pick<Upload, 'source' | 'quarantineVersionId'>): boolean =>
  source === 'link' && quarantineVersionId !== undefined;

/** Signs the receipt of an upload, once: asked for again, it is the same. Undefined where there is to be none. */
export const issueReceipt = async (ports: IssueReceiptPorts, uploadId: string): Promise<SignedReceipt | undefined> => {
  const held = await ports.receipts.findReceipt(uploadId);
  if (held) return held;
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload?.agreementId === undefined || !mayHaveReceipt(upload)) return undefined;
  const agreement = await ports.agreements.findAgreement(upload.agreementId);
  const issuedAt = ports.clock.now();
  const receipt = receiptOf(
    upload,
    { council: ports.councilName, sender: agreement?.agencyName ?? upload.agency, senderRole: agreement?.contactRole ?? '' },
    issuedAt,
  );
  const text = signedText(receipt);
  if (new TextEncoder().encode(text).length > longestSignedText) throw new RangeError('a receipt that is too long to be signed');
  const { keyId, pem } = await ports.receiptSigner.publicKey();
  const value = await ports.receiptSigner.sign(text);
  await ports.receipts.keepKey({ keyId, pem, since: issuedAt });
  return ports.receipts.keepReceipt({ receipt, signature: { algorithm: 'ECDSA_SHA_256', keyId, value } }, upload.expiresOn);
};
