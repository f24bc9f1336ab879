import type { FileRefusal } from '../../domain/uploads/upload.ts';
import { fileRefusals } from './file-refusals.ts';
import { refuseBySignature } from './file-signature.ts';

const headLength = 8 * 1024;

/**
 * Looks through a whole file for what makes it unreadable as text: another kind of file, NUL bytes, bytes that are not
 * UTF-8. Reading refuses the same when it comes to it; who asks here first knows before any row is taken.
 */
export const refuseUnreadable = async (chunks: AsyncIterable<Uint8Array>): Promise<FileRefusal | undefined> => {
  const goesOn = utf8Check();
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head.length < headLength) head = joined(head, chunk.subarray(0, headLength - head.length));
    const refusal = chunk.includes(0) ? fileRefusals.binary : goesOn(chunk) ? undefined : fileRefusals.notUtf8;
    if (refusal) return refuseBySignature(head) ?? refusal;
  }
  return refuseBySignature(head) ?? (goesOn() ? undefined : fileRefusals.notUtf8);
};

/** Tells of each next piece of a stream whether it goes on as UTF-8 and, called without one, whether the stream may end here. */
const utf8Check = (): ((chunk?: Uint8Array) => boolean) => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (chunk) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
};

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
};
