import type { FileForm } from '../../../domain/uploads/upload.ts';
import { refuseBySignature } from '../file-signature.ts';
import type { FeedDefinition } from '../feed-definition.ts';
import { fileRefusals } from '../file-refusals.ts';
import { readPart, type FileSource } from './file-source.ts';
import { isPasswordProtected } from './password-protected.ts';
import { asUtf8, encodingOf, utf16Of } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A file of any form that partners send, as the CSV in UTF-8 that `readFile` takes. */
export interface OpenedFile {
  readonly form: FileForm;
  /** Of a workbook: the sheet that is read, how many others there are, and how many of those nobody sees. */
  readonly sheet?: { readonly name: string; readonly others: number; readonly hidden: number };
  /**
   * The CSV from byte `from` on. It is the same on every reading, so that an offset in it is a place to go on from; of a file
   * that is UTF-8 already it is the file itself, and only then is anything left unread that comes before.
   * Throws `UnreadableFile` on the way where the file turns out not to be what it should be.
   */
  readonly csv: (from?: number) => AsyncIterable<Uint8Array>;
}

const headLength = 8 * 1024;

/**
 * Finds out what a file is and opens it. The same code in the browser and in Lambda, within 64 MB whatever the file holds.
 * Throws `UnreadableFile` with the reason where it is nothing that can be read.
 *
 * @param knownForm what an earlier opening of the very same bytes found: spares looking through all of a text
 */
export const openFile = async (feed: FeedDefinition, source: FileSource, knownForm?: FileForm): Promise<OpenedFile> => {
  const form = knownForm ?? (await formOf(source));
  switch (form) {
    case 'workbook':
      return { form, ...(await openWorkbook(feed, source)) };
    case 'utf-8':
      return { form, csv: (from = 0) => (from < source.size ? source.read(from, source.size) : nothing()) };
    default:
      return { form, csv: (from = 0) => withoutFirst(from, asUtf8(source, form)) };
  }
};

const formOf = async (source: FileSource): Promise<FileForm> => {
  const head = await readPart(source, 0, headLength);
  const utf16 = utf16Of(head);
  if (utf16) return utf16;
  const refusal = refuseBySignature(head);
  if (refusal === fileRefusals.excel) return 'workbook';
  // Workbooks whose first part does not tell are recognised by their list of parts.
  if (refusal === fileRefusals.zip && head[0] === 0x50) return 'workbook';
  if (refusal === fileRefusals.officeDocument && (await isPasswordProtected(source, head))) {
    throw new UnreadableFile(fileRefusals.passwordProtected);
  }
  if (refusal) throw new UnreadableFile(refusal);
  return encodingOf(source);
};

/** Unzipping and XML are loaded where there is a workbook, and nowhere else. */
const openWorkbook = async (feed: FeedDefinition, source: FileSource): Promise<Omit<OpenedFile, 'form'>> => {
  const { openSheet } = await import('../workbook/open-sheet.ts');
  const { csv, ...sheet } = await openSheet(feed, source);
  return { sheet, csv: (from = 0) => withoutFirst(from, csv()) };
};

const nothing = async function* (): AsyncGenerator<Uint8Array> {
  // No bytes.
};

const withoutFirst = async function* (count: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of bytes) {
    if (left < piece.length) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
};
