import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { sealedInputsSchema, type SealedInputs } from '../../domain/eligibility/replay/determination-record.ts';
import type { Item } from '../write.ts';
import { inputsKey } from './family-items.ts';

/** An item takes 400 KB; a row takes some 60 bytes of it. */
const largestPart = 350 * 1024;

export const inputsPartSchema = z.object({ parts: z.int().positive(), packed: z.instanceof(Uint8Array) });

export const inputsItems = (inputs: SealedInputs, ends: object): Item[] => {
  const packed = deflateRawSync(Buffer.from(JSON.stringify(inputs), 'utf8'));
  const parts = Math.max(1, Math.ceil(packed.length / largestPart));
  return Array.from({ length: parts }, (_, part) => ({
    ...inputsKey(inputs.familyId, inputs.version, part),
    parts,
    packed: packed.subarray(part * largestPart, (part + 1) * largestPart),
    ...ends,
  }));
};

export const unpackInputs = (parts: readonly Uint8Array[]): SealedInputs =>
  sealedInputsSchema.parse(JSON.parse(inflateRawSync(Buffer.concat(parts)).toString('utf8')));
