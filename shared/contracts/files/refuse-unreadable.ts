import type { FileRefusal } from '../../domain/uploads/upload.ts';
import { fileRefusals } from './file-refusals.ts';
import { refuseBySignature } from './file-signature.ts';
import { joinedBytes } from './joined-bytes.ts';

const headLength = 8 * 1024;

export type Readability =
  | { readonly kind: 'readable' }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  /** Everything before `byteOffset` is readable; going on from there finds what a look in one go would have found. */
  | { readonly kind: 'time-is-up'; readonly byteOffset: number };

/**
 * Looks through a whole file for what makes it unreadable as text: another kind of file, NUL bytes, bytes that are not
 * UTF-8. Reading refuses the same when it comes to it; who asks here first knows before any row is taken.
 *
 * @param chunks the file's bytes from `from` on, in pieces of any size
 * @param from 0, or where an earlier look stopped
 */
export const refuseUnreadable = async (
  chunks: AsyncIterable<Uint8Array>,
  { from = 0, isTimeUp = () => false }: { readonly from?: number; readonly isTimeUp?: () => boolean } = {},
): Promise<Readability> => {
  const goesOn = utf8Check();
  let head: Uint8Array = new Uint8Array(0);
  const refused = (found: FileRefusal | undefined): Readability => {
    const refusal = (from === 0 ? refuseBySignature(head) : undefined) ?? found;
    return refusal ? { kind: 'refused', refusal } : { kind: 'readable' };
  };
  let at = from;
  let safe = from;
  for await (const chunk of chunks) {
    if (head.length < headLength) head = joinedBytes(head, chunk.subarray(0, headLength - head.length));
    const refusal = chunk.includes(0) ? fileRefusals.binary : goesOn(chunk) ? undefined : fileRefusals.notUtf8;
    if (refusal) return refused(refusal);
    // Behind a byte of its own, no letter is cut in two.
    const plain = chunk.findLastIndex((byte) => byte < 0x80);
    if (plain !== -1) safe = at + plain + 1;
    at += chunk.length;
    if (safe > from + headLength && isTimeUp())
      return from === 0 && refuseBySignature(head) ? refused(undefined) : { kind: 'time-is-up', byteOffset: safe };
  }
  return refused(goesOn() ? undefined : fileRefusals.notUtf8);
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
