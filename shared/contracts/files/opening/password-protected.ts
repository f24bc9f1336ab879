import { readPart, type FileSource } from './file-source.ts';

/** What the list of streams in an encrypted workbook names: `EncryptedPackage`, in UTF-16. */
const mark = Array.from('EncryptedPackage').flatMap((letter) => [letter.charCodeAt(0), 0]);

const sectorsLookedAt = 8;

const includesMark = (bytes: Uint8Array): boolean => {
  for (let at = bytes.indexOf(mark[0] ?? 0); at !== -1; at = bytes.indexOf(mark[0] ?? 0, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
};

/** An Office file with a password is an old-style compound file around the encrypted one; its directory sector says so. */
export const isPasswordProtected = async (source: FileSource, head: Uint8Array): Promise<boolean> => {
  if (includesMark(head) || head.length < 52) return includesMark(head);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const sectorSize = 2 ** Math.min(12, view.getUint16(30, true));
  return includesMark(await readPart(source, (view.getUint32(48, true) + 1) * sectorSize, sectorSize * sectorsLookedAt));
};
