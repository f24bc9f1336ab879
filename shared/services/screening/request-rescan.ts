import type { ScreenRequest } from '../../contracts/events/malware-verdict.ts';
import { mostRescans } from '../../domain/uploads/screening.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import { Refusal } from '../refusal.ts';
import type { ObjectListing } from '../uploads/object-store.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';

export interface RequestRescanPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'noteScan'>;
  readonly quarantine: ObjectListing;
  readonly screenQueue: MessageQueue<ScreenRequest>;
  readonly clock: Clock;
}

/** Has a file scanned again that has no verdict: what the check said about it stands, good or bad. */
export const requestRescan = async (ports: RequestRescanPorts, uploadId: string): Promise<Upload> => {
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload === undefined) throw new Refusal('upload-not-found', { about: [uploadId] });
  const rescans = upload.scan?.rescans ?? 0;
  const why =
    upload.state !== 'granted'
      ? verdictStands
      : rescans >= mostRescans
        ? scannedOften
        : (await ports.quarantine.has(upload.objectKey))
          ? undefined
          : notInQuarantine;
  if (why !== undefined) throw new Refusal('state-conflict', { about: [uploadId], errors: [why] });
  await ports.screenQueue.send([{ kind: 'rescan', uploadId }]);
  const noted = await ports.uploads.noteScan(uploadId, { rescans: rescans + 1 }, { at: ports.clock.now(), from: rescans });
  // The verdict was quicker: then it is that which counts.
  return noted.ok ? noted.upload : (noted.current ?? upload);
};

const verdictStands = {
  code: 'verdict-stands',
  message: 'The file has a verdict, or is not waiting for one any more.',
  fix: 'Read the upload again to see how it stands.',
};
const scannedOften = {
  code: 'scanned-often',
  message: `The file has been scanned again ${String(mostRescans)} times without a verdict.`,
  fix: 'Ask the sender for the data as a new CSV file.',
};
const notInQuarantine = {
  code: 'not-in-quarantine',
  message: 'The file is not in quarantine: it has not come, or its day there is over.',
  fix: 'Ask the sender to send it again.',
};
