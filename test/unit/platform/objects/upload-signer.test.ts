import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';

const keyArn = 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000';
// SHA-256 of no bytes, from FIPS 180-4's examples.
const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const signer = () =>
  s3UploadSigner(
    new S3Client({
      region: 'eu-west-2',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    }),
    { bucket: 'quarantine-example', keyArn },
  );
const order = {
  key: 'q/01J8Z3Q5V7X9B1D3F5H7K9M1P3/01J8Z3Q5V7X9B1D3F5H7K9M1P4',
  size: 1234,
  sha256,
  contentType: 'text/csv',
  expiresInSeconds: 300,
};

describe('A presigned PUT', () => {
  it('signs exactly the headers that bind the file', async () => {
    const url = new URL((await signer().sign(order)).url);
    expect(url.searchParams.get('X-Amz-SignedHeaders')?.split(';')).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
      'x-amz-server-side-encryption',
      'x-amz-server-side-encryption-aws-kms-key-id',
    ]);
  });

  it('has nothing in its query that S3 would not look for there', async () => {
    const url = new URL((await signer().sign(order)).url);
    expect([...url.searchParams.keys()].sort()).toEqual([
      'X-Amz-Algorithm',
      'X-Amz-Content-Sha256',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Security-Token',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
      'x-id',
    ]);
  });

  it('names bucket and key in the address and nothing else of the file', async () => {
    const url = new URL((await signer().sign(order)).url);
    expect(url.host).toBe('quarantine-example.s3.eu-west-2.amazonaws.com');
    expect(url.pathname).toBe(`/${order.key}`);
  });

  it('tells the sender each header to set, and only those', async () => {
    expect((await signer().sign(order)).headers).toEqual({
      'content-type': 'text/csv',
      'if-none-match': '*',
      'x-amz-checksum-sha256': sha256,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': keyArn,
    });
  });

  it.each([
    [300, '300'],
    [60, '60'],
    [3600, '300'],
  ])('asked to live %i seconds, lives %s', async (expiresInSeconds, lives) => {
    const url = new URL((await signer().sign({ ...order, expiresInSeconds })).url);
    expect(url.searchParams.get('X-Amz-Expires')).toBe(lives);
  });
});
