import { CopyObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectPromotion } from '../../services/uploads/object-store.ts';

/** `CopySource` is a header that S3 decodes: each part of the key is encoded, the slashes are not. */
const copySource = (bucket: string, key: string, versionId: string): string =>
  `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`;

/**
 * `If-None-Match: *` on the copy makes promotion a thing that happens once, however often it is asked for. S3 answers 412
 * where the copy is there, and 409 to the slower of two that ask at the same moment: that one is thrown, since the other
 * may still fail, and the message comes again.
 */
export const s3ObjectPromotion = (
  client: S3Client,
  buckets: { readonly from: string; readonly to: string; readonly keyArn: string },
): ObjectPromotion => ({
  promote: async ({ key, versionId }, toKey) => {
    try {
      await client.send(
        new CopyObjectCommand({
          Bucket: buckets.to,
          Key: toKey,
          CopySource: copySource(buckets.from, key, versionId),
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: buckets.keyArn,
        }),
      );
      return 'copied';
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return 'already-there';
      throw error;
    }
  },
});
