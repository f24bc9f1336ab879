import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { UploadSigner } from '../../services/uploads/object-store.ts';

/** The longest a URL may live; the bucket's policy refuses older signatures too. */
const longestLife = 300;

/**
 * Signs the PUT of one file. Everything that binds it is a signed *header*: the SDK would otherwise move the checksum and
 * the encryption into the query, where S3 does not look for them, and leave the content type out altogether.
 *
 * `client` must be made with `requestChecksumCalculation: 'WHEN_REQUIRED'`: the default signs the CRC32 of an empty body
 * into the URL, which no file can meet.
 */
export const s3UploadSigner = (client: S3Client, target: { readonly bucket: string; readonly keyArn: string }): UploadSigner => ({
  sign: async ({ key, size, sha256, contentType, expiresInSeconds }) => {
    const headers = {
      'content-type': contentType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': sha256,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': target.keyArn,
    };
    const url = await getSignedUrl(
      client,
      new PutObjectCommand({
        Bucket: target.bucket,
        Key: key,
        ContentLength: size,
        ContentType: contentType,
        IfNoneMatch: '*',
        ChecksumSHA256: sha256,
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: target.keyArn,
      }),
      {
        expiresIn: Math.min(expiresInSeconds, longestLife),
        unhoistableHeaders: new Set(Object.keys(headers)),
        signableHeaders: new Set(['host', 'content-length', ...Object.keys(headers)]),
      },
    );
    return { url, headers };
  },
});
