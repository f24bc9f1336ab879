import { scanResultSchema, type MalwareVerdict, type ScanResult, type ScreenMessage } from '../../contracts/events/malware-verdict.ts';
import { decideScreening, screeningRefusals, type ScanVerdict, type ScreeningDecision } from '../../domain/uploads/screening.ts';
import { agreedColumns, agreementState } from '../../domain/uploads/sharing-agreement.ts';
import type { FileRefusal, KeptPart, Upload, UploadState } from '../../domain/uploads/upload.ts';
import { findFeed } from '../../contracts/files/feeds.ts';
import type { FileSource } from '../../contracts/files/opening/file-source.ts';
import { UnreadableFile } from '../../contracts/files/opening/unreadable-file.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
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
import { findAgreedPart, writeAgreedPart } from './agreed-part.ts';

export interface ScreeningPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'markClean' | 'refuseUpload'>;
  readonly links: Pick<LinkRepository, 'findLink'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly quarantine: Pick<ObjectReader, 'describe' | 'read'>;
  /** What the scanner has left on a version in quarantine; undefined where it has left nothing. */
  readonly scanMark: (object: Pick<StoredObject, 'key' | 'versionId'>) => Promise<string | undefined>;
  readonly promotion: ObjectPromotion;
  /** Into the clean bucket. */
  readonly cleanFiles: ObjectWriter<AsyncIterable<Uint8Array>>;
  /** `digest` gives base64, of all that was put in. */
  readonly newSha256: () => { readonly update: (bytes: Uint8Array) => void; readonly digest: () => string };
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
  return message.kind === 'promote' ? finishPromotion(ports, message.uploadId) : lookForVerdict(ports, message.uploadId);
};

const hear = async (ports: ScreeningPorts, { id, detail }: MalwareVerdict): Promise<ScreeningOutcome> => {
  const { bucketName, objectKey, versionId } = detail.s3ObjectDetails;
  if (bucketName !== ports.quarantineBucket) return { kind: 'ignored', because: 'other-bucket' };
  const uploadId = uploadOfQuarantineKey(objectKey);
  if (uploadId === undefined) return { kind: 'ignored', because: 'not-our-key' };
  return judge(ports, { id, uploadId, objectKey, versionId, result: detail.scanResultDetails.scanResultStatus });
};

/** The announcement was lost; what the scanner left on the object says the same about the same version. */
const lookForVerdict = async (ports: ScreeningPorts, uploadId: string): Promise<ScreeningOutcome> => {
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload === undefined) return { kind: 'ignored', because: 'unknown-upload', uploadId };
  if (upload.state !== 'granted') return { kind: 'ignored', because: 'already-decided', uploadId };
  const { objectKey } = upload;
  const stored = await ports.quarantine.describe(objectKey);
  if (stored === undefined) return { kind: 'ignored', because: 'object-gone', uploadId };
  const { versionId } = stored;
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

const judge = async (ports: ScreeningPorts, { id, uploadId, objectKey, versionId, result }: Judgement): Promise<ScreeningOutcome> => {
  const verdict = verdicts[result];

  let upload = await ports.uploads.findUpload(uploadId);
  // Twice: a mark that another delivery of the same verdict was quicker to set is decided on again.
  for (let attempt = 1; upload !== undefined && upload.objectKey === objectKey && attempt <= 2; attempt += 1) {
    const decision: ScreeningDecision = decideScreening({
      upload,
      verdict,
      judgedVersionId: versionId,
      stored: await ports.quarantine.describe(objectKey),
      closed: await whyClosed(ports, upload),
    });
    if (decision.kind === 'ignore') return { kind: 'ignored', because: decision.because, uploadId };
    if (decision.kind === 'promote') return promote(ports, upload, versionId);

    const at = ports.clock.now();
    const kept = decision.kind === 'refuse' ? undefined : await keep(ports, upload, versionId);
    const refusal = decision.kind === 'refuse' ? screeningRefusals[decision.why] : kept?.refusal;
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

const finishPromotion = async (ports: ScreeningPorts, uploadId: string): Promise<ScreeningOutcome> => {
  const upload = await ports.uploads.findUpload(uploadId);
  return upload?.state === 'clean' && upload.quarantineVersionId !== undefined
    ? promote(ports, upload, upload.quarantineVersionId)
    : { kind: 'ignored', because: 'nothing-to-promote', uploadId };
};

const promote = async (ports: ScreeningPorts, upload: Upload, versionId: string): Promise<ScreeningOutcome> => {
  const { uploadId, objectKey, kept } = upload;
  const feed = findFeed(upload.feed);
  if (kept === undefined || feed === undefined) {
    await ports.promotion.promote({ key: objectKey, versionId }, cleanKey(uploadId));
    return { kind: 'promoted', upload };
  }
  const bytes = writeAgreedPart(feed, kept, sentFile(ports, upload, versionId));
  const { size, sha256 } = kept;
  await ports.cleanFiles.write({ key: cleanKey(uploadId), bytes, size, sha256, contentType: 'text/csv' });
  return { kind: 'promoted', upload };
};

/** What of the file may leave quarantine: the columns that its agreement covers, as the agreement reads now, as CSV in UTF-8. */
const keep = async (
  ports: ScreeningPorts,
  upload: Upload,
  versionId: string,
): Promise<{ readonly part?: KeptPart; readonly refusal?: FileRefusal }> => {
  const { agreementId } = upload;
  const agreement = agreementId === undefined ? undefined : await ports.agreements.findAgreement(agreementId);
  const agreed = agreement === undefined ? undefined : agreedColumns(agreement, upload.feed);
  const feed = findFeed(upload.feed);
  // A referral has the columns of its one form; a feed taken out of its agreement has none that may be kept.
  if (agreementId === undefined || feed === undefined) return {};
  if (agreed === undefined) return { refusal: screeningRefusals['agreement-ended'] };
  const source = sentFile(ports, upload, versionId);
  const found = await findAgreedPart(feed, agreed, source);
  if (found.kind === 'whole') return {};
  if (found.kind === 'refused') return { refusal: found.refusal };
  const { form, columns, left } = found;
  try {
    const measured = await measure(ports, writeAgreedPart(feed, found, source));
    return { part: { form, columns: [...columns], ...measured, left: { columns: [...left.columns], positions: [...left.positions] } } };
  } catch (error) {
    if (error instanceof UnreadableFile) return { refusal: error.refusal };
    throw error;
  }
};

/** The judged version, of which any part can be read. */
const sentFile = ({ quarantine }: ScreeningPorts, { objectKey, size }: Upload, versionId: string): FileSource => ({
  size,
  read: async function* (from, to) {
    if (from < to) yield* await quarantine.read({ key: objectKey, versionId }, from, to);
  },
});

const measure = async (
  { newSha256 }: ScreeningPorts,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number; readonly sha256: string }> => {
  const hash = newSha256();
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest() };
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
