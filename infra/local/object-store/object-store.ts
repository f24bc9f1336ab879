import type { Server } from 'node:http';
import S3rver, { type Context, type Middleware } from '@20minutes/s3rver';
import { DUMMY_ACCOUNT } from '@20minutes/s3rver/lib/models/account.js';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import S3Object from '@20minutes/s3rver/lib/models/object.js';
import { covers, type Demand, readStatements } from '../access/policy.ts';
import { readPostForm } from './post-form.ts';
import { checkPostPolicy, type FormFields } from './post-policy.ts';
import { accessDenied, type BucketSettings, type Call, formBucket, readCall, readFormCall, signer, type WriteReason } from './read-call.ts';
import { type Exchange, type ObjectVersion, VersionStore } from './version-store.ts';

export interface CreatedObject extends ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly reason: WriteReason;
}

export interface ObjectStoreOptions {
  readonly server: Server;
  readonly directory: string;
  readonly buckets: readonly BucketSettings[];
  /** The caller's name by access key id. */
  readonly callerOf: (accessKeyId: string) => string | undefined;
  readonly credentials: readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[];
  readonly access: {
    readonly allows: (caller: string, demands: readonly Demand[]) => boolean;
    /** For what S3 looks up by the way: a no is no refusal. */
    readonly happensToAllow: (caller: string, demand: Demand) => boolean;
  };
  readonly onCreated: (object: CreatedObject) => void;
  readonly onRefused: (caller: string, demands: readonly Demand[]) => void;
}

export interface ObjectStore {
  /** The stored bytes' file; scanners read it. */
  readonly fileOf: (bucket: string, key: string) => string;
  readonly versionOf: (bucket: string, key: string) => Promise<ObjectVersion | undefined>;
  readonly tag: (bucket: string, key: string, name: string, value: string) => Promise<void>;
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
    versionOf: (bucket, key) => store.versionOf(bucket, key),
    tag: (...tag) => store.tag(...tag),
    fileOf: (bucket, key) => store.getResourcePath(bucket, key, 'object'),
    stop: () => {
      for (const { accessKeyId } of credentials) DUMMY_ACCOUNT.revokeAccessKey(accessKeyId);
    },
  };
};

const guard = (options: ObjectStoreOptions, store: VersionStore): Middleware => {
  const { access, buckets, callerOf, credentials, onCreated, onRefused } = options;
  const secretOf = (id: string): string | undefined => credentials.find(({ accessKeyId }) => accessKeyId === id)?.secretAccessKey;

  /** Does what was asked, if role and bucket let the caller. */
  const perform = async (
    context: Context,
    accessKeyId: string,
    call: Call,
    exchange: Exchange,
    work: () => Promise<void>,
  ): Promise<void> => {
    const { bucket, key, demands, writes } = call;
    const caller = callerOf(accessKeyId);
    if (caller === undefined) throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
    if (!access.allows(caller, demands) || isDenied(bucket, demands, exchange.headers, signing(context, exchange))) {
      onRefused(caller, demands);
      throw accessDenied();
    }
    try {
      await store.exchange.run(exchange, work);
    } catch (error) {
      // Without s3:ListBucket, S3 does not say whether a key exists.
      const missing = error instanceof S3Error && error.status === 404;
      throw missing && !access.happensToAllow(caller, { action: 's3:ListBucket', resource: bucket.arn }) ? accessDenied() : error;
    }
    describeVersion(context, exchange);
    if (writes !== undefined && exchange.version !== undefined)
      onCreated({ ...exchange.version, bucket: bucket.name, key, reason: writes });
  };

  /** A browser's form. s3rver would store whatever it holds, so it does not get to see it. */
  const post = async (context: Context): Promise<void> => {
    const bucket = formBucket(context, buckets);
    const { fields, file, release } = await readPostForm(context.req);
    try {
      const { accessKeyId, length } = checkPostPolicy(bucket.name, fields, secretOf, Date.now());
      const call = readFormCall(bucket, fields);
      const headers = Object.fromEntries(fields);
      const exchange: Exchange = { headers, length, versionId: undefined, kmsKey: call.kmsKey ?? '' };
      await perform(context, accessKeyId, call, exchange, async () => {
        await store.putObject(new S3Object(bucket.name, call.key, file, headers));
      });
      answerForm(context, bucket.name, call.key, fields);
    } catch (error) {
      throw file.errored === null || error instanceof S3Error ? error : new S3Error('MalformedPOSTRequest', 'The form breaks off.');
    } finally {
      release();
    }
  };

  return async (context, next) => {
    if (context.method === 'OPTIONS') return next();
    if (context.method === 'POST') return post(context);
    const accessKeyId = signer(context);
    const call = readCall(context, buckets);
    if (call.key === '' && context.path.endsWith('/')) {
      // The SDK signs the slash behind a bucket's name; s3rver puts it into the text it checks only this way.
      context.mountPath = '/';
      context.state.vhost = true;
    }
    await perform(
      context,
      accessKeyId,
      call,
      { headers: context.headers, versionId: context.query['versionId'], kmsKey: call.kmsKey ?? '' },
      next,
    );
  };
};

/** To the page that the form names, else with the status that it names. */
const answerForm = (context: Context, bucket: string, key: string, fields: FormFields): void => {
  const page = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (page !== undefined && URL.canParse(page)) {
    const next = new URL(page);
    next.searchParams.set('bucket', bucket);
    next.searchParams.set('key', key);
    context.status = 303;
    context.set('location', next.href);
    return;
  }
  const status = Number(fields.get('success_action_status'));
  context.status = [200, 201].includes(status) ? status : 204;
  context.body = context.status === 201 ? { PostResponse: { Bucket: bucket, Key: key } } : '';
};

/** When and how a request was signed, in the words of a bucket's policy. */
const signing = ({ method, query }: Context, { headers }: Exchange): { readonly at: string; readonly by: string } => ({
  at: query['X-Amz-Date'] ?? headers['x-amz-date'] ?? '',
  by: method === 'POST' ? 'POST' : query['X-Amz-Signature'] === undefined ? 'REST-HEADER' : 'REST-QUERY-STRING',
});

/** Whether the bucket's own policy forbids it. Only its refusals matter: what is allowed stands in the roles. */
const isDenied = (
  bucket: BucketSettings,
  demands: readonly Demand[],
  headers: Exchange['headers'],
  signed: ReturnType<typeof signing>,
): boolean => {
  const instant = Date.parse(signed.at.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:'));
  const context: Record<string, string> = {
    // This machine stands for TLS.
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    's3:signatureAge': String(Date.now() - instant),
    's3:authType': signed.by,
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
  const whole =
    context.method === 'PUT' ||
    context.method === 'POST' ||
    (headers['x-amz-checksum-mode'] === 'ENABLED' && headers['range'] === undefined);
  if (whole) context.set('x-amz-checksum-sha256', version.sha256);
};
