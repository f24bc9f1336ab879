import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { openFile } from '#shared/contracts/files/opening/open-file.ts';
import type { FileSource } from '#shared/contracts/files/opening/file-source.ts';
import { UnreadableFile } from '#shared/contracts/files/opening/unreadable-file.ts';
import { readFile, type FileEvent, type ReadOptions } from '#shared/contracts/files/read-file.ts';
import { bytesOf, collect } from './reading.ts';

/** Bytes as a file that is read piece by piece. */
export const sourceOf = (content: string | Uint8Array, pieceLength = 7_001): FileSource => {
  const bytes = bytesOf(content);
  return {
    size: bytes.length,
    read: async function* (from, to) {
      for (let at = from; at < to; at += pieceLength) yield await Promise.resolve(bytes.slice(at, Math.min(to, at + pieceLength)));
    },
  };
};

/** Everything that opening and reading says about a file of any form. */
export const openAndRead = async (
  content: string | Uint8Array | FileSource,
  { feed = feeds.suspensions, ...options }: ReadOptions & { readonly feed?: FeedDefinition } = {},
): Promise<FileEvent[]> => {
  const source = typeof content === 'string' || content instanceof Uint8Array ? sourceOf(content) : content;
  try {
    const file = await openFile(feed, source);
    return await collect(readFile(feed, file.csv(), undefined, options));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return [{ kind: 'refused', refusal: error.refusal }];
  }
};
