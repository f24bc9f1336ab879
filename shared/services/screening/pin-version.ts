import { findFeed } from '../../contracts/files/feeds.ts';
import { alreadyReceivedWords, decideGrant } from '../../domain/uploads/grant.ts';
import { bytesDiffer } from '../../domain/uploads/screening.ts';
import type { FileRefusal, Upload } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { GrantRepository } from '../uploads/grant-repository.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import { measure, type AgreedPartPorts } from './keep-agreed-part.ts';

export interface PinVersionPorts extends Pick<AgreedPartPorts, 'quarantine' | 'newSha256'> {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'pinFragment'>;
  readonly grants: Pick<GrantRepository, 'findUploadOfFile' | 'findLatestUpload' | 'fileFragment'>;
  readonly transactions: Transactions;
  readonly clock: Clock;
}

/**
 * What a grant does beforehand where the sender can say which bytes will come: tells length and SHA-256, and whether the
 * same bytes were sent before. Undefined: written down, or somebody was quicker, which the upload itself tells.
 */
export const pinVersion = async (ports: PinVersionPorts, upload: Upload, versionId: string): Promise<FileRefusal | undefined> => {
  const { uploadId, objectKey, linkId, agency, feed } = upload;
  const feedKind = findFeed(feed)?.kind;
  if (linkId === undefined || feedKind === undefined) throw new Error('a form without a link or a feed');
  const { size, sha256 } = await measure(ports, await ports.quarantine.read({ key: objectKey, versionId }));
  const identity = { agency, feed, sha256 };
  const [earlierUploadId, latestUploadId] = await Promise.all([
    ports.grants.findUploadOfFile(identity),
    feedKind === 'snapshot' ? ports.grants.findLatestUpload(identity) : undefined,
  ]);
  const earlier = earlierUploadId === undefined ? undefined : await ports.uploads.findUpload(earlierUploadId);
  const at = ports.clock.now();
  const decision = decideGrant({ linkId, size, feedKind, earlier, latestUploadId, now: at });
  switch (decision.kind) {
    case 'already-received':
      return alreadyReceivedWords(decision.upload);
    // The form's own policy lets neither through.
    case 'empty':
    case 'too-large':
      return bytesDiffer;
    // A grant of the same bytes that nothing came by: what has come by the form takes its place.
    case 'renew':
    case 'replace':
    case 'new':
  }
  await ports.transactions.commit([
    ports.uploads.pinFragment(uploadId, { versionId, size, sha256, at }),
    ports.grants.fileFragment({ identity, upload, earlierUploadId }),
  ]);
  return undefined;
};
