import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { UploadView } from '../../contracts/http/upload-routes.ts';
import { agreementState } from '../../domain/uploads/sharing-agreement.ts';
import type { FileRefusal, Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import { Refusal } from '../refusal.ts';
import type { MoveResult, UploadRepository } from '../uploads/upload-repository.ts';
import type { HeldUploads } from './weigh-ports.ts';
import { uploadView } from '../uploads/upload-views.ts';

interface Ports {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
  readonly held: HeldUploads;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly clock: Clock;
}

interface Decision {
  readonly uploadId: string;
  /** The issuer's subject of the member of staff. */
  readonly by: string;
  readonly reason: string;
}

/** The file is as it should be: it is taken in like any other. An agreement that has ended meanwhile covers it no more. */
export const releaseHold = async (ports: Ports, { uploadId, ...decision }: Decision): Promise<UploadView> => {
  const { uploads, held, agreements, ingestQueue, clock } = ports;
  const waiting = await uploads.findUpload(uploadId);
  const agreement = waiting?.agreementId === undefined ? undefined : await agreements.findAgreement(waiting.agreementId);
  if (agreement !== undefined && agreementState(agreement, clock.today()) !== 'in-force') {
    throw new Refusal('agreement-ended', { about: [uploadId] });
  }
  const upload = decided(await held.releaseHeldUpload(uploadId, { ...decision, at: clock.now() }), uploadId);
  // Lost, the sweep asks again.
  await ingestQueue.send([{ kind: 'continue', uploadId }]).catch(() => undefined);
  return uploadView(upload);
};

/** The file is not what was asked for: nothing of it is used, and its sender reads why. */
export const sendBack = async ({ held, clock }: Pick<Ports, 'held' | 'clock'>, { uploadId, ...decision }: Decision): Promise<UploadView> =>
  uploadView(decided(await held.sendBackUpload(uploadId, sentBack(decision.reason), { ...decision, at: clock.now() }), uploadId));

const decided = (moved: MoveResult, uploadId: string): Upload => {
  if (moved.ok) return moved.upload;
  throw new Refusal(moved.current === undefined ? 'upload-not-found' : 'state-conflict', { about: [uploadId] });
};

const sentBack = (reason: string): FileRefusal => ({
  code: 'sent-back',
  message: `The council looked at this file and sent it back: ${reason}`,
  fix: 'Put it right in your own system or in the export, and send the new file through the same link. If the link has expired, ask the council for a new one.',
});
