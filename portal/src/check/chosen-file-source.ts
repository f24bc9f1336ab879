import type { FileSource } from '#shared/contracts/files/opening/file-source.ts';

const pieceLength = 256 * 1024;

/** A file that a person has chosen, read in pieces and never held as a whole. `onRead`: bytes read so far, once each. */
export const chosenFileSource = (file: Blob, onRead: (end: number) => void = () => undefined): FileSource => ({
  size: file.size,
  read: async function* (from, to) {
    for (let at = from; at < to; at += pieceLength) {
      const end = Math.min(to, at + pieceLength);
      yield new Uint8Array(await file.slice(at, end).arrayBuffer());
      onRead(end);
    }
  },
});
