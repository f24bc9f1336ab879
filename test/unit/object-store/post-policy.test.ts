import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPostPolicy } from '#infra/local/object-store/post-policy.ts';

const codeOf = (check: () => unknown): unknown => {
  try {
    check();
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('the form of Amazon’s own example', () => {
  // "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)" of the S3 API reference.
  const policy = [
    '{ "expiration": "2015-12-30T12:00:00.000Z",',
    '  "conditions": [',
    '    {"bucket": "sigv4examplebucket"},',
    '    ["starts-with", "$key", "user/user1/"],',
    '    {"acl": "public-read"},',
    '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
    '    ["starts-with", "$Content-Type", "image/"],',
    '    {"x-amz-meta-uuid": "14365123651274"},',
    '    {"x-amz-server-side-encryption": "AES256"},',
    '    ["starts-with", "$x-amz-meta-tag", ""],',
    '',
    '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
    '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
    '    {"x-amz-date": "20151229T000000Z" }',
    '  ]',
    '}',
  ].join('\r\n');
  const fields = new Map([
    ['key', 'user/user1/photo.jpg'],
    ['acl', 'public-read'],
    ['success_action_redirect', 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html'],
    ['content-type', 'image/jpeg'],
    ['x-amz-meta-uuid', '14365123651274'],
    ['x-amz-server-side-encryption', 'AES256'],
    ['x-amz-meta-tag', ''],
    ['x-amz-credential', 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request'],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-date', '20151229T000000Z'],
    ['policy', Buffer.from(policy).toString('base64')],
    ['x-amz-signature', '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e'],
  ]);
  const secretOf = (): string => 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const on = (day: string): number => Date.parse(`${day}T01:00:00Z`);

  it('carries the signature that Amazon prints for it', () => {
    expect(checkPostPolicy('sigv4examplebucket', fields, secretOf, on('2015-12-29'))).toMatchObject({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  it('is refused when it has expired, before it was signed, in another bucket, and with another secret', () => {
    expect(
      [
        () => checkPostPolicy('sigv4examplebucket', fields, secretOf, on('2015-12-31')),
        () => checkPostPolicy('sigv4examplebucket', fields, secretOf, on('2015-12-28')),
        () => checkPostPolicy('another', fields, secretOf, on('2015-12-29')),
        () => checkPostPolicy('sigv4examplebucket', fields, () => 'another', on('2015-12-29')),
        () => checkPostPolicy('sigv4examplebucket', fields, () => undefined, on('2015-12-29')),
      ].map(codeOf),
    ).toEqual(['AccessDenied', 'AccessDenied', 'AccessDenied', 'SignatureDoesNotMatch', 'InvalidAccessKeyId']);
  });

  it.each([...fields.keys()])('is refused with another %s, and without it', (name) => {
    const bent = new Map(fields).set(name, `${fields.get(name) ?? ''}x`);
    // What a condition leaves open may end as it likes.
    const isOpen = ['key', 'content-type', 'x-amz-meta-tag'].includes(name);
    expect(codeOf(() => checkPostPolicy('sigv4examplebucket', bent, secretOf, on('2015-12-29'))) === 'taken').toBe(isOpen);
    bent.delete(name);
    const mayBeMissing = name === 'x-amz-meta-tag';
    expect(codeOf(() => checkPostPolicy('sigv4examplebucket', bent, secretOf, on('2015-12-29'))) === 'taken').toBe(mayBeMissing);
  });
});

describe('a policy', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  const credential = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'AK/20261123/eu-west-2/s3/aws4_request',
    'x-amz-date': '20261123T095900Z',
  };
  const usual = { bucket: 'b', key: 'p/1', ...credential };
  const sign = (document: unknown): Record<string, string> => {
    const policy = typeof document === 'string' ? document : Buffer.from(JSON.stringify(document)).toString('base64');
    let key: string | Buffer = 'AWS4secret';
    for (const part of ['20261123', 'eu-west-2', 's3', 'aws4_request', policy]) key = createHmac('sha256', key).update(part).digest();
    return { policy, 'x-amz-signature': key.toString('hex') };
  };
  const valid = {
    expiration: '2026-11-23T10:05:00Z',
    conditions: Object.entries(usual).map(([name, value]) => ({ [name]: value })),
  };
  const check = (document: unknown, fields: Record<string, string> = {}) =>
    checkPostPolicy('b', new Map(Object.entries({ ...usual, ...sign(document), ...fields })), () => 'secret', now);
  const withCondition = (...conditions: readonly unknown[]) => ({ ...valid, conditions: [...valid.conditions, ...conditions] });

  it('lets through what it says, and any length up to five gigabytes unless it says less', () => {
    expect(check(valid)).toEqual({ accessKeyId: 'AK', length: { least: 0, most: 5_368_709_120 } });
    expect(check(withCondition(['content-length-range', 1, 100], ['content-length-range', 10, 1000])).length).toEqual({
      least: 10,
      most: 100,
    });
  });

  it('has to speak of every field, in whatever case, but of those that S3 ignores', () => {
    expect(codeOf(() => check(valid, { acl: 'public-read' }))).toBe('AccessDenied');
    expect(check(withCondition(['eq', '$ACL', 'private']), { acl: 'private' })).toMatchObject({ accessKeyId: 'AK' });
    expect(check(valid, { 'x-ignore-note': 'hello' })).toMatchObject({ accessKeyId: 'AK' });
    expect(codeOf(() => check({ ...valid, conditions: valid.conditions.slice(1) }))).toBe('AccessDenied');
  });

  it('holds only if the form has the field it speaks of', () => {
    expect(codeOf(() => check(withCondition({ 'content-type': 'text/csv' })))).toBe('AccessDenied');
    expect(codeOf(() => check(withCondition(['starts-with', '$content-type', 'text/']), { 'content-type': 'text/csv,image/png' }))).toBe(
      'AccessDenied',
    );
    expect(check(withCondition(['starts-with', '$content-type', 'text/']), { 'content-type': 'text/csv,text/plain' })).toBeDefined();
  });

  it.each([
    ['is no base64', '***'],
    ['is no JSON', Buffer.from('{').toString('base64')],
    ['has no expiration', { conditions: valid.conditions }],
    ['has an expiration of another form', { ...valid, expiration: 'tomorrow' }],
    ['has an expiration on no day', { ...valid, expiration: '2026-13-40T10:05:00Z' }],
    ['has no conditions', { expiration: valid.expiration }],
    ['has conditions that are no list', { ...valid, conditions: usual }],
    ['has a condition on two fields', withCondition({ acl: 'private', tagging: 'x' })],
    ['has an empty condition', withCondition({})],
    ['has a condition it has no word for', withCondition(['ends-with', '$key', '.csv'])],
    ['has a condition on no field', withCondition(['eq', 'key', 'p/1'])],
    ['has a condition with too many parts', withCondition(['eq', '$key', 'p/1', 'p/2'])],
    ['has a range without an end', withCondition(['content-length-range', 1])],
    ['has a range with letters', withCondition(['content-length-range', 'a', 'b'])],
    ['has a range below nothing', withCondition(['content-length-range', -1, 5])],
    ['has a range that ends before it begins', withCondition(['content-length-range', 5, 1])],
  ])('is refused where it %s', (_what, document) => {
    expect(codeOf(() => check(document))).toBe('InvalidPolicyDocument');
  });

  it('expires at the second it names', () => {
    expect(codeOf(() => check({ ...valid, expiration: '2026-11-23T10:00:00Z' }))).toBe('AccessDenied');
    expect(check({ ...valid, expiration: '2026-11-23T10:00:00.001Z' })).toBeDefined();
  });
});
