import { createHash } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../../contracts/parse-json.ts';
import { Refusal } from '../refusal.ts';

/** Our keys are ASCII: anything else (half a surrogate pair, say) is not ours, and DynamoDB may answer it with an error. */
const partSchema = z.string().regex(/^[\x20-\x7e]{1,300}$/);

/** Tells lists apart, and says nothing about them. */
const markOf = (list: string): string => createHash('sha256').update(list, 'utf8').digest('base64url').slice(0, 8);

/**
 * Where a page ended, opaque to the caller. `list` names what is paged through: the same position of another list is no place
 * there, and is refused instead of answered with a page that looks right.
 */
export const encodeCursor = (list: string, parts: readonly string[]): string =>
  Buffer.from(JSON.stringify([markOf(list), ...parts]), 'utf8').toString('base64url');

/** Throws the refusal `invalid-cursor` for anything that `encodeCursor` did not make for this list. */
export const decodeCursor = (list: string, cursor: string, length: number): readonly string[] => {
  const parsed = z
    .array(partSchema)
    .length(length + 1)
    .safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  const [mark, ...parts] = parsed.data ?? [];
  if (mark !== markOf(list)) throw new Refusal('invalid-cursor');
  return parts;
};

/** A cursor that counts. */
export const encodeCount = (list: string, count: number): string => encodeCursor(list, [String(count)]);

export const decodeCount = (list: string, cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const [count = ''] = decodeCursor(list, cursor, 1);
  if (!/^[1-9]\d{0,5}$/.test(count)) throw new Refusal('invalid-cursor');
  return Number(count);
};
