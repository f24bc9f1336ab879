import { findFeed } from '../../contracts/files/feeds.ts';
import type { FileSource } from '../../contracts/files/opening/file-source.ts';
import { UnreadableFile } from '../../contracts/files/opening/unreadable-file.ts';
import { screeningRefusals } from '../../domain/uploads/screening.ts';
import { agreedColumns } from '../../domain/uploads/sharing-agreement.ts';
import { sentBytes, type FileBytes, type FileRefusal, type KeptPart, type Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { ObjectReader } from '../uploads/object-store.ts';
import { findAgreedPart, writeAgreedPart } from './agreed-part.ts';

export interface AgreedPartPorts {
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly quarantine: Pick<ObjectReader, 'read'>;
  /** `digest` gives base64, of all that was put in. */
  readonly newSha256: () => { readonly update: (bytes: Uint8Array) => void; readonly digest: () => string };
}

/** What of the file may leave quarantine: the columns that its agreement covers, as the agreement reads now, as CSV in UTF-8. */
export const keepAgreedPart = async (
  ports: AgreedPartPorts,
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
const sentFile = ({ quarantine }: Pick<AgreedPartPorts, 'quarantine'>, upload: Upload, versionId: string): FileSource => ({
  size: sentBytes(upload).size,
  read: async function* (from, to) {
    if (from < to) yield* await quarantine.read({ key: upload.objectKey, versionId }, from, to);
  },
});

/** Length and SHA-256 of all the pieces together. */
export const measure = async ({ newSha256 }: Pick<AgreedPartPorts, 'newSha256'>, pieces: AsyncIterable<Uint8Array>): Promise<FileBytes> => {
  const hash = newSha256();
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest() };
};

/** The kept part of the judged version, piece by piece: always the same bytes. */
export const piecesOfAgreedPart = (
  ports: Pick<AgreedPartPorts, 'quarantine'>,
  upload: Upload,
  versionId: string,
  kept: KeptPart,
): AsyncIterable<Uint8Array> => {
  const feed = findFeed(upload.feed);
  if (feed === undefined) throw new Error('a feed that is there no more');
  return writeAgreedPart(feed, kept, sentFile(ports, upload, versionId));
};
