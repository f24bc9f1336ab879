import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import { csvLine } from '../../contracts/files/csv-line.ts';
import { sourceRowColumn } from '../../contracts/files/own-columns.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import type { FileRefusal } from '../../domain/uploads/upload.ts';

export type AgreedPart =
  /** The file has nothing but agreed columns. */
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'part';
      /** The agreed columns that the file has, in its order. */
      readonly columns: readonly string[];
      /** Columns of the feed that the agreement does not cover, and where in the file all that is left out stood (1 is the first). */
      readonly left: { readonly columns: readonly string[]; readonly positions: readonly number[] };
    }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal };

/** A file from which columns have to be taken is held in memory once. */
const largestToCut = 32 * 1024 * 1024;

const cannotCut = (why: string): FileRefusal => ({
  code: 'columns-not-agreed',
  message: `The file has columns that the data-sharing agreement does not cover. We leave such columns out before anybody reads the file, but could not here: ${why}.`,
  fix: 'Delete the columns that the agreement does not name, and send the file again.',
});

/** What of a file may be kept, told from its first row. */
export const findAgreedPart = async (
  feed: FeedDefinition,
  agreed: readonly string[],
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<AgreedPart> => {
  for await (const event of readFile(feed, chunks)) {
    if (event.kind === 'refused') return event;
    if (event.kind !== 'header') break;
    const header = event.state.header ?? [];
    const positions = header.flatMap((name, index) => (isKept(name, agreed) ? [] : [index + 1]));
    if (positions.length === 0) return { kind: 'whole' };
    if (size > largestToCut) return { kind: 'refused', refusal: cannotCut('it is too large') };
    return {
      kind: 'part',
      columns: header.filter((name) => isKept(name, agreed)),
      left: { columns: header.filter((name) => name !== '' && !isKept(name, agreed)), positions },
    };
  }
  throw new Error('a file without a first event');
};

/** Where a row stood in the sender's spreadsheet is our own column: it says nothing about anybody. */
const isKept = (name: string, agreed: readonly string[]): boolean => agreed.includes(name) || name === sourceRowColumn;

/**
 * The file with these columns only: what each row said in them, under the row number that it had. Of one file always the
 * same bytes. Undefined where a row cannot be taken apart into its cells.
 */
export const cutColumns = async (
  feed: FeedDefinition,
  columns: readonly string[],
  chunks: AsyncIterable<Uint8Array>,
): Promise<Uint8Array | undefined> => {
  const lines = [csvLine(columns)];
  for await (const event of readFile(feed, chunks)) {
    if (event.kind === 'bad-row' || event.kind === 'refused') return undefined;
    if (event.kind !== 'row') continue;
    while (lines.length < event.row) lines.push(csvLine([]));
    const cellOf = (name: string): string => (name === sourceRowColumn ? String(event.sourceRow ?? '') : (event.cells.get(name) ?? ''));
    lines.push(csvLine(columns.map(cellOf)));
  }
  return new TextEncoder().encode(lines.join(''));
};

export const rowsCannotBeCut = cannotCut('a row of it cannot be taken apart into its cells');
