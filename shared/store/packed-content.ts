import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { DocumentTable } from './document-table.ts';
import { expiry } from './expiry.ts';
import type { Write } from './write.ts';

/** DynamoDB's own limit is 400 KB for an item; a transaction takes 4 MB. */
const bytesPerItem = 350_000;
const mostItems = 10;

const partSchema = z.object({ part: z.int().nonnegative(), bytes: z.instanceof(Uint8Array) });

/** Writes of one JSON text that may be larger than an item, compressed, in as many items as it takes; each is put once. */
export const packedWrites = (
  table: DocumentTable,
  {
    partition,
    prefix,
    text,
    expiresOn,
  }: { readonly partition: string; readonly prefix: string; readonly text: string; readonly expiresOn: string },
): readonly Write[] => {
  const packed = gzipSync(text);
  const count = Math.ceil(packed.byteLength / bytesPerItem);
  if (count > mostItems) throw new RangeError('too large for one transaction');
  return Array.from({ length: count }, (_, part) =>
    table.putWrite(
      {
        pk: partition,
        sk: `${prefix}${String(part).padStart(2, '0')}`,
        part,
        bytes: new Uint8Array(packed.subarray(part * bytesPerItem, (part + 1) * bytesPerItem)),
        ...expiry(expiresOn),
        schemaVersion: 1,
      },
      { kind: 'absent', path: 'pk' },
    ),
  );
};

/** The text, or undefined where there is none. */
export const readPacked = async (table: DocumentTable, partition: string, prefix: string): Promise<string | undefined> => {
  const parts = await table.queryAll({ partition, beginsWith: prefix }, partSchema);
  if (parts.length === 0) return undefined;
  return gunzipSync(Buffer.concat(parts.toSorted((a, b) => a.part - b.part).map(({ bytes }) => bytes))).toString('utf8');
};
