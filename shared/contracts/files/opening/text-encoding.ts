import { fileRefusals } from '../file-refusals.ts';
import { joinedBytes } from '../joined-bytes.ts';
import type { FileSource } from './file-source.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { decodeWindows1252 } from './windows-1252.ts';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** UTF-16 by its mark or, without one, by every second byte of its English column names. */
export const utf16Of = (head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 64);
  if (sample.length < 8) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) <= sample.length * 0.4 || Math.min(even, odd) > 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
};

/**
 * Looks through a file that is not UTF-16 and says what its letters are written in. UTF-8 and Windows-1252 in one file is
 * refused: whichever were chosen, somebody's name would be wrong.
 */
export const encodingOf = async (source: FileSource): Promise<'utf-8' | 'windows-1252'> => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const chunk of source.read(0, source.size)) {
    // A NUL is refused where reading comes to it: until then nothing else must be said of the file.
    if (chunk.includes(0)) return 'utf-8';
    if (!decodes(decoder, chunk)) return asWindows1252(source);
  }
  return decodes(decoder) ? 'utf-8' : asWindows1252(source);
};

const decodes = (decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): boolean => {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

const asWindows1252 = async (source: FileSource): Promise<'windows-1252'> => {
  let afterLead = false;
  let first = true;
  for await (const chunk of source.read(0, source.size)) {
    if (first && chunk[0] === 0xef && chunk[1] === 0xbb) throw new UnreadableFile(fileRefusals.mixedEncodings);
    first = false;
    for (const byte of chunk) {
      // A letter of UTF-8 is bytes that no text in Windows-1252 has one after the other: Ã or â followed by a symbol.
      if (afterLead && byte >= 0x80 && byte <= 0xbf) throw new UnreadableFile(fileRefusals.mixedEncodings);
      afterLead = (byte >= 0xc0 && byte <= 0xc5) || byte === 0xe2;
    }
  }
  return 'windows-1252';
};

const encoder = new TextEncoder();
const pieceLength = 32 * 1024;

/** The file as UTF-8. */
export const asUtf8 = async function* (source: FileSource, encoding: Exclude<TextEncodingName, 'utf-8'>): AsyncGenerator<Uint8Array> {
  const decode = encoding === 'windows-1252' ? windowsDecoder() : utf16Decoder(encoding);
  for await (const chunk of source.read(0, source.size)) {
    for (let at = 0; at < chunk.length; at += pieceLength) yield encoder.encode(decode(chunk.subarray(at, at + pieceLength)));
  }
  const rest = decode();
  if (rest !== '') yield encoder.encode(rest);
};

type Decode = (chunk?: Uint8Array) => string;

const utf16Decoder = (encoding: 'utf-16le' | 'utf-16be'): Decode => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      if (error instanceof TypeError) throw new UnreadableFile(fileRefusals.unknownEncoding);
      throw error;
    }
  };
};

/** Pieces end where a word does, so that a word is looked at as a whole. */
const windowsDecoder = (): Decode => {
  let held: Uint8Array = new Uint8Array(0);
  return (chunk) => {
    const all = chunk === undefined ? held : joinedBytes(held, chunk);
    const end = chunk === undefined ? all.length : all.findLastIndex((byte) => byte < 0x30) + 1;
    // A word of more than 1 MB is none.
    const cut = end === 0 && all.length > 1024 * 1024 ? all.length : end;
    held = all.slice(cut);
    const text = decodeWindows1252(all.subarray(0, cut));
    if (text === undefined) throw new UnreadableFile(fileRefusals.unknownEncoding);
    return text;
  };
};
