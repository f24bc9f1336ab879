import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import { refuseUnreadable } from '../../contracts/files/refuse-unreadable.ts';
import { bytesDiffer } from '../../domain/uploads/screening.ts';
import { readBytes, type Checkpoint, type FileRefusal, type Upload } from '../../domain/uploads/upload.ts';
import { cleanKey, type ObjectReader } from '../uploads/object-store.ts';

export type FileCheck =
  | { readonly kind: 'passed'; readonly versionId: string }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  /** How far it has been looked through; a later turn goes on from there. */
  | { readonly kind: 'time-is-up'; readonly checked: NonNullable<Checkpoint['checked']> };

/**
 * Looks at the whole file before its first row is applied, so that a file refused as a whole leaves nothing behind: is it
 * of its feed, is all of it text, and are these the bytes that the sender announced? That the store says itself, by the
 * SHA-256 that it took when the bytes came in. One pass over the bytes at disk speed, in as many turns as it takes; the
 * version that passed is remembered in the checkpoint, and nothing else is read after it.
 */
export const checkFile = async (files: ObjectReader, feed: FeedDefinition, upload: Upload, isTimeUp: () => boolean): Promise<FileCheck> => {
  const object = await files.describe(cleanKey(upload.uploadId));
  // A message came before its object can be seen, or the object is gone: the queue brings the message again.
  if (object === undefined) throw new Error('the clean object is not there');
  const expected = readBytes(upload);
  if (object.size !== expected.size || object.sha256 !== expected.sha256) {
    return { kind: 'refused', refusal: bytesDiffer };
  }
  const { versionId } = object;
  const { checked } = upload.checkpoint;
  const from = checked?.objectVersion === versionId ? checked.byteOffset : 0;
  if (from === 0) {
    for await (const event of readFile(feed, await files.read(object))) {
      if (event.kind === 'refused') return event;
      break;
    }
  }
  const look = await refuseUnreadable(await files.read(object, from), { from, isTimeUp });
  if (look.kind === 'time-is-up') return { kind: 'time-is-up', checked: { objectVersion: versionId, byteOffset: look.byteOffset } };
  return look.kind === 'refused' ? look : { kind: 'passed', versionId };
};
