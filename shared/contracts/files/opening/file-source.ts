/** A file that can be read from anywhere: one that a browser holds, or one version of a stored object. */
export interface FileSource {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `from` (the first is 0) up to, not including, `to`, in pieces of any size. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** So many bytes of it at most, in one piece. */
export const readPart = async (source: FileSource, from: number, length: number): Promise<Uint8Array> => {
  const to = Math.min(source.size, from + length);
  const part = new Uint8Array(Math.max(0, to - from));
  let filled = 0;
  if (part.length === 0) return part;
  for await (const piece of source.read(from, to)) {
    const fitting = piece.subarray(0, part.length - filled);
    part.set(fitting, filled);
    filled += fitting.length;
    if (filled === part.length) break;
  }
  return part.subarray(0, filled);
};
