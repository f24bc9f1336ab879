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
import { parseJson, textAt } from '../json.ts';

/** The one version of an object. */
export interface ObjectVersion {
  readonly versionId: string;
  readonly size: number;
  /** Base64, as in `x-amz-checksum-sha256`. */
  readonly sha256: string;
  readonly etag: string;
  /** The key that encrypts it; empty: AWS's own. */
  readonly kmsKey: string;
}

/** One request as the store needs to know it. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How long the body may be, where it is not `content-length` that says it: in a form. Bytes, both ends included. */
  readonly length?: { readonly least: number; readonly most: number };
  /** The version asked for; undefined: the current one. */
  readonly versionId: string | undefined;
  /** For what is written. */
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

  override existsObject(bucket: string, key: string): Promise<boolean> {
    return super.existsObject(bucket, splitVersion(key).key);
  }

  override async getObject(bucket: string, key: string, options: unknown): Promise<unknown> {
    const version = await this.versionOf(bucket, key);
    if (version !== undefined) {
      refuseOtherVersion(version, this.#current().versionId);
      this.#current().version = version;
    }
    return super.getObject(bucket, key, options);
  }

  override async putObject({ bucket, key, content, metadata }: StoredObject): Promise<{ size: number; md5: string }> {
    const exchange = this.#current();
    const file = this.getResourcePath(bucket, key, 'object');
    const draft = `${file}.${randomUUID()}.draft`;
    await mkdir(path.dirname(file), { recursive: true });
    try {
      const body = await receive(content, draft, exchange);
      return await this.#write(bucket, key, { ...body, kmsKey: exchange.kmsKey }, async () => {
        await rename(draft, file);
        await this.putMetadata(bucket, key, metadata, body.etag);
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
    exchange.sourceVersion = source;
    return this.#write(bucket, key, { ...source, kmsKey: exchange.kmsKey }, () =>
      super.copyObject(fromBucket, fromKey, bucket, key, metadata),
    );
  }

  override async deleteObject(bucket: string, key: string): Promise<void> {
    const wanted = this.#current().versionId;
    // Deleting a version that is not there succeeds and deletes nothing, as on S3.
    if (wanted !== undefined && (await this.versionOf(bucket, key))?.versionId !== wanted) return;
    await rm(this.getResourcePath(bucket, key, 'version.json'), { force: true });
    await super.deleteObject(bucket, key);
  }

  override async getSubresource(bucket: string, key: string, name: string): Promise<unknown> {
    const version = await this.versionOf(bucket, key);
    if (version !== undefined) refuseOtherVersion(version, this.#current().versionId);
    return super.getSubresource(bucket, key, name);
  }

  /** Puts one tag on an object in the place of all others, as a service of AWS does by itself. */
  async tag(bucket: string, key: string, name: string, value: string): Promise<void> {
    const tags = `<Tagging><TagSet><Tag><Key>${name}</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
    await writeFile(this.getResourcePath(bucket, key, 'tagging.xml'), tags);
  }

  async versionOf(bucket: string, key: string): Promise<ObjectVersion | undefined> {
    const stored = await readFile(this.getResourcePath(bucket, key, 'version.json'), 'utf8').catch(() => undefined);
    if (stored === undefined) return undefined;
    const text = (name: string): string => textAt(parseJson(stored), name) ?? '';
    return { versionId: text('versionId'), size: Number(text('size')), sha256: text('sha256'), etag: text('etag'), kmsKey: text('kmsKey') };
  }

  #current(): Exchange {
    const exchange = this.exchange.getStore();
    if (exchange === undefined) throw new S3Error('InternalError', 'A request came past the guard.');
    return exchange;
  }

  /**
   * Of several writers at once exactly one gets through. The same bytes again (a worker that repeats itself) keep their
   * version; other bytes under a used key are refused.
   */
  async #write<T>(bucket: string, key: string, content: Omit<ObjectVersion, 'versionId'>, store: () => Promise<T>): Promise<T> {
    const exchange = this.#current();
    const name = `${bucket}/${key}`;
    if (this.#beingWritten.has(name)) throw preconditionFailed();
    this.#beingWritten.add(name);
    try {
      const before = await this.versionOf(bucket, key);
      if (before !== undefined && exchange.headers['if-none-match'] === '*') throw preconditionFailed();
      if (before !== undefined && before.sha256 !== content.sha256) {
        throw new S3Error('OperationAborted', 'The local store keeps one version of an object: this key holds other bytes already.');
      }
      const stored = await store();
      exchange.version = { ...content, versionId: before?.versionId ?? randomUUID().replaceAll('-', '') };
      await writeFile(this.getResourcePath(bucket, key, 'version.json'), JSON.stringify(exchange.version));
      return stored;
    } finally {
      this.#beingWritten.delete(name);
    }
  }
}

const preconditionFailed = (): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { Condition: 'If-None-Match' });

const refuseOtherVersion = (version: ObjectVersion, wanted: string | undefined): void => {
  if (wanted !== undefined && wanted !== version.versionId) throw new S3Error('NoSuchVersion', 'The specified version does not exist.');
};

/** `key?versionId=x`, as a copy source has it. */
const splitVersion = (source: string): { key: string; versionId: string | undefined } => {
  const [key = '', versionId] = source.split('?versionId=');
  return { key, versionId };
};

/** Writes a body to a file and compares it with everything the request says about it. */
const receive = async (
  content: StoredObject['content'],
  file: string,
  { headers, length }: Exchange,
): Promise<Pick<ObjectVersion, 'size' | 'sha256' | 'etag'>> => {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  const crc = Buffer.alloc(4);
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sha256.update(chunk);
      md5.update(chunk);
      crc.writeUInt32BE(crc32(chunk, crc.readUInt32BE()));
      size += chunk.length;
      if (length !== undefined && size > length.most)
        done(new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'));
      else done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(file));
  const digest = sha256.digest();
  if (length === undefined) {
    const said = headers['content-length'];
    if (said === undefined) throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
    if (Number(said) !== size) throw new S3Error('IncompleteBody', 'The body is not as long as the Content-Length HTTP header says.');
  } else if (size < length.least) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const payload = headers['x-amz-content-sha256'];
  const stated: readonly (readonly [string | undefined, string])[] = [
    [headers['x-amz-checksum-sha256'], digest.toString('base64')],
    [headers['x-amz-checksum-crc32'], crc.toString('base64')],
    [payload === 'UNSIGNED-PAYLOAD' ? undefined : payload, digest.toString('hex')],
  ];
  if (stated.some(([wanted, actual]) => wanted !== undefined && wanted !== actual)) {
    throw new S3Error('BadDigest', 'The checksum you specified did not match the calculated checksum.');
  }
  return { size, sha256: digest.toString('base64'), etag: md5.digest('hex') };
};
