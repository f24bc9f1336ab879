import { createHash, createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';

const objects = useObjectStore();

const content = 'UPN,Surname\nH801200001001,Molyneux\n';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

type Field = readonly [name: string, value: string];
interface Changes {
  readonly key?: string;
  readonly expiresIn?: number;
  readonly range?: readonly [number, number];
  readonly more?: readonly Field[];
  readonly secret?: string;
}

/** The fields of a form as a server would render it: every one in the policy, the policy signed. */
const aForm = ({ key = `p/${randomUUID()}`, expiresIn = 300, range = [1, 1000], more = [], secret = 'secret' }: Changes = {}): Field[] => {
  const now = new Date();
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const named: Field[] = [
    ['key', key],
    ['Content-Type', 'text/csv'],
    ['x-amz-checksum-sha256', sha256(content)],
    ['x-amz-server-side-encryption', 'aws:kms'],
    ['x-amz-server-side-encryption-aws-kms-key-id', quarantineKeyArn],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', `AKIATEST/${day}/eu-west-2/s3/aws4_request`],
    ['x-amz-date', stamp],
    ...more,
  ];
  const conditions = [
    { bucket: quarantineBucket },
    ['content-length-range', ...range],
    ...named.map(([name, value]) => ({ [name]: value })),
  ];
  const document = { expiration: new Date(now.getTime() + expiresIn * 1000).toISOString(), conditions };
  const policy = Buffer.from(JSON.stringify(document)).toString('base64');
  let signature: string | Buffer = `AWS4${secret}`;
  for (const part of [day, 'eu-west-2', 's3', 'aws4_request', policy]) signature = createHmac('sha256', signature).update(part).digest();
  return [...named, ['policy', policy], ['x-amz-signature', signature.toString('hex')]];
};

const address = async (): Promise<string> => {
  const { protocol, hostname, port } = (await objects().client.config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 };
  return `${protocol}//${hostname}:${String(port)}`;
};
interface Sending {
  readonly file?: string;
  readonly after?: readonly Field[];
  readonly bucket?: string;
  readonly headers?: Record<string, string>;
}
const send = async (fields: readonly Field[], { file = content, after = [], bucket = quarantineBucket, headers = {} }: Sending = {}) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append('file', new Blob([file]), 'roll.csv');
  for (const [name, value] of after) body.append(name, value);
  return fetch(`${await address()}/${bucket}`, { method: 'POST', body, headers, redirect: 'manual' });
};
const outcome = async (response: Response): Promise<readonly [number, string | undefined]> => [
  response.status,
  /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1],
];
const isStored = (key: string): boolean => objects().created.some((object) => object.key === key);
const keyOf = (fields: readonly Field[]): string => fields.find(([name]) => name === 'key')?.[1] ?? '';

describe('a presigned POST', () => {
  it('stores the file under its key with type, checksum and version, and announces it', async () => {
    const form = aForm();
    const stored = await send(form);
    expect(stored.status).toBe(204);
    const VersionId = stored.headers.get('x-amz-version-id') ?? '';
    expect(VersionId).toMatch(/^[0-9a-f]{32}$/);
    const head = new HeadObjectCommand({ Bucket: quarantineBucket, Key: keyOf(form), VersionId, ChecksumMode: 'ENABLED' });
    expect(await objects().client.send(head)).toMatchObject({
      ContentLength: content.length,
      ContentType: 'text/csv',
      ChecksumSHA256: sha256(content),
      SSEKMSKeyId: quarantineKeyArn,
    });
    expect(objects().created.at(-1)).toMatchObject({ key: keyOf(form), reason: 'POST Object', size: content.length });
  });

  it('answers as the form asks: a status, or on to another page', async () => {
    expect((await send(aForm({ more: [['success_action_status', '201']] }))).status).toBe(201);
    const form = aForm({ more: [['success_action_redirect', 'https://upload.example.gov.uk/sent?step=2']] });
    const sent = await send(form);
    expect([sent.status, sent.headers.get('location')]).toEqual([
      303,
      `https://upload.example.gov.uk/sent?step=2&bucket=${quarantineBucket}&key=${encodeURIComponent(keyOf(form))}`,
    ]);
  });

  it('drops what comes after the file', async () => {
    const form = aForm();
    expect(
      (
        await send(form, {
          after: [
            ['acl', 'public-read'],
            ['key', 'elsewhere'],
          ],
        })
      ).status,
    ).toBe(204);
    expect([isStored(keyOf(form)), isStored('elsewhere')]).toEqual([true, false]);
  });

  it('takes a file of the least and of the most bytes, none shorter and none longer', async () => {
    const exactly = content.length;
    const of = (range: readonly [number, number]) => send(aForm({ range })).then(outcome);
    expect(await of([exactly, exactly])).toEqual([204, undefined]);
    expect(await of([exactly + 1, 1000])).toEqual([400, 'EntityTooSmall']);
    expect(await of([0, exactly - 1])).toEqual([400, 'EntityTooLarge']);
  });

  it('is refused when its time is over', async () => {
    const late = aForm({ expiresIn: -1 });
    expect(await outcome(await send(late))).toEqual([403, 'AccessDenied']);
    expect(isStored(keyOf(late))).toBe(false);
  });

  it('is refused with another secret, without a policy, and in another bucket', async () => {
    expect(await outcome(await send(aForm({ secret: 'guessed' })))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(await send(aForm().filter(([name]) => name !== 'policy')))).toEqual([403, 'AccessDenied']);
    expect(await outcome(await send(aForm(), { bucket: 'clean-test' }))).toEqual([403, 'AccessDenied']);
    expect(await outcome(await send(aForm(), { bucket: 'nowhere' }))).toEqual([404, 'NoSuchBucket']);
  });

  it('is refused with other bytes of the same length', async () => {
    const form = aForm();
    expect(await outcome(await send(form, { file: 'x'.repeat(content.length) }))).toEqual([400, 'BadDigest']);
    expect(isStored(keyOf(form))).toBe(false);
    expect((await send(form)).status).toBe(204);
  });

  it.each(aForm().map(([name]) => [name]))('is refused with another %s, without it, and with it twice', async (name) => {
    const form = aForm();
    const bent: readonly Field[][] = [
      form.map(([field, value]) => [field, field === name ? `${value}x` : value]),
      form.map(([field, value]) => [field, field === name ? '' : value]),
      form.filter(([field]) => field !== name),
      form.flatMap((field) => (field[0] === name ? [field, field] : [field])),
    ];
    for (const fields of bent) expect(Math.floor((await send(fields)).status / 100)).toBe(4);
    expect(isStored(keyOf(form))).toBe(false);
  });

  it.each([
    ['acl', 'public-read'],
    ['tagging', '<Tagging/>'],
    ['x-amz-meta-note', 'hello'],
    ['x-amz-storage-class', 'GLACIER'],
    ['x-amz-website-redirect-location', '/elsewhere'],
    ['x-amz-copy-source', `${quarantineBucket}/p/1`],
    ['success_action_redirect', 'https://elsewhere.example'],
    ['bucket', 'clean-test'],
    ['AWSAccessKeyId', 'AKIATEST'],
  ])('is refused with a further field %s', async (name, value) => {
    const form = aForm();
    expect(await outcome(await send([[name, value], ...form]))).toEqual([403, 'AccessDenied']);
    expect(isStored(keyOf(form))).toBe(false);
  });

  it('is refused where the form asks for what S3 does by PUT only', async () => {
    expect(await outcome(await send(aForm({ more: [['if-none-match', '*']] })))).toEqual([400, 'InvalidRequest']);
    expect(await outcome(await send(aForm({ key: 'p/${filename}' })))).toEqual([400, 'InvalidRequest']);
    expect(await outcome(await send(aForm({ key: 'p/../q/1' })))).toEqual([400, 'InvalidRequest']);
  });

  it.each([
    ['x-amz-acl', 'public-read'],
    ['x-amz-copy-source', `${quarantineBucket}/p/1`],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=AKIATEST/x, SignedHeaders=host, Signature=0'],
  ])('is refused beside a header %s', async (name, value) => {
    const form = aForm();
    expect(await outcome(await send(form, { headers: { [name]: value } }))).toEqual([400, 'InvalidRequest']);
    expect(isStored(keyOf(form))).toBe(false);
  });

  it('is refused without a file, as another kind of body, and with a field too long', async () => {
    const url = `${await address()}/${quarantineBucket}`;
    const empty = new FormData();
    for (const [name, value] of aForm()) empty.append(name, value);
    expect(await outcome(await fetch(url, { method: 'POST', body: empty }))).toEqual([400, 'InvalidArgument']);
    expect(await outcome(await fetch(url, { method: 'POST', body: new URLSearchParams([['key', 'p/1']]) }))).toEqual([
      412,
      'PreconditionFailed',
    ]);
    expect((await send([['x-ignore-me', 'x'.repeat(30_000)], ...aForm()])).status).toBe(400);
  });

  it('stores nothing of a form that breaks off', async () => {
    const form = aForm();
    const { hostname, port } = new URL(await address());
    const parts = form.map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
    const body = `${parts}--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${content}`;
    const socket = connect(Number(port), hostname);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      socket
        .on('data', (chunk) => (text += chunk.toString()))
        .on('end', () => resolve(text))
        .on('error', reject);
      socket.write(
        `POST /${quarantineBucket} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n`,
      );
      socket.write(`Content-Length: ${String(body.length)}\r\n\r\n${body}`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('<Code>MalformedPOSTRequest</Code>');
    expect(isStored(keyOf(form))).toBe(false);
  });

  it('is refused whichever letter of it is changed', async () => {
    const letter = fc.constantFrom(...'abcXYZ019+/='.split(''));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), letter, async (which, where, put) => {
        const form = aForm();
        const [name, value] = form[which % form.length] ?? ['', ''];
        const at = where % value.length;
        const changed = value.slice(0, at) + (value[at] === put ? `${put}${put}` : put) + value.slice(at + 1);
        const { status } = await send(form.map(([field, old]) => [field, field === name ? changed : old]));
        expect({ name, changed, status: Math.floor(status / 100) }).toEqual({ name, changed, status: 4 });
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
