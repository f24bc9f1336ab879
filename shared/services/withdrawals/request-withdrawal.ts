import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { Upload, Withdrawal } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import { Refusal } from '../refusal.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';

export interface RequestWithdrawalPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'withdrawUpload'>;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly clock: Clock;
}

/**
 * Takes a file back. One of which nothing has been taken in is withdrawn at once, and its bytes go no further; otherwise a
 * worker undoes what it did. While its rows are being read it cannot be: half of a file cannot be told from the whole of it.
 * Asked for again, it answers how far that is. `version`: that of the upload which the decision rests on.
 */
export const requestWithdrawal = async (
  { uploads, ingestQueue, clock }: RequestWithdrawalPorts,
  uploadId: string,
  by: Omit<Withdrawal, 'at'>,
  version?: number,
): Promise<Upload> => {
  const moved = await uploads.withdrawUpload(uploadId, { ...by, at: clock.now() }, version);
  const upload = moved.ok ? moved.upload : moved.current;
  if (upload === undefined) throw new Refusal('upload-not-found', { about: [uploadId] });
  if (upload.state !== 'withdrawing' && upload.state !== 'withdrawn' && version !== undefined && upload.version !== version)
    throw new Refusal('version-mismatch', { about: [uploadId] });
  if (upload.state !== 'withdrawing' && upload.state !== 'withdrawn') throw new Refusal('state-conflict', { about: [uploadId] });
  // Lost, the sweep asks again.
  if (moved.ok && upload.state === 'withdrawing') await ingestQueue.send([{ kind: 'withdraw', uploadId }]).catch(() => undefined);
  return upload;
};
