import { Inflate } from 'fflate';
import { fileRefusals } from '../file-refusals.ts';
import { readPart, type FileSource } from '../opening/file-source.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';
import { localSignature, viewOf, type ZipEntry } from './zip-directory.ts';

const localHeaderLength = 30;
/** Deflate makes at most some 1,030 bytes of one: a piece gives 4 MB at worst. */
const pieceLength = 4 * 1024;

/** The bytes of one file in a zip, unpacked as they are asked for, and never more than its directory says there are. */
export const unzipEntry = async function* (source: FileSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const header = await readPart(source, entry.offset, localHeaderLength);
  const view = viewOf(header);
  if (header.length < localHeaderLength || view.getUint32(0, true) !== localSignature) throw damaged();
  const nameLength = view.getUint16(26, true);
  const from = entry.offset + localHeaderLength + nameLength + view.getUint16(28, true);
  const name = new TextDecoder().decode(await readPart(source, entry.offset + localHeaderLength, nameLength));
  const method = view.getUint16(8, true);
  // What the list says and what the part itself says must be one: programs differ in which of the two they believe.
  if (name !== entry.name || (method === 0) !== entry.isStored || from + entry.compressedSize > source.size) throw damaged();

  let size = 0;
  const packed = source.read(from, from + entry.compressedSize);
  for await (const bytes of entry.isStored ? packed : inflated(packed)) {
    size += bytes.length;
    if (size > entry.size) throw new UnreadableFile(fileRefusals.workbookTooLarge);
    yield bytes;
  }
  if (size !== entry.size) throw damaged();
};

const damaged = (): UnreadableFile => new UnreadableFile(fileRefusals.workbookDamaged);

const inflated = async function* (packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  const inflate = new Inflate((bytes) => out.push(bytes));
  const push = (piece: Uint8Array, isLast: boolean): readonly Uint8Array[] => {
    try {
      inflate.push(piece, isLast);
    } catch {
      throw damaged();
    }
    return out.splice(0);
  };
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += pieceLength) yield* push(chunk.subarray(at, at + pieceLength), false);
  }
  yield* push(new Uint8Array(0), true);
};
