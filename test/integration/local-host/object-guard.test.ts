import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useFixtureHost } from '#test/support/local-host/fixture-host.ts';

const fixture = useFixtureHost();

const content = Buffer.from('UPN,Surname\nH801200001001,Molyneux\n');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');
let keys = 0;

const grant = async (key: string, options: { readonly expiresIn?: number; readonly key?: string } = {}) => {
  const { presign, ref } = fixture();
  const url = await presign(
    'PutObject',
    {
      Bucket: ref('Quarantine'),
      Key: key,
      ContentLength: content.length,
      ContentType: 'text/csv',
      ChecksumSHA256: sha256(content),
      IfNoneMatch: '*',
    },
    {
      expiresIn: options.expiresIn ?? 300,
      unhoistableHeaders: ['x-amz-checksum-sha256'],
      signableHeaders: ['content-type', 'content-length', 'host', 'if-none-match', 'x-amz-checksum-sha256'],
    },
  );
  return url;
};
const headers = { 'content-type': 'text/csv', 'if-none-match': '*', 'x-amz-checksum-sha256': sha256(content) };
const put = (url: string, more: Record<string, string> = {}, body = content) =>
  fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body });
const freshKey = (): string => `once/${++keys}`;
const codeOf = async (response: Response): Promise<string | undefined> => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];

describe('a presigned PUT', () => {
  it('stores the bytes once, under a version, with their checksum', async () => {
    const key = freshKey();
    const stored = await put(await grant(key));
    expect(stored.status).toBe(200);
    const version = stored.headers.get('x-amz-version-id');
    expect(version).toMatch(/^[0-9a-f]{32}$/);
    const { probe, ref } = fixture();
    expect(
      await probe('s3', 'HeadObject', { Bucket: ref('Quarantine'), Key: key, VersionId: version, ChecksumMode: 'ENABLED' }),
    ).toMatchObject({
      status: 200,
      ContentLength: content.length,
      ContentType: 'text/csv',
      ChecksumSHA256: sha256(content),
      VersionId: version,
    });
  });

  it('is signed over exactly these headers', async () => {
    const url = new URL(await grant(freshKey()));
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match;x-amz-checksum-sha256');
    expect([...url.searchParams.keys()].sort()).toEqual(
      [
        'X-Amz-Algorithm',
        'X-Amz-Content-Sha256',
        'X-Amz-Credential',
        'X-Amz-Date',
        'X-Amz-Expires',
        'X-Amz-Signature',
        'X-Amz-SignedHeaders',
        'x-id',
      ].sort(),
    );
  });

  it('works once: sent again it is refused with 412', async () => {
    const url = await grant(freshKey());
    expect((await put(url)).status).toBe(200);
    const again = await put(url);
    expect([again.status, await codeOf(again)]).toEqual([412, 'PreconditionFailed']);
  });

  it('has exactly one winner of twenty at once', async () => {
    const url = await grant(freshKey());
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => put(url)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });

  it.each([
    ['x-amz-copy-source', 'fixture-quarantine/once/1'],
    ['x-amz-acl', 'public-read'],
    ['x-amz-grant-read', 'id=1'],
    ['x-amz-tagging', 'a=b'],
    ['x-amz-website-redirect-location', '/elsewhere'],
    ['x-amz-storage-class', 'GLACIER'],
    ['x-amz-object-lock-mode', 'GOVERNANCE'],
    ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
    ['x-amz-meta-note', 'hello'],
    ['x-amz-security-token', 'other'],
    ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
  ])('is refused with an unsigned %s', async (name, value) => {
    const refused = await put(await grant(freshKey()), { [name]: value });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'AccessDenied']);
  });

  it('is refused with other bytes of the same length', async () => {
    const key = freshKey();
    const refused = await put(await grant(key), {}, Buffer.from(content).fill('x'));
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'BadDigest']);
    expect((await put(await grant(key))).status).toBe(200);
  });

  it.each([
    ['a byte more', Buffer.concat([content, Buffer.from('x')])],
    ['a byte less', content.subarray(1)],
    ['nothing', Buffer.alloc(0)],
  ])('is refused with %s', async (_what, body) => {
    expect((await put(await grant(freshKey()), {}, Buffer.from(body))).status).toBe(403);
  });

  it('is refused with another type, another key, a changed signature, or without a signed header', async () => {
    const url = await grant(freshKey());
    const answers = await Promise.all([
      put(url, { 'content-type': 'text/html' }),
      put(url.replace(/once\/\d+/, 'once/other')),
      put(url.replace(/X-Amz-Signature=.{4}/, 'X-Amz-Signature=0000')),
      put(url.replace(/X-Amz-Expires=300/, 'X-Amz-Expires=30000')),
      put(url.replace(/X-Amz-Algorithm/, 'X-Amz-ALgorithm')),
      fetch(url, { method: 'PUT', headers: { 'content-type': 'text/csv' }, body: content }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it('is refused when its time is over', async () => {
    const url = new URL(await grant(freshKey(), { expiresIn: 1 }));
    const signed = (url.searchParams.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:');
    await expect.poll(() => Date.now() - Date.parse(signed), { timeout: 5000 }).toBeGreaterThan(1100);
    const late = await put(url.href);
    expect([late.status, await codeOf(late)]).toEqual([403, 'AccessDenied']);
  });

  it('is refused for a method it was not made for', async () => {
    const url = await grant(freshKey());
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
  });

  it('is refused where the bucket’s policy asks for a condition it lacks', async () => {
    const { presign, ref } = fixture();
    const url = await presign('PutObject', { Bucket: ref('Quarantine'), Key: freshKey() }, { expiresIn: 60 });
    expect((await fetch(url, { method: 'PUT', body: content })).status).toBe(403);
  });
});

describe('a presigned PUT that was tampered with', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const letter = fc.constantFrom(...letters.split(''));
  /** Places of a URL whose letter counts: after the host, and not the hex digits of an escape, whose case does not matter. */
  const places = (url: string): number[] =>
    [...url.matchAll(/[a-zA-Z0-9]/g)]
      .map(({ index }) => index)
      .filter((index) => index > url.indexOf('/', 8) && !/%.?$/.test(url.slice(index - 2, index)));
  type Change = (url: string, pick: number) => string;
  const at = (url: string, pick: number): number => places(url)[pick % places(url).length] ?? 0;
  const changes: Record<string, (added: string) => Change> = {
    replaces: (added) => (url, pick) => {
      const place = at(url, pick);
      return url.slice(0, place) + (url[place] === added ? `${added}${added}` : added) + url.slice(place + 1);
    },
    removes: () => (url, pick) => url.slice(0, at(url, pick)) + url.slice(at(url, pick) + 1),
    inserts: (added) => (url, pick) => url.slice(0, at(url, pick)) + added + url.slice(at(url, pick)),
    'appends a parameter': (added) => (url) => `${url}&${added}=${added}`,
    'repeats a parameter': () => (url, pick) => {
      const parameters = url.slice(url.indexOf('?') + 1).split('&');
      return `${url}&${parameters[pick % parameters.length] ?? ''}`;
    },
    'breaks an escape': () => (url) => `${url.split('?')[0] ?? ''}%zz?${url.split('?')[1] ?? ''}`,
  };

  it('is refused, whatever was changed, and never takes the store down', async () => {
    const url = await grant(freshKey());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(changes)), fc.nat(), letter, async (kind, pick, added) => {
        const changed = changes[kind]?.(added)(url, pick) ?? url;
        const { status } = await put(changed);
        expect({ changed, status: Math.floor(status / 100) }).toEqual({ changed, status: 4 });
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect((await put(url)).status).toBe(200);
  });
});

describe('the object store', () => {
  it('refuses everybody who is not signed in', async () => {
    const { host, ref } = fixture();
    const place = `${host.objectsUrl}/${ref('Quarantine')}/once/1`;
    const answers = await Promise.all([
      fetch(place),
      fetch(place, { method: 'PUT', body: 'x' }),
      fetch(place, { method: 'DELETE' }),
      fetch(`${host.objectsUrl}/${ref('Quarantine')}?list-type=2`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('refuses a version that an object does not have', async () => {
    const { probe, ref } = fixture();
    const key = freshKey();
    await put(await grant(key));
    const input = { Bucket: ref('Quarantine'), Key: key, VersionId: '0'.repeat(32) };
    // Without s3:ListBucket, S3 says neither that a version is missing nor that it is there.
    expect(await probe('s3', 'GetObject', input)).toMatchObject({ status: 403 });
  });

  it('reads a range of an object’s version', async () => {
    const { probe, ref } = fixture();
    const key = freshKey();
    const version = (await put(await grant(key))).headers.get('x-amz-version-id');
    expect(await probe('s3', 'GetObject', { Bucket: ref('Quarantine'), Key: key, VersionId: version, Range: 'bytes=4-10' })).toMatchObject({
      status: 206,
      Body: 'Surname',
      VersionId: version,
    });
  });

  it('copies one version of an object with its checksum, and copies it again after a crash', async () => {
    const { probe, ref } = fixture();
    const key = freshKey();
    const version = (await put(await grant(key))).headers.get('x-amz-version-id') ?? '';
    const copy = { Bucket: ref('Clean'), Key: `c/${keys}`, CopySource: `${ref('Quarantine')}/${key}?versionId=${version}` };
    const first = await probe('s3', 'CopyObject', copy);
    expect(first).toMatchObject({ status: 200, CopySourceVersionId: version });
    expect(await probe('s3', 'CopyObject', copy)).toEqual(first);
    expect(
      await probe('s3', 'CopyObject', {
        ...copy,
        Key: `c/other-${keys}`,
        CopySource: `${ref('Quarantine')}/${key}?versionId=${'0'.repeat(32)}`,
      }),
    ).toMatchObject({ status: 403 });
  });

  it('deletes a version, after which the key may be used again', async () => {
    const { probe, ref } = fixture();
    const key = freshKey();
    const version = (await put(await grant(key))).headers.get('x-amz-version-id');
    expect(await probe('s3', 'DeleteObject', { Bucket: ref('Quarantine'), Key: key, VersionId: version })).toMatchObject({ status: 204 });
    expect((await put(await grant(key))).status).toBe(200);
  });

  it('answers a browser of the portal’s origin and no other', async () => {
    const { host, ref } = fixture();
    const ask = (origin: string) =>
      fetch(`${host.objectsUrl}/${ref('Quarantine')}/q/1`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256',
        },
      });
    expect((await ask(host.portalUrl)).status).toBe(200);
    expect((await ask('https://elsewhere.example')).status).toBe(403);
  });

  it('announces an object and the verdict on it, with its version', async () => {
    const { host, probe, ref } = fixture();
    const { VersionId } = (await probe('s3', 'PutObject', { Bucket: ref('Quarantine'), Key: 'q/fine', Body: 'fine' })) as {
      VersionId: string;
    };
    const test = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
    await probe('s3', 'PutObject', { Bucket: ref('Quarantine'), Key: 'q/bad', Body: test });
    await host.drained();
    const events = (await host.queued('verdicts')).map(
      ({ body }) => JSON.parse(body) as { 'detail-type': string; detail: Record<string, unknown> },
    );
    const verdicts = events.filter((event) => event['detail-type'] === 'GuardDuty Malware Protection Object Scan Result');
    expect(verdicts.map(({ detail }) => detail)).toMatchObject([
      {
        s3ObjectDetails: { bucketName: ref('Quarantine'), objectKey: 'q/fine', versionId: VersionId },
        scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' },
      },
      {
        s3ObjectDetails: { objectKey: 'q/bad' },
        scanResultDetails: { scanResultStatus: 'THREATS_FOUND', threats: [{ name: 'EICAR-Test-File (not a virus)' }] },
      },
    ]);
    const created = events.filter((event) => event['detail-type'] === 'Object Created');
    expect(created[0]?.detail).toMatchObject({
      bucket: { name: ref('Quarantine') },
      object: { key: 'q/fine', 'version-id': VersionId, size: 4 },
      reason: 'PutObject',
    });
  });
});
