import { request } from 'node:http';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { s3FormSigner } from '#shared/platform/objects/s3-form-signer.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { campaign } from '#test/support/campaigns.ts';
import { cleanBucket, quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';
import { sha256 } from '#test/support/portal-world.ts';

const store = useObjectStore();
const content = 'upn,surname\nA123,Example\n';

interface Sent {
  readonly method: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends it as it is: `fetch` would put the address in order first. */
const send = (base: string, { method, target, headers, body }: Sent): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    // Without a length Node would put it in again by itself.
    const framing = 'content-length' in headers ? {} : { 'transfer-encoding': 'chunked' };
    const outgoing = request(
      { hostname, port, method, path: target, headers: { ...headers, ...framing }, agent: false, timeout: 2_000 },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });

type Bend = (sent: Sent) => Sent;

const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const bends: fc.Arbitrary<Bend> = fc.oneof(
  // One character of the address becomes another.
  fc.tuple(fc.nat(), printable).map(([at, character]) => (sent: Sent) => {
    const place = 1 + (at % (sent.target.length - 1));
    return { ...sent, target: sent.target.slice(0, place) + character + sent.target.slice(place + 1) };
  }),
  // One header changes, goes, or comes on top.
  fc.tuple(fc.nat(), printable).map(([at, character]) => (sent: Sent) => {
    const [name = '', value = ''] = Object.entries(sent.headers)[at % Object.keys(sent.headers).length] ?? [];
    return { ...sent, headers: { ...sent.headers, [name]: value + character } };
  }),
  fc.nat().map((at) => (sent: Sent) => {
    const gone = Object.keys(sent.headers)[at % Object.keys(sent.headers).length];
    return { ...sent, headers: Object.fromEntries(Object.entries(sent.headers).filter(([name]) => name !== gone)) };
  }),
  fc
    .tuple(
      fc.constantFrom(
        ...['copy-source', 'acl', 'tagging', 'meta-x', 'storage-class', 'grant-full-control', 'website-redirect-location'],
        ...[
          'object-lock-legal-hold',
          'security-token',
          'server-side-encryption-context',
          'content-sha256',
          'trailer',
          'expected-bucket-owner',
        ],
      ),
      fc.constantFrom(`/${quarantineBucket}/q/x`, 'public-read', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'a=b'),
    )
    .map(([name, value]) => (sent: Sent) => ({ ...sent, headers: { ...sent.headers, [`x-amz-${name}`]: value } })),
  // Another method, a path that means the same to a careless reader, a parameter twice or more.
  fc.constantFrom('POST', 'GET', 'DELETE', 'HEAD', 'PATCH').map((method) => (sent: Sent) => ({ ...sent, method })),
  fc
    .constantFrom('/../', '//', '/./', '/%2e%2e/', '/%2F', '/x/../')
    .map((detour) => (sent: Sent) => ({ ...sent, target: sent.target.replace('/q/', `${detour}q/`) })),
  fc
    .constantFrom(
      'X-Amz-Expires=604800',
      'X-Amz-SignedHeaders=host',
      'acl=',
      'uploads=',
      'partNumber=1',
      'versionId=1',
      'x-amz-acl=public-read',
    )
    .map((more) => (sent: Sent) => ({ ...sent, target: `${sent.target}&${more}` })),
  // Other bytes, of the same length or not.
  fc.tuple(fc.nat({ max: content.length - 1 }), printable).map(([at, character]) => (sent: Sent) => ({
    ...sent,
    body: sent.body.slice(0, at) + character + sent.body.slice(at + 1),
  })),
);

const decoded = (target: string): string => {
  const [path = '', query = ''] = target.split('?');
  return JSON.stringify([decodeURIComponent(path), [...new URLSearchParams(query.replaceAll('+', '%2B'))].sort()]);
};
/** The bend left the request what it was: the same character, or another spelling of the same address. */
const isSame = (one: Sent, other: Sent): boolean => {
  try {
    return JSON.stringify({ ...one, target: decoded(one.target) }) === JSON.stringify({ ...other, target: decoded(other.target) });
  } catch {
    return false;
  }
};

const { runs, seed } = campaign('bent-link');

it('A presigned PUT, bent in any one place, stores nothing', { timeout: 60_000 + runs * 100 }, async () => {
  const signer = s3UploadSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
  const listing = s3ObjectListing(store().client, quarantineBucket);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(bends, async (bend) => {
      const key = `q/${ulid()}/${ulid()}`;
      const order = { key, size: content.length, sha256: sha256(content), contentType: 'text/csv', expiresInSeconds: 300 };
      const { url, headers } = await signer.sign(order);
      const { origin, pathname, search } = new URL(url);
      const straight: Sent = {
        method: 'PUT',
        target: pathname + search,
        headers: { ...headers, 'content-length': String(content.length) },
        body: content,
      };
      const bent = bend(straight);
      if (isSame(straight, bent)) return;
      const before = store().created.length;
      // A server that hangs up or waits for bytes that never come has not accepted either.
      const status = await send(origin, bent).catch(() => 0);
      if (status >= 200 && status < 300) accepted += 1;
      expect([status >= 200 && status < 300, await listing.has(key), store().created.length]).toEqual([false, false, before]);
    }),
    { seed, numRuns: runs },
  );
  expect(accepted).toBe(0);
});

interface Form {
  readonly method: string;
  readonly path: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly file: string;
  /** The field of the file's. */
  readonly fileField: string;
}

const post = async (origin: string, { method, path, fields, file, fileField }: Form): Promise<number> => {
  const boundary = 'a-boundary-that-is-in-no-field';
  const part = (disposition: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
  const body = [
    ...fields.map(([name, value]) => part(`name="${name}"`, value)),
    part(`name="${fileField}"; filename="roll.csv"`, file),
    `--${boundary}--\r\n`,
  ].join('');
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(Buffer.byteLength(body)) };
  return send(origin, { method, target: path, headers, body });
};

type BendForm = (form: Form) => Form;
const withField = (form: Form, at: number, change: (field: readonly [string, string]) => readonly (readonly [string, string])[]): Form => ({
  ...form,
  fields: form.fields.flatMap((field, index) => (index === at % form.fields.length ? change(field) : [field])),
});

const bentForms: fc.Arbitrary<BendForm> = fc.oneof(
  // One character of one field's value or name becomes another, goes, or comes on top.
  fc.tuple(fc.nat(), fc.nat(), printable).map(
    ([field, at, character]) =>
      (form: Form) =>
        withField(form, field, ([name, value]) => {
          const place = at % value.length;
          return [[name, value.slice(0, place) + character + value.slice(place + 1)]];
        }),
  ),
  fc.tuple(fc.nat(), printable).map(
    ([field, character]) =>
      (form: Form) =>
        withField(form, field, ([name, value]) => [[name, value + character]]),
  ),
  fc.nat().map((field) => (form: Form) => withField(form, field, ([name, value]) => [[name, value.slice(0, -1)]])),
  fc.nat().map((field) => (form: Form) => withField(form, field, ([name, value]) => [[`${name}s`, value]])),
  // One goes, or comes twice.
  fc.nat().map((field) => (form: Form) => withField(form, field, () => [])),
  fc.nat().map(
    (field) => (form: Form) =>
      withField(form, field, ([name, value]) => [
        [name, value],
        [name.toUpperCase(), 'other'],
      ]),
  ),
  // One comes that nobody signed.
  fc
    .tuple(
      fc.constantFrom(
        'acl',
        'tagging',
        'success_action_redirect',
        'redirect',
        'bucket',
        'x-amz-meta-x',
        'x-amz-storage-class',
        'x-amz-security-token',
      ),
      fc.constantFrom('public-read', 'https://elsewhere.example/', 'a=b', 'clean-test'),
    )
    .map((more) => (form: Form) => ({ ...form, fields: [...form.fields, more] })),
  // Another bucket, another place, another method, another field for the file.
  fc
    .constantFrom(`/${cleanBucket}`, `/${quarantineBucket}/q/x`, '/', `/${quarantineBucket}/../${cleanBucket}`)
    .map((path) => (form: Form) => ({ ...form, path })),
  fc.constantFrom('PUT', 'GET', 'DELETE', 'PATCH').map((method) => (form: Form) => ({ ...form, method })),
  fc.constantFrom('upload', 'key', 'policy').map((fileField) => (form: Form) => ({ ...form, fileField })),
  // A file that is too long or too short.
  fc.constantFrom('', 'x', 'x'.repeat(content.length + 1), 'x'.repeat(100_000)).map((file) => (form: Form) => ({ ...form, file })),
);

it('A signed form, bent in any one place, stores nothing; as it is, it stores its one file', { timeout: 60_000 + runs * 100 }, async () => {
  const { endpoint } = store().client.config;
  const base = await endpoint?.();
  if (!base) throw new Error('no endpoint');
  const origin = `${base.protocol}//${base.hostname}:${String(base.port)}`;
  const signer = s3FormSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
  const aForm = async (key: string): Promise<Form> => {
    const { action, fields } = await signer.signForm({
      key,
      length: [content.length - 3, content.length],
      contentType: 'application/octet-stream',
      then: 'https://send.example.gov.uk/form/files/x/sent',
      now: new Date().toISOString(),
      expiresInSeconds: 300,
    });
    expect(action).toBe(`${origin}/${quarantineBucket}/`);
    return { method: 'POST', path: new URL(action).pathname, fields, file: content, fileField: 'file' };
  };
  const key = `f/${ulid()}/${ulid()}`;
  expect(await post(origin, await aForm(key))).toBe(303);
  expect(store().created.at(-1)).toMatchObject({
    bucket: quarantineBucket,
    key,
    size: content.length,
    sha256: sha256(content),
  });

  await fc.assert(
    fc.asyncProperty(bentForms, async (bend) => {
      const straight = await aForm(`f/${ulid()}/${ulid()}`);
      const bent = bend(straight);
      if (JSON.stringify(bent) === JSON.stringify(straight)) return;
      const before = store().created.length;
      const status = await post(origin, bent).catch(() => 0);
      expect([status >= 200 && status < 300 && bent.method === 'POST', store().created.length]).toEqual([false, before]);
    }),
    { seed, numRuns: runs },
  );
});
