import { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';

/** The headers of the copy that would be sent. */
const copyHeaders = async (key: string, versionId: string): Promise<Readonly<Record<string, string>>> => {
  const client = new S3Client({
    region: 'eu-west-2',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  let sent: Readonly<Record<string, string>> = {};
  client.middlewareStack.add(
    () => (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'headers' in request) sent = request.headers as Record<string, string>;
      return Promise.reject(new Error('not sent'));
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const promotion = s3ObjectPromotion(client, { from: 'quarantine-example', to: 'clean-example', keyArn: 'arn:aws:kms:eu-west-2:1:key/2' });
  await expect(promotion.promote({ key, versionId }, 'c/x')).rejects.toThrow('not sent');
  return sent;
};

it('names the version to copy, encrypts it anew, keeps its SHA-256 and never overwrites', async () => {
  expect(await copyHeaders('q/a/b', '3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY')).toMatchObject({
    'x-amz-copy-source': 'quarantine-example/q/a/b?versionId=3HL4kqtJlcpXroDTDmJ%2BrmSpXd3dIbrHY',
    'x-amz-checksum-algorithm': 'SHA256',
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-2:1:key/2',
    'if-none-match': '*',
  });
});

it('encodes each part of the key, since S3 decodes the header', async () => {
  const headers = await copyHeaders('q/odd/näme +%2B?&=#.csv', '1');
  expect(headers['x-amz-copy-source']).toBe('quarantine-example/q/odd/n%C3%A4me%20%2B%252B%3F%26%3D%23.csv?versionId=1');
});
