import { fileRefusals } from '../file-refusals.ts';
import { readPart, type FileSource } from '../opening/file-source.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';

export interface ZipEntry {
  readonly name: string;
  readonly isStored: boolean;
  readonly compressedSize: number;
  readonly size: number;
  /** Of the entry's own header. */
  readonly offset: number;
}

const mostEntries = 2_000;
const longestDirectory = 1024 * 1024;
/** A part of more bytes than this, unpacked, is not read. */
const largestPart = 256 * 1024 * 1024;
const largestWorkbook = 512 * 1024 * 1024;
/** Sheets are repetitive, but not more than this; small parts may be. */
const highestRatio = 200;
const smallPart = 1024 * 1024;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
export const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 65_535;

/** Names that would leave the folder they are unpacked to. Nothing is unpacked here, but nobody who means well writes them. */
const leavesItsFolder = /^[\\/]|^[a-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)|\0|\\/i;

/**
 * The list of files in a zip, from its end, where the list is. Refuses what only hostile or damaged files have, before a byte
 * is unpacked: sizes that cannot be, encrypted parts, names twice, names that point elsewhere.
 */
export const readZipDirectory = async (source: FileSource): Promise<ReadonlyMap<string, ZipEntry>> => {
  const tailFrom = Math.max(0, source.size - endLength - longestComment);
  const tail = viewOf(await readPart(source, tailFrom, source.size - tailFrom));
  let end = tail.byteLength - endLength;
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end -= 1;
  if (end < 0) throw new UnreadableFile(fileRefusals.workbookDamaged);
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  if (count > mostEntries || length > longestDirectory) throw new UnreadableFile(fileRefusals.workbookTooLarge);
  if (from + length > tailFrom + end) throw new UnreadableFile(fileRefusals.workbookDamaged);
  return readEntries(await readPart(source, from, length), count);
};

const readEntries = (bytes: Uint8Array, count: number): ReadonlyMap<string, ZipEntry> => {
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  const folded = new Set<string>();
  let total = 0;
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) throw new UnreadableFile(fileRefusals.workbookDamaged);
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const compressedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    if ((flags & 1) !== 0) throw new UnreadableFile(fileRefusals.passwordProtected);
    if (leavesItsFolder.test(name) || folded.has(name.toLowerCase())) throw new UnreadableFile(fileRefusals.workbookUnsafe);
    if (method !== 0 && method !== 8) throw new UnreadableFile(fileRefusals.workbookDamaged);
    total += size;
    if (size > largestPart || total > largestWorkbook || (size > smallPart && size > compressedSize * highestRatio)) {
      throw new UnreadableFile(fileRefusals.workbookTooLarge);
    }
    folded.add(name.toLowerCase());
    entries.set(name, { name, isStored: method === 0, compressedSize, size, offset: view.getUint32(at + 42, true) });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
