import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { cleanBucket, cleanKeyArn, quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';
import { sha256 } from '#test/support/portal-world.ts';

const store = useObjectStore();
const content = 'upn,surname\nA123,Example\n';
const signer = () => s3UploadSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
const quarantine = () => s3ObjectReader(store().client, quarantineBucket);
const clean = () => s3ObjectReader(store().client, cleanBucket);
const promotion = () => s3ObjectPromotion(store().client, { from: quarantineBucket, to: cleanBucket, keyArn: cleanKeyArn });

const sign = (key = `q/${ulid()}/${ulid()}`, text = content) =>
  signer()
    .sign({ key, size: Buffer.byteLength(text), sha256: sha256(text), contentType: 'text/csv', expiresInSeconds: 300 })
    .then((signed) => ({ ...signed, key }));
const put = (url: string, headers: Readonly<Record<string, string>>, body: string, method = 'PUT') =>
  fetch(url, { method, headers: { ...headers }, body });

const stored = async (key = `q/${ulid()}/${ulid()}`) => {
  const { url, headers } = await sign(key);
  expect((await put(url, headers, content)).status).toBe(200);
  const object = await quarantine().describe(key);
  if (!object) throw new Error('not stored');
  return object;
};

const text = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
};

describe('A presigned PUT', () => {
  it('takes exactly the announced bytes and keeps their length and fingerprint', async () => {
    const object = await stored();
    expect(object).toEqual({ key: object.key, versionId: object.versionId, size: content.length, sha256: sha256(content) });
    expect(object.versionId.length).toBeGreaterThan(8);
  });

  it('works once', async () => {
    const { url, headers } = await sign();
    expect((await put(url, headers, content)).status).toBe(200);
    expect((await put(url, headers, content)).status).toBe(412);
  });

  it('has one winner among ten at once', async () => {
    const { url, headers } = await sign();
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await put(url, headers, content)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(9);
  });

  it('takes nothing but the announced bytes', async () => {
    for (const other of [`${content}x`, content.slice(1), content.replace('Example', 'Exampel'), '']) {
      const { url, headers, key } = await sign();
      const { status } = await put(url, headers, other);
      expect([400, 403]).toContain(status);
      expect(await quarantine().describe(key)).toBeUndefined();
    }
  });

  it.each([
    'content-type',
    'if-none-match',
    'x-amz-checksum-sha256',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
  ])('is refused without the header %s, and with another value of it', async (name) => {
    const { url, headers, key } = await sign();
    const { [name]: value = '', ...without } = headers;
    expect((await put(url, without, content)).status).toBe(403);
    expect((await put(url, { ...headers, [name]: `${value}x` }, content)).status).toBe(403);
    expect(await quarantine().describe(key)).toBeUndefined();
  });

  it.each([
    ['x-amz-copy-source', `/${quarantineBucket}/q/x/y`],
    ['x-amz-acl', 'public-read'],
    ['x-amz-tagging', 'GuardDutyMalwareScanStatus=NO_THREATS_FOUND'],
    ['x-amz-meta-name', 'x'],
    ['x-amz-storage-class', 'GLACIER'],
    ['x-amz-website-redirect-location', 'https://example.org'],
    ['x-amz-grant-read', 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'],
    ['x-amz-object-lock-mode', 'COMPLIANCE'],
    ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
  ])('cannot be bent with an unsigned %s', async (name, value) => {
    const { url, headers, key } = await sign();
    expect((await put(url, { ...headers, [name]: value }, content)).status).toBe(403);
    expect(await quarantine().describe(key)).toBeUndefined();
  });

  it('is good for its own key, method and parameters only', async () => {
    const { url, headers, key } = await sign();
    const other = new URL(url);
    other.pathname = other.pathname.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const longer = new URL(url);
    longer.searchParams.set('X-Amz-Expires', '600');
    expect((await put(other.href, headers, content)).status).toBe(403);
    expect((await put(longer.href, headers, content)).status).toBe(403);
    expect((await put(`${url}&acl`, headers, content)).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(url, { headers: { 'content-type': 'text/csv' } })).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(403);
    expect(await quarantine().describe(key)).toBeUndefined();
  });
});

describe('A stored object', () => {
  it('is read whole, or from any byte on', async () => {
    const object = await stored();
    expect(await text(await quarantine().read(object))).toBe(content);
    expect(await text(await quarantine().read(object, 12))).toBe(content.slice(12));
  });

  it('is not read under another version', async () => {
    const { key, versionId } = await stored();
    await expect(quarantine().read({ key, versionId: versionId.replace(/^./, (first) => (first === '0' ? '1' : '0')) })).rejects.toThrow();
  });

  it('is described by undefined and not listed where there is none', async () => {
    const listing = s3ObjectListing(store().client, quarantineBucket);
    const { key } = await stored();
    expect(await quarantine().describe(`${key}0`)).toBeUndefined();
    expect([await listing.has(key), await listing.has(`${key}0`), await listing.has(key.slice(0, -1))]).toEqual([true, false, false]);
  });
});

describe('Promotion', () => {
  it('copies the judged version with its fingerprint, under the clean key', async () => {
    const object = await stored();
    const toKey = `c/${ulid()}`;
    expect(await promotion().promote(object, toKey)).toBe('copied');
    expect(await clean().describe(toKey)).toMatchObject({ key: toKey, size: content.length, sha256: sha256(content) });
    const copies = store().created.filter(({ bucket, key }) => bucket === cleanBucket && key === toKey);
    expect(copies).toMatchObject([{ reason: 'CopyObject', kmsKey: cleanKeyArn }]);
  });

  it('happens once, however often and simultaneously it is asked for', async () => {
    const object = await stored();
    const toKey = `c/${ulid()}`;
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => promotion().promote(object, toKey)));
    expect(outcomes.filter((outcome) => outcome === 'copied')).toHaveLength(1);
    expect(store().created.filter(({ bucket, key }) => bucket === cleanBucket && key === toKey)).toHaveLength(1);
  });

  it('fails for another version than the one there is', async () => {
    const { key } = await stored();
    await expect(promotion().promote({ key, versionId: 'other' }, `c/${ulid()}`)).rejects.toThrow();
  });
});
