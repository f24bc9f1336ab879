import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import FilesystemStore, { type StoredObject } from '@20minutes/s3rver/lib/stores/filesystem.js';
import { parseJson, textAt } from '../template/json.ts';

/** The one version of an object. */
export interface ObjectVersion {
  readonly versionId: string;
  readonly size: number;
  /** Base64, as in `x-amz-checksum-sha256`. */
  readonly sha256: string;
  readonly etag: string;
  readonly kmsKey: string;
}

/** One request as the store needs to know it. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The version asked for; undefined: the current one. */
  readonly versionId: string | undefined;
  /** The key that encrypts what is written; empty: AWS's own. */
  readonly kmsKey: string;
  /** Filled in by the store. */
  version?: ObjectVersion;
  sourceVersion?: ObjectVersion;
}

/**
 * s3rver's file store with what it lacks: versions (one per key), verified checksums and lengths, and writes that
 * happen once where the request says `if-none-match: *`. A body is in memory only piece by piece.
 */
export class VersionStore extends FilesystemStore {
  readonly exchange = new AsyncLocalStorage<Exchange>();
  readonly #beingWritten = new Set<string>();

  override async existsObject(bucket: string, key: string): Promise<boolean> {
    return super.existsObject(bucket, splitVersion(key).key);
  }

  override async getObject(bucket: string, key: string, options: unknown): Promise<unknown> {
    const exchange = this.exchange.getStore();
    const version = await this.versionOf(bucket, key);
    if (exchange !== undefined && version !== undefined) {
      refuseOtherVersion(version, exchange.versionId);
      exchange.version = version;
    }
    return super.getObject(bucket, key, options);
  }

  override async putObject(object: StoredObject): Promise<{ size: number; md5: string }> {
    const { bucket, key } = object;
    const { headers, kmsKey } = this.#current();
    const file = this.getResourcePath(bucket, key, 'object');
    const draft = `${file}.${randomUUID()}.draft`;
    await mkdir(path.dirname(file), { recursive: true });
    try {
      const body = await receive(object, draft);
      verify(body, headers);
      return await this.#writeOnce(bucket, key, headers, async () => {
        const version = await this.#nextVersion(bucket, key, { ...body, kmsKey });
        await rename(draft, file);
        await this.putMetadata(bucket, key, object.metadata, body.etag);
        await this.#keep(bucket, key, version);
        return { size: body.size, md5: body.etag };
      });
    } finally {
      await rm(draft, { force: true });
    }
  }

  override async copyObject(
    fromBucket: string,
    from: string,
    bucket: string,
    key: string,
    metadata: unknown,
  ): Promise<Record<string, string>> {
    const exchange = this.#current();
    const { key: fromKey, versionId } = splitVersion(from);
    const source = await this.versionOf(fromBucket, fromKey);
    if (source === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    refuseOtherVersion(source, versionId);
    return this.#writeOnce(bucket, key, exchange.headers, async () => {
      const version = await this.#nextVersion(bucket, key, { ...source, kmsKey: exchange.kmsKey });
      const copied = await super.copyObject(fromBucket, fromKey, bucket, key, metadata);
      await this.#keep(bucket, key, version);
      exchange.sourceVersion = source;
      return copied;
    });
  }

  override async deleteObject(bucket: string, key: string): Promise<void> {
    const version = await this.versionOf(bucket, key);
    const wanted = this.exchange.getStore()?.versionId;
    // Deleting a version that is not there succeeds and deletes nothing, as on S3.
    if (wanted !== undefined && version?.versionId !== wanted) return;
    await rm(this.getResourcePath(bucket, key, 'version.json'), { force: true });
    await super.deleteObject(bucket, key);
  }

  async versionOf(bucket: string, key: string): Promise<ObjectVersion | undefined> {
    try {
      const stored = parseJson(await readFile(this.getResourcePath(bucket, key, 'version.json'), 'utf8'));
      const text = (name: string): string => textAt(stored, name) ?? '';
      return {
        versionId: text('versionId'),
        size: Number(text('size')),
        sha256: text('sha256'),
        etag: text('etag'),
        kmsKey: text('kmsKey'),
      };
    } catch {
      return undefined;
    }
  }

  #current(): Exchange {
    const exchange = this.exchange.getStore();
    if (exchange === undefined) throw new S3Error('InternalError', 'A write came past the guard.');
    return exchange;
  }

  async #keep(bucket: string, key: string, version: ObjectVersion): Promise<void> {
    await writeFile(this.getResourcePath(bucket, key, 'version.json'), JSON.stringify(version));
    this.#current().version = version;
  }

  /** Of several at once exactly one writes. */
  async #writeOnce<T>(bucket: string, key: string, headers: Exchange['headers'], write: () => Promise<T>): Promise<T> {
    const name = `${bucket}/${key}`;
    if (this.#beingWritten.has(name)) throw preconditionFailed();
    this.#beingWritten.add(name);
    try {
      if (headers['if-none-match'] === '*' && (await this.versionOf(bucket, key)) !== undefined) throw preconditionFailed();
      return await write();
    } finally {
      this.#beingWritten.delete(name);
    }
  }

  /** The same bytes again (a worker that repeats itself) keep their version; other bytes under a used key are refused. */
  async #nextVersion(bucket: string, key: string, content: Omit<ObjectVersion, 'versionId'>): Promise<ObjectVersion> {
    const { size, sha256, etag, kmsKey } = content;
    const before = await this.versionOf(bucket, key);
    if (before !== undefined && before.sha256 !== sha256) {
      throw new S3Error('OperationAborted', 'The local store keeps one version of an object: this key holds other bytes already.');
    }
    return { versionId: before?.versionId ?? randomUUID().replaceAll('-', ''), size, sha256, etag, kmsKey };
  }
}

const preconditionFailed = (): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { Condition: 'If-None-Match' });

const refuseOtherVersion = (version: ObjectVersion, wanted: string | undefined): void => {
  if (wanted === undefined || wanted === version.versionId) return;
  const error = new S3Error('NoSuchVersion', 'The specified version does not exist.');
  error.status = 404;
  throw error;
};

/** `key?versionId=x`, as a copy source has it. */
const splitVersion = (key: string): { key: string; versionId: string | undefined } => {
  const [plain = '', versionId] = key.split('?versionId=');
  return { key: plain, versionId };
};

interface Received {
  readonly size: number;
  readonly sha256: string;
  readonly etag: string;
  readonly crc32: string;
}

const receive = async (object: StoredObject, file: string): Promise<Received> => {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  let size = 0;
  let crc = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sha256.update(chunk);
      md5.update(chunk);
      crc = crc32(chunk, crc);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(object.content, measure, createWriteStream(file));
  const crcBytes = Buffer.alloc(4);
  crcBytes.writeUInt32BE(crc);
  return { size, sha256: sha256.digest('base64'), etag: md5.digest('hex'), crc32: crcBytes.toString('base64') };
};

const verify = (body: Received, headers: Exchange['headers']): void => {
  if (headers['content-length'] === undefined)
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (Number(headers['content-length']) !== body.size) {
    throw new S3Error('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
  }
  const stated = [
    [headers['x-amz-checksum-sha256'], body.sha256],
    [headers['x-amz-checksum-crc32'], body.crc32],
  ] as const;
  if (stated.some(([wanted, actual]) => wanted !== undefined && wanted !== actual)) {
    throw new S3Error('BadDigest', 'The checksum you specified did not match the calculated checksum.');
  }
  const payload = headers['x-amz-content-sha256'];
  if (payload !== undefined && /^[0-9a-f]{64}$/i.test(payload) && Buffer.from(payload, 'hex').toString('base64') !== body.sha256) {
    throw new S3Error('BadDigest', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
};
