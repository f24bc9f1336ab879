import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { ScreenRequest } from '../../contracts/events/malware-verdict.ts';
import type { WeighRequest } from '../../contracts/events/weigh-message.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import { heldTooLong } from '../../domain/uploads/screening.ts';
import { decideStalled, mayBeStalledAfterSeconds } from '../../domain/uploads/stalled.ts';
import { screeningRefusals } from '../../domain/uploads/screening.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import { cleanKey, type ObjectListing } from '../uploads/object-store.ts';
import type { Page, UploadRepository } from '../uploads/upload-repository.ts';

export interface UploadSweepPorts {
  readonly uploads: Pick<UploadRepository, 'listStalledUploads' | 'expireUpload' | 'refuseUpload'>;
  readonly quarantine: ObjectListing;
  readonly clean: ObjectListing;
  readonly screenQueue: MessageQueue<ScreenRequest>;
  readonly weighQueue: MessageQueue<WeighRequest>;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly clock: Clock;
}

/** What the sweep did about one upload. */
export type UploadSweepStep =
  | {
      readonly kind:
        'left' | 'unscreened' | 'expired' | 'given-up' | 'sent-to-screen' | 'sent-to-weigh' | 'sent-to-ingest' | 'held-long' | 'given-back';
      readonly upload: Upload;
    }
  | { readonly kind: 'failed'; readonly upload: Upload; readonly error: unknown };

const pageSize = 50;

/**
 * Goes through the uploads that have stopped moving and gets each going again: events get lost, workers die. One that
 * cannot be helped now does not keep the others waiting; the next sweep comes by again.
 */
export const sweepUploads = async function* (ports: UploadSweepPorts): AsyncGenerator<UploadSweepStep, void, undefined> {
  const now = ports.clock.now();
  const quietSince = addSeconds(now, -mayBeStalledAfterSeconds);
  let cursor: string | undefined;
  do {
    const page: Page<Upload> = await ports.uploads.listStalledUploads(quietSince, { limit: pageSize, cursor });
    for (const upload of page.items) yield await sweepOne(ports, upload, now);
    cursor = page.cursor;
  } while (cursor !== undefined);
};

const sweepOne = async (ports: UploadSweepPorts, upload: Upload, now: string): Promise<UploadSweepStep> => {
  try {
    return { kind: await moveOn(ports, upload, now), upload };
  } catch (error) {
    return { kind: 'failed', upload, error };
  }
};

const moveOn = async (ports: UploadSweepPorts, upload: Upload, now: string): Promise<Exclude<UploadSweepStep['kind'], 'failed'>> => {
  const { uploadId } = upload;
  const decision = decideStalled(upload, await isStored(ports, upload), now);
  switch (decision.kind) {
    case 'leave':
      return 'left';
    case 'look-for-verdict':
      await ports.screenQueue.send([{ kind: 'look-for-verdict', uploadId }]);
      return decision.overdue ? 'unscreened' : 'sent-to-screen';
    case 'expire':
      // Refused where it has moved since it was listed: then it has not stalled.
      return (await ports.uploads.expireUpload(uploadId, now)).ok ? 'expired' : 'left';
    case 'give-up':
      return (await ports.uploads.refuseUpload(uploadId, screeningRefusals[decision.because], now, ['granted'])).ok ? 'given-up' : 'left';
    case 'promote':
      await ports.screenQueue.send([{ kind: 'promote', uploadId }]);
      return 'sent-to-screen';
    case 'weigh':
      await ports.weighQueue.send([{ kind: 'weigh', uploadId }]);
      return 'sent-to-weigh';
    case 'remind':
      return 'held-long';
    case 'give-back':
      return (await ports.uploads.refuseUpload(uploadId, heldTooLong, now, ['held'])).ok ? 'given-back' : 'left';
    case 'ingest':
      await ports.ingestQueue.send([{ kind: 'continue', uploadId }]);
      return 'sent-to-ingest';
    case 'withdraw':
      await ports.ingestQueue.send([{ kind: 'withdraw', uploadId }]);
      return 'sent-to-ingest';
  }
};

const isStored = ({ quarantine, clean }: UploadSweepPorts, { state, uploadId, objectKey }: Upload): Promise<boolean> | boolean => {
  if (state === 'granted') return quarantine.has(objectKey);
  return state === 'clean' ? clean.has(cleanKey(uploadId)) : false;
};
