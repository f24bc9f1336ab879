import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHmac } from 'node:crypto';
import { addSeconds } from '../../domain/calendar/instant.ts';
import type { FormSigner } from '../../services/uploads/object-store.ts';

/** The longest a form may live; the bucket's policy refuses older signatures too. */
const longestLife = 300;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * Signs a browser's form for one file ("Authenticating requests in browser-based uploads using POST" of the S3 API
 * reference). Every field stands in the policy with exactly one value: nothing may begin with something, nothing is left open.
 */
export const s3FormSigner = (client: S3Client, target: { readonly bucket: string; readonly keyArn: string }): FormSigner => ({
  signForm: async ({ key, length, contentType, then, now, expiresInSeconds }) => {
    const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
      client.config.credentials(),
      client.config.region(),
    ]);
    const stamp = now.replaceAll(/[-:]|\.\d+/g, '');
    const scope = [stamp.slice(0, 8), region, 's3', 'aws4_request'];
    const fields: readonly (readonly [string, string])[] = [
      ['key', key],
      ['content-type', contentType],
      ['success_action_redirect', then],
      ['x-amz-server-side-encryption', 'aws:kms'],
      ['x-amz-server-side-encryption-aws-kms-key-id', target.keyArn],
      ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
      ['x-amz-credential', [accessKeyId, ...scope].join('/')],
      ['x-amz-date', stamp],
      ...(sessionToken === undefined ? [] : ([['x-amz-security-token', sessionToken]] as const)),
    ];
    const policy = {
      expiration: addSeconds(now, Math.min(expiresInSeconds, longestLife)),
      conditions: [{ bucket: target.bucket }, ...fields.map(([name, value]) => ({ [name]: value })), ['content-length-range', ...length]],
    };
    const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
    const signingKey = scope.reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secretAccessKey}`);
    return {
      action: await bucketAddress(client, target.bucket),
      fields: [...fields, ['policy', encoded], ['x-amz-signature', hmac(signingKey, encoded).toString('hex')]],
    };
  },
});

/** The client knows how its store is addressed, and says so in what it signs. */
const bucketAddress = async (client: S3Client, bucket: string): Promise<string> => {
  const { origin, pathname } = new URL(await getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: 'x' })));
  return `${origin}${pathname.replace(/x$/, '')}`;
};
