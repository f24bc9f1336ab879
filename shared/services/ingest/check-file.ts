import { createHash, type Hash } from 'node:crypto';
import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import { refuseUnreadable } from '../../contracts/files/refuse-unreadable.ts';
import { screeningRefusals } from '../../domain/uploads/screening.ts';
import type { FileRefusal, Upload } from '../../domain/uploads/upload.ts';
import { cleanKey, type ObjectReader, type StoredObject } from '../uploads/object-store.ts';

export type FileCheck =
  { readonly ok: true; readonly object: Pick<StoredObject, 'key' | 'versionId'> } | { readonly ok: false; readonly refusal: FileRefusal };

/**
 * Looks at the whole file before its first row is applied, so that a file refused as a whole leaves nothing behind: is it
 * of its feed, is all of it text, and are these the bytes that the sender announced? One pass over the bytes at disk
 * speed; the version that passed is remembered in the checkpoint, and nothing else is read after it.
 */
export const checkFile = async (files: ObjectReader, feed: FeedDefinition, upload: Upload): Promise<FileCheck> => {
  const object = await files.describe(cleanKey(upload.uploadId));
  // A message came before its object can be seen, or the object is gone: the queue brings the message again.
  if (object === undefined) throw new Error('the clean object is not there');
  const notTheFile: FileCheck = { ok: false, refusal: screeningRefusals['bytes-differ'] };
  if (object.size !== upload.size || (object.sha256 !== undefined && object.sha256 !== upload.sha256)) return notTheFile;
  for await (const event of readFile(feed, await files.read(object))) {
    if (event.kind === 'refused') return { ok: false, refusal: event.refusal };
    break;
  }
  const digest = createHash('sha256');
  const unreadable = await refuseUnreadable(digested(await files.read(object), digest));
  if (unreadable) return { ok: false, refusal: unreadable };
  return digest.digest('base64') === upload.sha256 ? { ok: true, object } : notTheFile;
};

const digested = async function* (chunks: AsyncIterable<Uint8Array>, digest: Hash): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
};
