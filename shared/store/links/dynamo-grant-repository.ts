import * as z from 'zod';
import type { GrantRepository } from '../../services/uploads/grant-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import { linkKeys } from './link-keys.ts';

const schemaVersion = 1;
const uploadIdSchema = z.object({ uploadId: z.ulid() });

export const dynamoGrantRepository = (table: DocumentTable): GrantRepository => ({
  findUploadOfFile: async (file) => (await table.get(linkKeys.file(file), uploadIdSchema))?.uploadId,

  findLatestUpload: async (source) => (await table.get(linkKeys.latest(source), uploadIdSchema))?.uploadId,

  nilReturnFragment: ({ link, upload }) =>
    fragmentOf([
      table.updateWrite(
        linkKeys.link(link.linkId),
        { add: { uploads: 1 } },
        condition.all(condition.exists('pk'), condition.absent('revokedAt')),
      ),
      table.putWrite(
        { ...linkKeys.linkUpload(link.linkId, upload.uploadId), schemaVersion, uploadId: upload.uploadId, ...expiry(upload.expiresOn) },
        condition.absent('pk'),
      ),
    ]),

  grantFragment: ({ link, upload, earlierUploadId }) => {
    const { uploadId } = upload;
    const pointer = { schemaVersion, uploadId, ...expiry(upload.expiresOn) };
    const notRevoked = condition.all(condition.exists('pk'), condition.absent('revokedAt'));
    return fragmentOf([
      table.updateWrite(
        linkKeys.link(link.linkId),
        { add: { uploads: 1 } },
        link.maxUploads === undefined ? notRevoked : condition.all(notRevoked, condition.equals('uploads', link.uploads)),
      ),
      table.putWrite({ ...linkKeys.linkUpload(link.linkId, uploadId), ...pointer }, condition.absent('pk')),
      table.putWrite(
        { ...linkKeys.file(upload), ...pointer },
        earlierUploadId === undefined ? condition.absent('pk') : condition.equals('uploadId', earlierUploadId),
      ),
      table.putWrite({ ...linkKeys.latest(upload), ...pointer }),
    ]);
  },
});
