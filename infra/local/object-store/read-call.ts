import type { Context } from '@20minutes/s3rver';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import type { Demand } from '../access/policy.ts';
import { viaService } from '../access/via-service.ts';
import type { Json } from '../json.ts';

export interface BucketSettings {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the customer key that encrypts by default. */
  readonly kmsKey: string | undefined;
  /** CORSConfiguration as XML. */
  readonly cors: string | undefined;
  /** The bucket's policy document. */
  readonly policy: Json | undefined;
}

/** How an object came to be, in the words of S3's announcements. */
export type WriteReason = 'PutObject' | 'CopyObject' | 'POST Object';

export const accessDenied = (message = 'Access Denied'): S3Error => new S3Error('AccessDenied', message);

/** The only `x-amz-*` query parameters of a presigned URL that S3 heeds, in this very spelling; any other is a header hoisted by mistake. */
const heededQuery = /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256)$/;

/** The access key id of whoever signed; s3rver checks the signature itself. Refuses `x-amz-*` that the signature does not cover. */
export const signer = ({ headers, query }: Context): string => {
  // A parameter given twice comes as a list.
  if (Object.values(query).some((value) => typeof value !== 'string')) throw accessDenied('A query parameter is given twice.');
  const header = /^AWS4-HMAC-SHA256 .*Credential=([^/]+)\/.*SignedHeaders=([^,]+)/.exec(headers['authorization'] ?? '');
  const accessKeyId = header?.[1] ?? query['X-Amz-Credential']?.split('/')[0];
  const signed = (header?.[2] ?? query['X-Amz-SignedHeaders'])?.split(';');
  if (accessKeyId === undefined || signed === undefined) throw accessDenied('Anonymous and version 2 requests are refused.');
  const unsigned = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (unsigned !== undefined) throw accessDenied(`There were headers present in the request which were not signed: ${unsigned}`);
  const hoisted = Object.keys(query).find((name) => /^x-amz-/i.test(name) && !heededQuery.test(name));
  if (hoisted !== undefined) throw accessDenied(`S3 ignores ${hoisted} in the address: sign it as a header.`);
  return accessKeyId;
};

export interface Call {
  readonly bucket: BucketSettings;
  readonly key: string;
  readonly demands: readonly Demand[];
  readonly writes?: WriteReason;
  readonly kmsKey?: string | undefined;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
};

const bucketNamed = (buckets: readonly BucketSettings[], name: string): BucketSettings => {
  const found = buckets.find((bucket) => bucket.name === name);
  if (found === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
  return found;
};

const on = (owner: BucketSettings, action: string, name: string, version?: string): Demand => ({
  action: `s3:${action}${version === undefined ? '' : 'Version'}`,
  resource: `${owner.arn}/${name}`,
});

const use = (action: string, kmsKey: string | undefined, { region, account }: BucketSettings): readonly Demand[] =>
  kmsKey === undefined ? [] : [{ action: `kms:${action}`, resource: kmsKey, context: viaService('s3', region, account) }];

/** A new object, encrypted with the key that the request names, else with the bucket's. */
const write = (bucket: BucketSettings, key: string, writes: WriteReason, named: string | undefined): Call => {
  const kmsKey = named ?? bucket.kmsKey;
  return { bucket, key, demands: [on(bucket, 'PutObject', key), ...use('GenerateDataKey', kmsKey, bucket)], writes, kmsKey };
};

const unknown = (what: string): S3Error => new S3Error('InvalidRequest', `The local store does not know this ${what}.`);

/** Bucket and key of a path. */
const place = (
  path: string,
  buckets: readonly BucketSettings[],
): { readonly bucket: BucketSettings; readonly parts: readonly string[] } => {
  const [, bucketName = '', ...parts] = path.split('/').map(decoded);
  if (parts.includes('..')) throw unknown('request');
  return { bucket: bucketNamed(buckets, bucketName), parts };
};

const keyHeader = 'x-amz-server-side-encryption-aws-kms-key-id';

/** What a signed request does, and the IAM actions that takes. */
export const readCall = ({ method, path, headers, query }: Context, buckets: readonly BucketSettings[]): Call => {
  const { bucket, parts } = place(path, buckets);
  const key = parts.join('/');
  const version = query['versionId'];
  if (key === '' && method === 'GET' && query['list-type'] === '2') {
    return { bucket, key, demands: [{ action: 's3:ListBucket', resource: bucket.arn, context: { 's3:prefix': query['prefix'] ?? '' } }] };
  }
  const readsTags = method === 'GET' && query['tagging'] !== undefined;
  const understood = Object.keys(query).every(
    (name) => /^(x-id|versionid|x-amz-.*|response-.*)$/i.test(name) || (readsTags && name === 'tagging'),
  );
  if (key === '' || !understood) throw unknown('request');
  if (readsTags) {
    const { action, resource } = on(bucket, 'GetObject', key, version);
    return { bucket, key, demands: [{ action: `${action}Tagging`, resource }] };
  }
  if (method === 'GET' || method === 'HEAD') {
    const decrypts = method === 'GET' || headers['x-amz-checksum-mode'] === 'ENABLED';
    return { bucket, key, demands: [on(bucket, 'GetObject', key, version), ...(decrypts ? use('Decrypt', bucket.kmsKey, bucket) : [])] };
  }
  if (method === 'DELETE') return { bucket, key, demands: [on(bucket, 'DeleteObject', key, version)] };
  if (method !== 'PUT') throw unknown(`${method} request`);

  const [sourcePath, sourceVersion] = headers['x-amz-copy-source']?.replace(/^\//, '').split('?versionId=') ?? [];
  if (sourcePath === undefined) return write(bucket, key, 'PutObject', headers[keyHeader]);
  const [sourceBucketName = '', ...sourceKey] = decoded(sourcePath).split('/');
  const source = bucketNamed(buckets, sourceBucketName);
  const read = [on(source, 'GetObject', sourceKey.join('/'), sourceVersion), ...use('Decrypt', source.kmsKey, source)];
  const copy = write(bucket, key, 'CopyObject', headers[keyHeader]);
  return { ...copy, demands: [...read, ...copy.demands] };
};

/** The bucket that a form is sent to. Only the form counts: what else signs or steers a request is refused. */
export const formBucket = ({ path, headers, query }: Context, buckets: readonly BucketSettings[]): BucketSettings => {
  const { bucket, parts } = place(path, buckets);
  const beside = [...Object.keys(query), ...Object.keys(headers).filter((name) => /^(x-amz-|authorization$|if-)/.test(name))];
  if (parts.join('') !== '' || beside.length > 0) throw unknown('POST request');
  return bucket;
};

/** What a form does once its policy allows it. */
export const readFormCall = (bucket: BucketSettings, fields: ReadonlyMap<string, string>): Call => {
  const key = fields.get('key') ?? '';
  const strange = [...fields.keys()].find((name) => name.startsWith('if-') || name === 'tagging' || name === 'x-amz-security-token');
  // S3 knows conditional writes by PUT only.
  if (strange !== undefined || key.includes('${filename}') || key.split('/').includes('..')) throw unknown(strange ?? 'key');
  if (key === '') throw new S3Error('InvalidArgument', 'User key must have a length greater than 0.');
  return write(bucket, key, 'POST Object', fields.get(keyHeader));
};
