/* eslint-disable no-restricted-exports -- the package has default exports */
// The parts of @20minutes/s3rver (which ships no types) that the guarded object store builds on.
declare module '@20minutes/s3rver' {
  import type { IncomingMessage, RequestListener } from 'node:http';

  export interface Context {
    readonly req: IncomingMessage;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly query: Readonly<Record<string, string | undefined>>;
    readonly state: { vhost?: boolean };
    mountPath?: string;
    status: number;
    body: unknown;
    set(name: string, value: string): void;
  }
  export type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

  export default class S3rver {
    constructor(options: {
      readonly directory: string;
      readonly silent: boolean;
      readonly vhostBuckets: boolean;
      readonly configureBuckets: readonly { readonly name: string; readonly configs: readonly string[] }[];
    });
    readonly middleware: Middleware[];
    readonly context: { store: unknown };
    store: unknown;
    configureBuckets(): Promise<void>;
    callback(): RequestListener;
  }
}

declare module '@20minutes/s3rver/lib/stores/filesystem.js' {
  import type { Readable } from 'node:stream';

  export interface StoredObject {
    readonly bucket: string;
    readonly key: string;
    readonly content: Readable;
    readonly metadata: Readonly<Record<string, string>>;
  }

  export default class FilesystemStore {
    constructor(directory: string);
    getResourcePath(bucket: string, key: string, resource: string): string;
    existsObject(bucket: string, key: string): Promise<boolean>;
    getObject(bucket: string, key: string, options: unknown): Promise<unknown>;
    putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
    putMetadata(bucket: string, key: string, metadata: unknown, md5: string): Promise<void>;
    copyObject(fromBucket: string, fromKey: string, bucket: string, key: string, metadata: unknown): Promise<Record<string, string>>;
    deleteObject(bucket: string, key: string): Promise<void>;
    getSubresource(bucket: string, key: string, name: string): Promise<unknown>;
  }
}

declare module '@20minutes/s3rver/lib/models/object.js' {
  import type { Readable } from 'node:stream';
  import type { StoredObject } from '@20minutes/s3rver/lib/stores/filesystem.js';

  /** Keeps of `metadata` what S3 keeps. */
  export default class S3Object implements StoredObject {
    constructor(bucket: string, key: string, content: Readable, metadata: Readonly<Record<string, string>>);
    readonly bucket: string;
    readonly key: string;
    readonly content: Readable;
    readonly metadata: Readonly<Record<string, string>>;
  }
}

declare module '@20minutes/s3rver/lib/models/error.js' {
  export default class S3Error extends Error {
    constructor(code: string, message: string, detail?: Readonly<Record<string, string>>);
    readonly code: string;
    status: number;
  }
}

declare module '@20minutes/s3rver/lib/models/account.js' {
  export const DUMMY_ACCOUNT: {
    createKeyPair(accessKeyId: string, secretAccessKey: string): void;
    revokeAccessKey(accessKeyId: string): void;
  };
}
