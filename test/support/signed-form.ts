import { createHmac } from 'node:crypto';

export interface FormOrder {
  readonly bucket: string;
  readonly key: string;
  readonly keyArn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Bytes of the file, both ends included. */
  readonly length: readonly [least: number, most: number];
  readonly now: Date;
  readonly contentType: string;
  /** Where the browser goes then. */
  readonly then: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The fields of a browser's form that may store one file under exactly one key, signed as "Authenticating requests in
 * browser-based uploads using POST" of the S3 API reference has it: written from that page, not with the store's own code.
 */
export const signedForm = ({
  bucket,
  key,
  keyArn,
  accessKeyId,
  secretAccessKey,
  length,
  now,
  contentType,
  then,
}: FormOrder): readonly (readonly [string, string])[] => {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = [stamp.slice(0, 8), 'eu-west-2', 's3', 'aws4_request'];
  const fields = [
    ['key', key],
    ['content-type', contentType],
    ['success_action_redirect', then],
    ['x-amz-server-side-encryption', 'aws:kms'],
    ['x-amz-server-side-encryption-aws-kms-key-id', keyArn],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', [accessKeyId, ...scope].join('/')],
    ['x-amz-date', stamp],
  ] as const;
  const policy = {
    expiration: new Date(now.getTime() + 300_000).toISOString(),
    conditions: [{ bucket }, ...fields.map(([name, value]) => ({ [name]: value })), ['content-length-range', ...length]],
  };
  const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
  const signingKey = scope.reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secretAccessKey}`);
  return [...fields, ['policy', encoded], ['x-amz-signature', hmac(signingKey, encoded).toString('hex')]];
};
