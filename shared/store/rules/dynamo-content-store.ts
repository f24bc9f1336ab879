import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { ContentStore } from '../../services/rules/rule-set-repository.ts';
import type { DocumentTable } from '../document-table.ts';
import { contentKey, contentPartKey, schemaVersion } from './rule-set-items.ts';

/** An item takes 400 KB. */
const largestPart = 350 * 1024;

const headSchema = z.object({ parts: z.int().positive() });
const partSchema = z.object({ packed: z.instanceof(Uint8Array) });

/**
 * Texts under their hash, deflated, in as many parts as they need. The head is written last: where it is there, all of it is. Written by
 * anybody at any time, it is always the same.
 */
export const dynamoContentStore = (table: DocumentTable): ContentStore => {
  const kept = new Set<string>();
  return {
    keep: async (sha256, text) => {
      if (kept.has(sha256)) return;
      if ((await table.get(contentKey(sha256), headSchema)) === undefined) {
        const packed = deflateRawSync(Buffer.from(text, 'utf8'));
        const parts = Math.ceil(packed.length / largestPart);
        for (let part = 0; part < parts; part++)
          await table.putIfAbsent({
            ...contentPartKey(sha256, part),
            packed: packed.subarray(part * largestPart, (part + 1) * largestPart),
            schemaVersion,
          });
        await table.putIfAbsent({ ...contentKey(sha256), parts, schemaVersion });
      }
      kept.add(sha256);
    },

    find: async (sha256) => {
      const head = await table.get(contentKey(sha256), headSchema);
      if (head === undefined) return undefined;
      const parts = await Promise.all(Array.from({ length: head.parts }, (_, part) => table.get(contentPartKey(sha256, part), partSchema)));
      return inflateRawSync(Buffer.concat(parts.map((part) => part?.packed ?? new Uint8Array()))).toString('utf8');
    },
  };
};
