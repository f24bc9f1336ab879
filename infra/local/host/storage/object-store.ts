import type { Server } from 'node:http';
import S3rver, { type Context, type Middleware } from '@20minutes/s3rver';
import { DUMMY_ACCOUNT } from '@20minutes/s3rver/lib/models/account.js';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import type { FunctionAccess } from '../access/function-access.ts';
import { viaService } from '../access/json-call-demands.ts';
import { covers, type Demand, readStatements } from '../access/policy.ts';
import type { Json } from '../template/json.ts';
import { type Exchange, type ObjectVersion, VersionStore } from './version-store.ts';

export interface BucketSettings {
  readonly name: string;
  readonly arn: string;
  /** ARN of the customer key that encrypts by default. */
  readonly kmsKey: string | undefined;
  /** `kms:ViaService` and the like for that key. */
  readonly region: string;
  readonly account: string;
  /** CORSConfiguration as XML. */
  readonly cors: string | undefined;
  /** The bucket's policy document. */
  readonly policy: Json | undefined;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
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
  readonly credentials: readonly Credentials[];
  readonly access: Pick<FunctionAccess, 'allows' | 'happensToAllow'>;
  readonly onCreated: (object: CreatedObject) => void;
  readonly onRefused: (caller: string, demands: readonly Demand[]) => void;
}

export interface ObjectStore {
  /** The stored bytes' file; scanners read it. */
  readonly fileOf: (bucket: string, key: string) => string;
  readonly stop: () => void;
}

/** The only `x-amz-*` query parameters of a presigned URL that S3 heeds; any other would be a header hoisted by mistake. */
const presignedQuery = new Set(
  ['algorithm', 'credential', 'date', 'expires', 'signedheaders', 'signature', 'security-token', 'content-sha256'].map(
    (name) => `x-amz-${name}`,
  ),
);

/** s3rver behind a guard that refuses what S3 refuses and s3rver lets through. */
export const startObjectStore = async (options: ObjectStoreOptions): Promise<ObjectStore> => {
  const app = new S3rver({
    directory: options.directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: options.buckets.map(({ name, cors }) => ({ name, configs: cors === undefined ? [] : [cors] })),
  });
  const store = new VersionStore(options.directory);
  app.store = store;
  app.context.store = store;
  for (const { accessKeyId, secretAccessKey } of options.credentials) DUMMY_ACCOUNT.createKeyPair(accessKeyId, secretAccessKey);
  // Before the router, which authenticates and acts; after the one that turns answers into XML.
  app.middleware.splice(-1, 0, guard(options, store));
  await app.configureBuckets();
  options.server.on('request', app.callback());
  return {
    fileOf: (bucket, key) => store.getResourcePath(bucket, key, 'object'),
    stop: () => {
      for (const { accessKeyId } of options.credentials) DUMMY_ACCOUNT.revokeAccessKey(accessKeyId);
    },
  };
};

const guard =
  (options: ObjectStoreOptions, store: VersionStore): Middleware =>
  async (context, next) => {
    if (context.method === 'OPTIONS') return next();
    const { accessKeyId, signedHeaders } = readSignature(context);
    refuseUnsigned(context, signedHeaders);
    const caller = options.callerOf(accessKeyId);
    if (caller === undefined) throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');

    const call = readCall(context, options.buckets);
    if (!options.access.allows(caller, call.demands) || isDenied(call, context)) {
      options.onRefused(caller, call.demands);
      throw accessDenied();
    }
    if (call.key === '' && context.path.endsWith('/')) {
      // The SDK signs the slash behind a bucket's name; s3rver puts it into the text it checks only this way.
      context.mountPath = '/';
      context.state.vhost = true;
    }
    const exchange: Exchange = { headers: context.headers, versionId: context.query['versionId'], kmsKey: call.kmsKey ?? '' };
    try {
      await store.exchange.run(exchange, next);
    } catch (error) {
      // Without s3:ListBucket, S3 does not say whether a key exists.
      const missing = error instanceof S3Error && ['NoSuchKey', 'NoSuchVersion'].includes(error.code);
      if (missing && !options.access.happensToAllow(caller, { action: 's3:ListBucket', resource: call.bucket.arn })) throw accessDenied();
      throw error;
    }
    describeVersion(context, exchange);
    if (call.writes !== undefined && exchange.version !== undefined) {
      options.onCreated({ ...exchange.version, bucket: call.bucket.name, key: call.key, reason: call.writes });
    }
  };

const accessDenied = (message = 'Access Denied'): S3Error => new S3Error('AccessDenied', message);

const readSignature = (context: Context): { accessKeyId: string; signedHeaders: ReadonlySet<string> } => {
  const header = /^AWS4-HMAC-SHA256 .*Credential=([^/]+)\/.*SignedHeaders=([^,]+)/.exec(context.headers['authorization'] ?? '');
  const accessKeyId = header?.[1] ?? context.query['X-Amz-Credential']?.split('/')[0];
  const signed = header?.[2] ?? context.query['X-Amz-SignedHeaders'];
  if (accessKeyId === undefined || signed === undefined) throw accessDenied('Anonymous and version 2 requests are refused.');
  return { accessKeyId, signedHeaders: new Set(signed.split(';')) };
};

const refuseUnsigned = (context: Context, signedHeaders: ReadonlySet<string>): void => {
  const unsigned = Object.keys(context.headers).find((name) => name.startsWith('x-amz-') && !signedHeaders.has(name));
  if (unsigned !== undefined) throw accessDenied(`There were headers present in the request which were not signed: ${unsigned}`);
  const hoisted = Object.keys(context.query).find((name) => /^x-amz-/i.test(name) && !presignedQuery.has(name.toLowerCase()));
  if (hoisted !== undefined) throw accessDenied(`S3 ignores ${hoisted} in the address: sign it as a header.`);
};

interface Call {
  readonly bucket: BucketSettings;
  readonly key: string;
  readonly demands: readonly Demand[];
  readonly writes?: CreatedObject['reason'];
  readonly kmsKey?: string | undefined;
}

const readCall = (context: Context, buckets: readonly BucketSettings[]): Call => {
  const bucketNamed = (name: string): BucketSettings => {
    const found = buckets.find((bucket) => bucket.name === name);
    if (found === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
    return found;
  };
  const [, bucketName = '', ...keyParts] = context.path.split('/').map(decodeURIComponent);
  const bucket = bucketNamed(bucketName);
  const key = keyParts.join('/');
  const { headers, method, query } = context;
  const on = (action: string, owner = bucket, name = key): Demand => ({ action: `s3:${action}`, resource: `${owner.arn}/${name}` });
  const keyUse = (action: string, kmsKey: string | undefined, owner = bucket): readonly Demand[] =>
    kmsKey === undefined
      ? []
      : [{ action: `kms:${action}`, resource: kmsKey, context: viaService('s3', `:::${owner.region}:${owner.account}`) }];
  const versioned = (action: string, versionId: string | undefined): string => (versionId === undefined ? action : `${action}Version`);

  if (key === '' && method === 'GET' && query['list-type'] === '2') {
    return { bucket, key, demands: [{ action: 's3:ListBucket', resource: bucket.arn, context: { 's3:prefix': query['prefix'] ?? '' } }] };
  }
  const known = Object.keys(query).every((name) => /^(x-id|versionid|x-amz-.*|response-.*)$/i.test(name));
  if (key === '' || !known || keyParts.includes('..')) throw notImplemented(method);
  if (method === 'GET' || method === 'HEAD') {
    const decrypts = method === 'GET' || headers['x-amz-checksum-mode'] === 'ENABLED';
    return {
      bucket,
      key,
      demands: [on(versioned('GetObject', query['versionId'])), ...(decrypts ? keyUse('Decrypt', bucket.kmsKey) : [])],
    };
  }
  if (method === 'DELETE') return { bucket, key, demands: [on(versioned('DeleteObject', query['versionId']))] };
  if (method !== 'PUT') throw notImplemented(method);
  const kmsKey = headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? bucket.kmsKey;
  const write = [
    on('PutObject'),
    ...keyUse('GenerateDataKey', kmsKey),
    ...(headers['x-amz-tagging'] === undefined ? [] : [on('PutObjectTagging')]),
  ];
  const source = headers['x-amz-copy-source'];
  if (source === undefined) return { bucket, key, demands: write, writes: 'PutObject', kmsKey };
  const [sourcePath = '', version] = source.replace(/^\//, '').split('?versionId=');
  const [sourceBucketName = '', ...sourceKey] = decodeURIComponent(sourcePath).split('/');
  const sourceBucket = bucketNamed(sourceBucketName);
  const read = [
    on(versioned('GetObject', version), sourceBucket, sourceKey.join('/')),
    ...keyUse('Decrypt', sourceBucket.kmsKey, sourceBucket),
  ];
  return { bucket, key, demands: [...read, ...write], writes: 'CopyObject', kmsKey };
};

/** Whether the bucket's own policy forbids it. Only its refusals matter: what is allowed stands in the roles. */
const isDenied = ({ bucket, demands }: Call, context: Context): boolean => {
  const { headers, query } = context;
  const signedAt = (query['X-Amz-Date'] ?? headers['x-amz-date'] ?? '').replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:');
  const conditions: Record<string, string> = {
    // This machine stands for TLS.
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    's3:signatureAge': String(Date.now() - Date.parse(signedAt)),
    's3:authType': query['X-Amz-Signature'] === undefined ? 'REST-HEADER' : 'REST-QUERY-STRING',
  };
  for (const name of [
    'if-none-match',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-content-sha256',
  ]) {
    const value = headers[name];
    if (value !== undefined) conditions[`s3:${name}`] = value;
  }
  const denials = readStatements(bucket.policy).filter(({ effect }) => effect === 'Deny');
  return demands.some((demand) => denials.some((statement) => covers(statement, { ...demand, context: conditions })));
};

const notImplemented = (method: string): S3Error => new S3Error('NotImplemented', `The local store does not know this ${method} request.`);

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
