import type { FileRefusal } from '../../domain/uploads/upload.ts';
import { fileRefusals } from './file-refusals.ts';

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);

const signatures: readonly { readonly bytes: readonly number[]; readonly refusal: FileRefusal }[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], refusal: fileRefusals.officeDocument },
  { bytes: [0x25, 0x50, 0x44, 0x46], refusal: fileRefusals.pdf },
  { bytes: [0x1f, 0x8b], refusal: fileRefusals.zip },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], refusal: fileRefusals.zip },
  { bytes: [0x52, 0x61, 0x72, 0x21], refusal: fileRefusals.zip },
  { bytes: [0xff, 0xfe], refusal: fileRefusals.utf16 },
  { bytes: [0xfe, 0xff], refusal: fileRefusals.utf16 },
  { bytes: [0x89, 0x50, 0x4e, 0x47], refusal: fileRefusals.binary },
  { bytes: [0xff, 0xd8, 0xff], refusal: fileRefusals.binary },
];

/** What the first bytes of a file say it is, where that is not text; undefined where they may be CSV. */
export const refuseBySignature = (head: Uint8Array): FileRefusal | undefined => {
  const known = signatures.find(({ bytes }) => startsWith(head, bytes));
  if (known) return known.refusal;
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    const text = new TextDecoder('latin1').decode(head.subarray(0, 8192));
    return text.includes('xl/') || text.includes('[Content_Types].xml') ? fileRefusals.excel : fileRefusals.zip;
  }
  if (looksLikeUtf16(head)) return fileRefusals.utf16;
  const firstText = new TextDecoder('latin1').decode(head.subarray(0, 256)).replace(/^ï»¿/, '').trimStart();
  if (/^<(?:!doctype|html|\?xml|table|[a-z]+[ >])/i.test(firstText)) return fileRefusals.webPage;
  if (/^(?:\{|\[)\s*["{[]/.test(firstText)) return fileRefusals.json;
  return isHardlyText(head.subarray(0, 256)) ? fileRefusals.binary : undefined;
};

/** More than one byte in twenty that no text has; of bytes at random it is one in ten. */
const isHardlyText = (sample: Uint8Array): boolean => {
  const controls = sample.filter((byte) => (byte > 0 && byte < 9) || (byte > 13 && byte < 32) || byte === 127).length;
  return controls * 20 > sample.length;
};

/** Without a byte order mark: every second byte of English text in UTF-16 is NUL. */
const looksLikeUtf16 = (head: Uint8Array): boolean => {
  const sample = head.subarray(0, 64);
  if (sample.length < 8) return false;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > sample.length * 0.4 && Math.min(even, odd) === 0;
};
