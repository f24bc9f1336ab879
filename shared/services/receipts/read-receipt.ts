import type { ScreenRequest } from '../../contracts/events/malware-verdict.ts';
import type { SignedReceipt } from '../../domain/uploads/receipt.ts';
import type { MessageQueue } from '../message-queue.ts';
import { Refusal } from '../refusal.ts';
import { findOwnUpload, type OwnUploadAsked, type OwnUploadPorts } from '../uploads/own-upload.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import { mayHaveReceipt } from './issue-receipt.ts';
import type { ReceiptRepository } from './receipt-ports.ts';

export interface ReadReceiptPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
  readonly receipts: Pick<ReceiptRepository, 'findReceipt'>;
  readonly screenQueue: MessageQueue<ScreenRequest>;
}

/** The receipt of an upload. One that could not be signed when the file came is asked for again, and is there a little later. */
export const readReceipt = async ({ uploads, receipts, screenQueue }: ReadReceiptPorts, uploadId: string): Promise<SignedReceipt> => {
  const held = await receipts.findReceipt(uploadId);
  if (held) return held;
  const upload = await uploads.findUpload(uploadId);
  if (!upload) throw new Refusal('upload-not-found', { about: [uploadId] });
  if (mayHaveReceipt(upload)) await screenQueue.send([{ kind: 'receipt', uploadId }]);
  throw new Refusal('receipt-not-ready', { about: [uploadId] });
};

/** Of what came through the same link; another link's upload is not there. */
export const readOwnReceipt = async (
  ports: ReadReceiptPorts & OwnUploadPorts,
  asked: OwnUploadAsked,
): Promise<{ readonly signed: SignedReceipt; readonly linkId: string }> => {
  const { linkId, upload } = await findOwnUpload(ports, asked);
  return { signed: await readReceipt(ports, upload.uploadId), linkId };
};
