import type { Server } from 'node:http';
import S3rver, { type Context, type Middleware } from '@20minutes/s3rver';
import { DUMMY_ACCOUNT } from '@20minutes/s3rver/lib/models/account.js';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import type { FunctionAccess } from '../host/access/function-access.ts';
import { viaService } from '../host/access/json-call-demands.ts';
import { covers, type Demand, readStatements } from '../access/policy.ts';
import type { Json } from '../json.ts';
import { type Exchange, type ObjectVersion, VersionStore } from './version-store.ts';

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

export interface CreatedObject extends ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly reason: 'PutObject' | 'CopyObject';
}

export interface ObjectStoreOptions {
  readonly server: Server;
  readonly directory: string;
  readonly buckets: readonly BucketSettings[];
  /** The caller's name by access key id. */
  readonly callerOf: (accessKeyId: string) => string | undefined;
  readonly credentials: readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[];
  readonly access: Pick<FunctionAccess, 'allows' | 'happensToAllow'>;
  readonly onCreated: (object: CreatedObject) => void;
  readonly onRefused: (caller: string, demands: readonly Demand[]) => void;
}

export interface ObjectStore {
  /** The stored bytes' file; scanners read it. */
  readonly fileOf: (bucket: string, key: string) => string;
  readonly stop: () => void;
}

/** s3rver behind a guard that refuses what S3 refuses and s3rver lets through. */
export const startObjectStore = async (options: ObjectStoreOptions): Promise<ObjectStore> => {
  const { directory, buckets, credentials } = options;
  const configureBuckets = buckets.map(({ name, cors }) => ({ name, configs: cors === undefined ? [] : [cors] }));
  const app = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets });
  const store = new VersionStore(directory);
  app.store = store;
  app.context.store = store;
  for (const { accessKeyId, secretAccessKey } of credentials) DUMMY_ACCOUNT.createKeyPair(accessKeyId, secretAccessKey);
  // Before the router, which authenticates and acts; after the one that turns answers into XML.
  app.middleware.splice(-1, 0, guard(options, store));
  await app.configureBuckets();
  options.server.on('request', app.callback());
  return {
    fileOf: (bucket, key) => store.getResourcePath(bucket, key, 'object'),
    stop: () => {
      for (const { accessKeyId } of credentials) DUMMY_ACCOUNT.revokeAccessKey(accessKeyId);
    },
  };
};

const guard =
  ({ access, buckets, callerOf, onCreated, onRefused }: ObjectStoreOptions, store: VersionStore): Middleware =>
  async (context, next) => {
    if (context.method === 'OPTIONS') return next();
    const caller = callerOf(signer(context));
    if (caller === undefined) throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
    const { bucket, key, demands, writes, kmsKey } = readCall(context, buckets);
    if (!access.allows(caller, demands) || isDenied(bucket, demands, context)) {
      onRefused(caller, demands);
      throw accessDenied();
    }
    if (key === '' && context.path.endsWith('/')) {
      // The SDK signs the slash behind a bucket's name; s3rver puts it into the text it checks only this way.
      context.mountPath = '/';
      context.state.vhost = true;
    }
    const exchange: Exchange = { headers: context.headers, versionId: context.query['versionId'], kmsKey: kmsKey ?? '' };
    try {
      await store.exchange.run(exchange, next);
    } catch (error) {
      // Without s3:ListBucket, S3 does not say whether a key exists.
      const missing = error instanceof S3Error && error.status === 404;
      throw missing && !access.happensToAllow(caller, { action: 's3:ListBucket', resource: bucket.arn }) ? accessDenied() : error;
    }
    describeVersion(context, exchange);
    if (writes !== undefined && exchange.version !== undefined)
      onCreated({ ...exchange.version, bucket: bucket.name, key, reason: writes });
  };

const accessDenied = (message = 'Access Denied'): S3Error => new S3Error('AccessDenied', message);

/** The only `x-amz-*` query parameters of a presigned URL that S3 heeds, in this very spelling; any other is a header hoisted by mistake. */
const heededQuery = /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256)$/;

/** The access key id of whoever signed; s3rver checks the signature itself. Refuses `x-amz-*` that the signature does not cover. */
const signer = ({ headers, query }: Context): string => {
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

interface Call {
  readonly bucket: BucketSettings;
  readonly key: string;
  readonly demands: readonly Demand[];
  readonly writes?: CreatedObject['reason'];
  readonly kmsKey?: string | undefined;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
};

/** What a request does, and the IAM actions that takes. */
const readCall = ({ method, path, headers, query }: Context, buckets: readonly BucketSettings[]): Call => {
  const bucketNamed = (name: string): BucketSettings => {
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

  const [, bucketName = '', ...parts] = path.split('/').map(decoded);
  const bucket = bucketNamed(bucketName);
  const key = parts.join('/');
  const version = query['versionId'];
  if (key === '' && method === 'GET' && query['list-type'] === '2') {
    return { bucket, key, demands: [{ action: 's3:ListBucket', resource: bucket.arn, context: { 's3:prefix': query['prefix'] ?? '' } }] };
  }
  const understood = Object.keys(query).every((name) => /^(x-id|versionid|x-amz-.*|response-.*)$/i.test(name));
  if (key === '' || !understood || parts.includes('..')) throw new S3Error('InvalidRequest', 'The local store does not know this request.');
  if (method === 'GET' || method === 'HEAD') {
    const decrypts = method === 'GET' || headers['x-amz-checksum-mode'] === 'ENABLED';
    return { bucket, key, demands: [on(bucket, 'GetObject', key, version), ...(decrypts ? use('Decrypt', bucket.kmsKey, bucket) : [])] };
  }
  if (method === 'DELETE') return { bucket, key, demands: [on(bucket, 'DeleteObject', key, version)] };
  if (method !== 'PUT') throw new S3Error('InvalidRequest', `The local store takes no ${method} request.`);

  const kmsKey = headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? bucket.kmsKey;
  const write = [on(bucket, 'PutObject', key), ...use('GenerateDataKey', kmsKey, bucket)];
  const [sourcePath, sourceVersion] = headers['x-amz-copy-source']?.replace(/^\//, '').split('?versionId=') ?? [];
  if (sourcePath === undefined) return { bucket, key, demands: write, writes: 'PutObject', kmsKey };
  const [sourceBucketName = '', ...sourceKey] = decoded(sourcePath).split('/');
  const source = bucketNamed(sourceBucketName);
  const read = [on(source, 'GetObject', sourceKey.join('/'), sourceVersion), ...use('Decrypt', source.kmsKey, source)];
  return { bucket, key, demands: [...read, ...write], writes: 'CopyObject', kmsKey };
};

/** Whether the bucket's own policy forbids it. Only its refusals matter: what is allowed stands in the roles. */
const isDenied = (bucket: BucketSettings, demands: readonly Demand[], { headers, query }: Context): boolean => {
  const signedAt = (query['X-Amz-Date'] ?? headers['x-amz-date'] ?? '').replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:');
  const context: Record<string, string> = {
    // This machine stands for TLS.
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    's3:signatureAge': String(Date.now() - Date.parse(signedAt)),
  };
  for (const name of [
    'if-none-match',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-content-sha256',
  ]) {
    const value = headers[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  const denials = readStatements(bucket.policy).filter(({ effect }) => effect === 'Deny');
  return demands.some((demand) => denials.some((statement) => covers(statement, { ...demand, context })));
};

const describeVersion = (context: Context, { version, sourceVersion, headers }: Exchange): void => {
  if (version === undefined) return;
  context.set('x-amz-version-id', version.versionId);
  if (sourceVersion !== undefined) context.set('x-amz-copy-source-version-id', sourceVersion.versionId);
  if (version.kmsKey !== '') {
    context.set('x-amz-server-side-encryption', 'aws:kms');
    context.set('x-amz-server-side-encryption-aws-kms-key-id', version.kmsKey);
  }
  const whole = context.method === 'PUT' || (headers['x-amz-checksum-mode'] === 'ENABLED' && headers['range'] === undefined);
  if (whole) context.set('x-amz-checksum-sha256', version.sha256);
};
