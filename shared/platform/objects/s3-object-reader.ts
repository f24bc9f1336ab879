import { GetObjectCommand, HeadObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { isReadable } from './readable-body.ts';
import type { ObjectReader, StoredObject } from '../../services/uploads/object-store.ts';

/** A HEAD has no body to name its error, so the status must do. */
const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;

/**
 * S3 answers 404 for a missing object only to a role that may also list the bucket; any other role gets 403, which is
 * thrown here, since it cannot be told from a missing grant.
 */
export const s3ObjectReader = (client: S3Client, bucket: string): ObjectReader => ({
  describe: async (key, versionId): Promise<StoredObject | undefined> => {
    try {
      const head = await client.send(
        new HeadObjectCommand({
          Bucket: bucket,
          Key: key,
          ChecksumMode: 'ENABLED',
          ...(versionId === undefined ? {} : { VersionId: versionId }),
        }),
      );
      // A bucket without versioning has no ids: reading "the version" would then mean reading whatever is there.
      if (head.VersionId === undefined) throw new Error('the bucket keeps no versions');
      return { key, versionId: head.VersionId, size: head.ContentLength ?? 0, sha256: head.ChecksumSHA256 };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  read: async ({ key, versionId }, from = 0, to) => {
    const range = `bytes=${String(from)}-${to === undefined ? '' : String(to - 1)}`;
    const object = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        ...(from === 0 && to === undefined ? {} : { Range: range }),
      }),
    );
    if (!isReadable(object.Body)) throw new Error('the object has no readable body');
    return object.Body;
  },
});
