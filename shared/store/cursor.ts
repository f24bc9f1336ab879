import * as z from 'zod';
import { Refusal } from '../services/refusal.ts';

/** Our keys are ASCII: anything else (half a surrogate pair, say) is not ours, and DynamoDB may answer it with an error. */
const partSchema = z.string().regex(/^[\x20-\x7e]{1,300}$/);

/**
 * Where a page ended, opaque to the caller. It holds the sort keys only: the partition is always the one asked for, so a
 * cursor cannot lead into another list.
 */
export const encodeCursor = (parts: readonly string[]): string => Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');

/** Throws the refusal `invalid-cursor` for anything that `encodeCursor` did not make. */
export const decodeCursor = (cursor: string, length: number): readonly string[] => {
  const parsed = z
    .array(partSchema)
    .length(length)
    .safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw new Refusal('invalid-cursor');
  return parsed.data;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
