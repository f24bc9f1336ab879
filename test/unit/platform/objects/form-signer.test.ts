import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3FormSigner } from '#shared/platform/objects/s3-form-signer.ts';
import { signedForm } from '#test/support/signed-form.ts';

const target = { bucket: 'quarantine', keyArn: 'arn:aws:kms:eu-west-2:111122223333:key/11111111-0000-4000-8000-000000000000' };
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const now = '2026-11-23T09:30:00.000Z';
const order = {
  key: 'f/01K0000000000000000000000B/01K0000000000000000000000A',
  length: [1, 104_857_600] as const,
  contentType: 'application/octet-stream',
  then: 'https://send.example.gov.uk/form/files/01K0000000000000000000000A/sent',
  now,
  expiresInSeconds: 300,
};
const signer = (sessionToken?: string) =>
  s3FormSigner(
    new S3Client({ region: 'eu-west-2', credentials: { ...credentials, ...(sessionToken !== undefined && { sessionToken }) } }),
    target,
  );
const policyOf = (fields: readonly (readonly [string, string])[]): { expiration: string; conditions: unknown[] } =>
  JSON.parse(Buffer.from(new Map(fields).get('policy') ?? '', 'base64').toString()) as { expiration: string; conditions: unknown[] };

describe('A form that a browser sends', () => {
  it('is signed as the page of the S3 API reference has it', async () => {
    const { action, fields } = await signer().signForm(order);
    expect(action).toBe('https://quarantine.s3.eu-west-2.amazonaws.com/');
    expect(fields).toEqual(signedForm({ ...target, ...credentials, ...order, now: new Date(now) }));
  });

  it('binds every field to one value, the length to its range and all of it to five minutes', async () => {
    const { fields } = await signer().signForm({ ...order, expiresInSeconds: 3600 });
    const { expiration, conditions } = policyOf(fields);
    expect(expiration).toBe('2026-11-23T09:35:00.000Z');
    const bound = conditions.flatMap((condition) => (Array.isArray(condition) ? [] : Object.entries(condition as object)));
    expect(bound).toEqual([['bucket', 'quarantine'], ...fields.filter(([name]) => name !== 'policy' && name !== 'x-amz-signature')]);
    expect(conditions.filter(Array.isArray)).toEqual([['content-length-range', 1, 104_857_600]]);
    expect(JSON.stringify(conditions)).not.toMatch(/starts-with|\$\{/);
  });

  it('carries the token of borrowed credentials, bound like the rest', async () => {
    const { fields } = await signer('borrowed').signForm(order);
    expect(new Map(fields).get('x-amz-security-token')).toBe('borrowed');
    expect(policyOf(fields).conditions).toContainEqual({ 'x-amz-security-token': 'borrowed' });
  });
});
