import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import { startCheckpoint, type Upload } from '../../domain/uploads/upload.ts';
import type { RecognisedLink } from '../links/recognise-link.ts';
import { quarantineKey } from './object-store.ts';

type Beginning = 'state' | 'checkpoint' | 'createdAt' | 'updatedAt' | 'version' | 'expiresOn';

/** An upload of which nothing has come yet. */
export const newUpload = (upload: Omit<Upload, Beginning>, now: string): Upload => ({
  ...upload,
  state: 'granted',
  checkpoint: startCheckpoint,
  createdAt: now,
  updatedAt: now,
  version: 1,
  expiresOn: sharingRecordExpiresOn(now),
});

type OfTheFile = 'uploadId' | 'reference' | 'sha256' | 'size' | 'nil' | 'replaces' | 'announced';

/** `objectKey`: where it comes otherwise than by a presigned PUT. */
type LinkFile = Pick<Upload, OfTheFile> & { readonly objectKey?: string };

/** An upload through a link, under its agreement as it reads now. */
export const newLinkUpload = ({ link, agreement }: RecognisedLink, file: LinkFile, now: string): Upload =>
  newUpload(
    {
      objectKey: quarantineKey(link.linkId, file.uploadId),
      ...file,
      source: 'link',
      linkId: link.linkId,
      agency: link.agency,
      feed: link.feed,
      feedVersion: link.feedVersion,
      agreement: agreement.reference,
      agreementId: agreement.agreementId,
      agreementVersion: agreement.version,
      periodStart: link.periodStart,
      periodEnd: link.periodEnd,
    },
    now,
  );
