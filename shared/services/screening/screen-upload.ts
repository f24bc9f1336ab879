import { scanResultSchema, type MalwareVerdict, type ScanResult, type ScreenMessage } from '../../contracts/events/malware-verdict.ts';
import {
  decideScreening,
  scanTroubles,
  screeningRefusals,
  type ScanVerdict,
  type ScreeningDecision,
} from '../../domain/uploads/screening.ts';
import { agreementState } from '../../domain/uploads/sharing-agreement.ts';
import { isByForm, type Upload, type UploadState } from '../../domain/uploads/upload.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock } from '../clock.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import {
  cleanKey,
  uploadOfQuarantineKey,
  type ObjectPromotion,
  type ObjectReader,
  type ObjectWriter,
  type StoredObject,
} from '../uploads/object-store.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import { keepAgreedPart, piecesOfAgreedPart, type AgreedPartPorts } from './keep-agreed-part.ts';
import { pinVersion, type PinVersionPorts } from './pin-version.ts';

export interface ScreeningPorts extends AgreedPartPorts, PinVersionPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'pinFragment' | 'markClean' | 'refuseUpload' | 'noteScan'>;
  readonly links: Pick<LinkRepository, 'findLink'>;
  readonly quarantine: Pick<ObjectReader, 'describe' | 'read'>;
  /** What the scanner has left on a version in quarantine; undefined where it has left nothing. */
  readonly scanMark: (object: Pick<StoredObject, 'key' | 'versionId'>) => Promise<string | undefined>;
  /** Asks the scanner for a verdict on one version; it comes as an event, like the first. */
  readonly scanAgain: (object: Pick<StoredObject, 'key' | 'versionId'>) => Promise<void>;
  readonly promotion: ObjectPromotion;
  /** Into the clean bucket. */
  readonly cleanFiles: ObjectWriter<AsyncIterable<Uint8Array>>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly quarantineBucket: string;
}

type IgnoredBecause =
  | Extract<ScreeningDecision, { kind: 'ignore' }>['because']
  | 'other-bucket'
  | 'not-our-key'
  | 'unknown-upload'
  | 'nothing-to-promote'
  | 'no-verdict';

export type ScreeningOutcome =
  | { readonly kind: 'promoted'; readonly upload: Upload }
  | { readonly kind: 'refused'; readonly upload: Upload; readonly code: string }
  /** No verdict on the file yet. `again`: another scan has been asked for. */
  | { readonly kind: 'held'; readonly upload: Upload; readonly code: string; readonly again: boolean }
  | { readonly kind: 'rescanned'; readonly upload: Upload }
  | { readonly kind: 'ignored'; readonly because: IgnoredBecause; readonly uploadId?: string };

const verdicts: Readonly<Record<ScanResult, ScanVerdict>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'infected',
  UNSUPPORTED: 'unscannable',
  ACCESS_DENIED: 'not-accessible',
  FAILED: 'scan-failed',
};

/** Screening decides once; what it refuses has not been read by anybody. */
const refusableStates: readonly UploadState[] = ['granted'];

/**
 * Handles a scanner's verdict, or the sweep's request to finish what a verdict began.
 *
 * The ledger says `clean` before the bytes are in the clean bucket, so that the event of their arrival always finds it
 * so. Whatever step a crash cuts off, the same message finishes: before the mark nothing has happened; after it the
 * message finds `clean` with its own version and copies; the copy itself happens once, however often it is asked for.
 */
export const screenUpload = (ports: ScreeningPorts, message: ScreenMessage): Promise<ScreeningOutcome> => {
  if (!('kind' in message)) return hear(ports, message);
  switch (message.kind) {
    case 'promote':
      return finishPromotion(ports, message.uploadId);
    case 'look-for-verdict':
      return lookForVerdict(ports, message.uploadId);
    case 'rescan':
      return rescan(ports, message.uploadId);
  }
};

const hear = async (ports: ScreeningPorts, { id, detail }: MalwareVerdict): Promise<ScreeningOutcome> => {
  const { bucketName, objectKey, versionId } = detail.s3ObjectDetails;
  if (bucketName !== ports.quarantineBucket) return { kind: 'ignored', because: 'other-bucket' };
  const uploadId = uploadOfQuarantineKey(objectKey);
  if (uploadId === undefined) return { kind: 'ignored', because: 'not-our-key' };
  return judge(ports, { id, uploadId, objectKey, versionId, result: detail.scanResultDetails.scanResultStatus });
};

/** An upload that waits for its verdict, and the version that it waits for. */
const findWaiting = async (
  ports: ScreeningPorts,
  uploadId: string,
): Promise<
  Extract<ScreeningOutcome, { kind: 'ignored' }> | { readonly kind: 'waiting'; readonly upload: Upload; readonly versionId: string }
> => {
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload === undefined) return { kind: 'ignored', because: 'unknown-upload', uploadId };
  if (upload.state !== 'granted') return { kind: 'ignored', because: 'already-decided', uploadId };
  const stored = await ports.quarantine.describe(upload.objectKey, upload.pinnedVersionId);
  if (stored === undefined) return { kind: 'ignored', because: 'object-gone', uploadId };
  return { kind: 'waiting', upload, versionId: stored.versionId };
};

const rescan = async (ports: ScreeningPorts, uploadId: string): Promise<ScreeningOutcome> => {
  const found = await findWaiting(ports, uploadId);
  if (found.kind === 'ignored') return found;
  await ports.scanAgain({ key: found.upload.objectKey, versionId: found.versionId });
  return { kind: 'rescanned', upload: found.upload };
};

/** The announcement was lost; what the scanner left on the object says the same about the same version. */
const lookForVerdict = async (ports: ScreeningPorts, uploadId: string): Promise<ScreeningOutcome> => {
  const found = await findWaiting(ports, uploadId);
  if (found.kind === 'ignored') return found;
  const { versionId } = found;
  const { objectKey } = found.upload;
  const result = scanResultSchema.safeParse(await ports.scanMark({ key: objectKey, versionId }));
  if (!result.success) return { kind: 'ignored', because: 'no-verdict', uploadId };
  return judge(ports, { id: uploadId, uploadId, objectKey, versionId, result: result.data });
};

interface Judgement {
  /** Of what brought it. */
  readonly id: string;
  readonly uploadId: string;
  readonly objectKey: string;
  readonly versionId: string;
  readonly result: ScanResult;
}

/** A form's file is pinned, then marked; each may be lost to another delivery once. */
const mostAttempts = 4;

const judge = async (ports: ScreeningPorts, { id, uploadId, objectKey, versionId, result }: Judgement): Promise<ScreeningOutcome> => {
  const verdict = verdicts[result];

  let upload = await ports.uploads.findUpload(uploadId);
  // More than once: what another delivery of the same verdict was quicker to write is decided on again.
  for (let attempt = 1; upload !== undefined && upload.objectKey === objectKey && attempt <= mostAttempts; attempt += 1) {
    const decision: ScreeningDecision = decideScreening({
      upload,
      verdict,
      judgedVersionId: versionId,
      stored: await ports.quarantine.describe(objectKey, isByForm(upload) ? versionId : undefined),
      closed: await whyClosed(ports, upload),
    });
    if (decision.kind === 'ignore') return { kind: 'ignored', because: decision.because, uploadId };
    if (decision.kind === 'promote') return promote(ports, upload, versionId);
    if (decision.kind === 'hold') return hold(ports, upload, versionId, decision);

    const at = ports.clock.now();
    const pinned = decision.kind === 'pin' ? { refusal: await pinVersion(ports, upload, versionId) } : undefined;
    if (pinned !== undefined && pinned.refusal === undefined) {
      upload = await ports.uploads.findUpload(uploadId);
      continue;
    }
    const kept = decision.kind === 'accept' ? await keepAgreedPart(ports, upload, versionId) : undefined;
    const refusal = decision.kind === 'refuse' ? screeningRefusals[decision.why] : (pinned?.refusal ?? kept?.refusal);
    // Before the move: a message that comes again after a crash would find it made and have nothing to record.
    await recordArrival(ports, upload, { at, correlationId: id, code: refusal?.code });
    const moved = refusal
      ? await ports.uploads.refuseUpload(uploadId, refusal, at, refusableStates)
      : await ports.uploads.markClean(uploadId, versionId, at, kept?.part);
    if (moved.ok) return refusal ? { kind: 'refused', upload: moved.upload, code: refusal.code } : promote(ports, moved.upload, versionId);
    upload = moved.current;
  }
  return upload?.objectKey === objectKey
    ? { kind: 'ignored', because: 'already-decided', uploadId }
    : { kind: 'ignored', because: 'unknown-upload', uploadId };
};

/**
 * A verdict that says nothing about the file never stands in the way of one that does: the file waits. The trouble is noted
 * before another scan is asked for, so that its verdict finds that it was, and so that the sender is told whatever happens.
 */
const hold = async (
  ports: ScreeningPorts,
  upload: Upload,
  versionId: string,
  { why, again }: Extract<ScreeningDecision, { kind: 'hold' }>,
): Promise<ScreeningOutcome> => {
  const { uploadId, objectKey, scan } = upload;
  const from = scan?.rescans ?? 0;
  const note = (rescans: number, before: number) =>
    ports.uploads.noteScan(uploadId, { trouble: why, rescans }, { at: ports.clock.now(), from: before });
  const held = { kind: 'held', upload, code: scanTroubles[why].code } as const;
  if (!again) {
    if (scan?.trouble !== why) await note(from, from);
    return { ...held, again };
  }
  if (!(await note(from + 1, from)).ok) return { ...held, again: false };
  try {
    await ports.scanAgain({ key: objectKey, versionId });
  } catch (error) {
    // The message comes again, and asks again.
    await note(from, from + 1);
    throw error;
  }
  return { ...held, again };
};

const finishPromotion = async (ports: ScreeningPorts, uploadId: string): Promise<ScreeningOutcome> => {
  const upload = await ports.uploads.findUpload(uploadId);
  return upload?.state === 'clean' && upload.quarantineVersionId !== undefined
    ? promote(ports, upload, upload.quarantineVersionId)
    : { kind: 'ignored', because: 'nothing-to-promote', uploadId };
};

const promote = async (ports: ScreeningPorts, upload: Upload, versionId: string): Promise<ScreeningOutcome> => {
  const { uploadId, objectKey, kept } = upload;
  if (kept === undefined) {
    await ports.promotion.promote({ key: objectKey, versionId }, cleanKey(uploadId));
    return { kind: 'promoted', upload };
  }
  const bytes = piecesOfAgreedPart(ports, upload, versionId, kept);
  const { size, sha256 } = kept;
  await ports.cleanFiles.write({ key: cleanKey(uploadId), bytes, size, sha256, contentType: 'text/csv' });
  return { kind: 'promoted', upload };
};

const whyClosed = async (
  { links, agreements, clock }: ScreeningPorts,
  { linkId, agreementId }: Upload,
): Promise<'link-revoked' | 'agreement-ended' | undefined> => {
  if (linkId === undefined) return undefined;
  if ((await links.findLink(linkId))?.revokedAt !== undefined) return 'link-revoked';
  const agreement = agreementId === undefined ? undefined : await agreements.findAgreement(agreementId);
  return agreement !== undefined && agreementState(agreement, clock.today()) === 'in-force' ? undefined : 'agreement-ended';
};

const recordArrival = (
  { audit }: ScreeningPorts,
  { uploadId, linkId }: Upload,
  { at, correlationId, code }: { readonly at: string; readonly correlationId: string; readonly code: string | undefined },
): Promise<void> =>
  audit.record({
    at,
    actorKind: linkId === undefined ? 'system' : 'link',
    actorId: linkId ?? 'system',
    roles: [],
    action: 'receiveUpload',
    subjects: linkId === undefined ? [uploadId] : [uploadId, linkId],
    result: code === undefined ? 'changed' : 'refused',
    ...(code === undefined ? {} : { code }),
    correlationId,
  });
