import * as z from 'zod';
import { sentBytes, type Upload } from '../../domain/uploads/upload.ts';
import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { FileIdentity, GrantRepository } from '../../services/uploads/grant-repository.ts';
import { condition, type Condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Write } from '../write.ts';
import { linkKeys } from './link-keys.ts';

const schemaVersion = 1;
const uploadIdSchema = z.object({ uploadId: z.ulid() });

const notRevoked = condition.all(condition.exists('pk'), condition.absent('revokedAt'));

const pointerTo = ({ uploadId, expiresOn }: Pick<Upload, 'uploadId' | 'expiresOn'>) => ({ schemaVersion, uploadId, ...expiry(expiresOn) });

export const dynamoGrantRepository = (table: DocumentTable): GrantRepository => {
  /** The link has one more upload, and lists it. */
  const ofLink = ({ linkId }: UploadLink, upload: Upload, allowed: Condition): readonly Write[] => [
    table.updateWrite(linkKeys.link(linkId), { add: { uploads: 1 } }, allowed),
    table.putWrite({ ...linkKeys.linkUpload(linkId, upload.uploadId), ...pointerTo(upload) }, condition.absent('pk')),
  ];
  const withinLimit = (link: UploadLink): Condition =>
    link.maxUploads === undefined ? notRevoked : condition.all(notRevoked, condition.equals('uploads', link.uploads));
  const ofFile = (
    identity: FileIdentity,
    upload: Pick<Upload, 'uploadId' | 'expiresOn'>,
    earlierUploadId: string | undefined,
  ): readonly Write[] => [
    table.putWrite(
      { ...linkKeys.file(identity), ...pointerTo(upload) },
      earlierUploadId === undefined ? condition.absent('pk') : condition.equals('uploadId', earlierUploadId),
    ),
    table.putWrite({ ...linkKeys.latest(identity), ...pointerTo(upload) }),
  ];
  return {
    findUploadOfFile: async (file) => (await table.get(linkKeys.file(file), uploadIdSchema))?.uploadId,

    findLatestUpload: async (source) => (await table.get(linkKeys.latest(source), uploadIdSchema))?.uploadId,

    nilReturnFragment: ({ link, upload }) => fragmentOf(ofLink(link, upload, notRevoked)),

    formFragment: ({ link, upload }) => fragmentOf(ofLink(link, upload, withinLimit(link))),

    fileFragment: ({ identity, upload, earlierUploadId }) => fragmentOf(ofFile(identity, upload, earlierUploadId)),

    grantFragment: ({ link, upload, earlierUploadId }) => {
      const { agency, feed } = upload;
      const identity = { agency, feed, sha256: sentBytes(upload).sha256 };
      return fragmentOf([...ofLink(link, upload, withinLimit(link)), ...ofFile(identity, upload, earlierUploadId)]);
    },
  };
};
