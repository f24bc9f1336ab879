import * as fc from 'fast-check';
import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import type { FileEvent, ReadState } from '#shared/contracts/files/read-file.ts';

const encoder = new TextEncoder();

export const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? encoder.encode(content) : content);

/** The bytes in pieces of the given sizes, over and over; a zero is an empty piece. */
export const inPieces = async function* (bytes: Uint8Array, sizes: readonly number[] = [65_536]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 65_536;
    yield await Promise.resolve(bytes.slice(at, at + size));
    at += size;
  }
};

export const collect = async (events: AsyncIterable<FileEvent>): Promise<FileEvent[]> => {
  const all: FileEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

/** Everything that reading says about a file. */
export const readAll = (
  content: string | Uint8Array,
  options: { readonly feed?: FeedDefinition; readonly sizes?: readonly number[]; readonly start?: ReadState } = {},
): Promise<FileEvent[]> => {
  const { feed = feeds.suspensions, sizes, start } = options;
  const bytes = bytesOf(content).subarray(start?.byteOffset ?? 0);
  return collect(readFile(feed, inPieces(bytes, sizes), start));
};

export const rowsOf = (events: readonly FileEvent[]) => events.filter((event) => event.kind === 'row');

export const refusalOf = (events: readonly FileEvent[]) => {
  const last = events.at(-1);
  return last?.kind === 'refused' ? last.refusal : undefined;
};

/** Codes of bad rows by row number. */
export const badRows = (events: readonly FileEvent[]) =>
  Object.fromEntries(events.flatMap((event) => (event.kind === 'bad-row' ? [[event.row, event.problem.code]] : [])));

/** Text of any UTF-16 code units, lone surrogates and control characters among them. */
export const anyText = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units));
