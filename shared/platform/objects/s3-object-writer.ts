import { Readable } from 'node:stream';
import { PutObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectWriter } from '../../services/uploads/object-store.ts';

/** 409 is S3's answer to the slower of two that write the same new key at the same moment. */
const isTaken = (error: unknown): boolean =>
  error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 412 || error.$metadata.httpStatusCode === 409);

export const s3ObjectWriter = (
  client: S3Client,
  target: { readonly bucket: string; readonly keyArn: string },
): ObjectWriter<Uint8Array | AsyncIterable<Uint8Array>> => ({
  write: async ({ key, bytes, size, sha256, contentType }) => {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: target.bucket,
          Key: key,
          // A stream goes out as it comes; the store compares it with the SHA-256.
          Body: bytes instanceof Uint8Array ? bytes : Readable.from(bytes),
          ContentLength: size,
          ContentType: contentType,
          IfNoneMatch: '*',
          ChecksumSHA256: sha256,
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: target.keyArn,
        }),
      );
      return 'written';
    } catch (error) {
      if (isTaken(error)) return 'already-there';
      throw error;
    }
  },
});
