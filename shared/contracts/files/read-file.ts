import type { FileRefusal } from '../../domain/uploads/upload.ts';
import { ByteWindow } from './byte-window.ts';
import type { FeedDefinition, RowProblem } from './feed-definition.ts';
import { readHeader, type IgnoredColumn } from './file-header.ts';
import { fileRefusals } from './file-refusals.ts';
import { UnreadableFile } from './opening/unreadable-file.ts';
import { refuseBySignature } from './file-signature.ts';
import { longestRow, RowReader } from './row-reader.ts';

/** Where reading goes on. Reading from any state that was returned gives exactly the events that came after it. */
export interface ReadState {
  /** First byte of the next row. */
  readonly byteOffset: number;
  /** Rows under the header so far, blank ones counted, so that a row has the number that a spreadsheet shows, less the header. */
  readonly row: number;
  /** The feed's column names in the order of the file, '' where the feed has none; absent before the header was read. */
  readonly header?: readonly string[] | undefined;
  readonly delimiter?: string | undefined;
}

export type FileEvent =
  /** `missingColumns`: the feed's optional columns that the file does not have. `headerRow`: the line it is on; 1 is the first. */
  | {
      readonly kind: 'header';
      readonly headerRow: number;
      readonly ignoredColumns: readonly IgnoredColumn[];
      readonly missingColumns: readonly string[];
      readonly state: ReadState;
    }
  /**
   * `cells`: every column of the feed that the file has, trimmed. `sourceRow`: where the file says that the row comes from.
   * `unwrapped`: how many cells said `="0123"` and were read as what they mean.
   */
  | {
      readonly kind: 'row';
      readonly row: number;
      readonly sourceRow?: number;
      readonly cells: ReadonlyMap<string, string>;
      readonly unwrapped: number;
      readonly state: ReadState;
    }
  /** A row that could not be taken apart; those after it can. */
  | { readonly kind: 'bad-row'; readonly row: number; readonly sourceRow?: number; readonly problem: RowProblem; readonly state: ReadState }
  /** The last event of a file that is not what it should be. */
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  /** The last event of a file that was read to its end. `state.byteOffset` is then the size of the file. */
  | { readonly kind: 'end'; readonly state: ReadState };

const startOfFile: ReadState = { byteOffset: 0, row: 0 };

export interface ReadOptions {
  /** Passes over what stands above the column names, which is otherwise a reason to refuse the file. */
  readonly skipTitles?: boolean;
}

/**
 * Reads a partner's CSV file, in the browser and in Lambda alike, within 128 KB of memory whatever the file holds.
 *
 * @param chunks the file's bytes from `start.byteOffset` on, in pieces of any size
 * @param start a state that an earlier reading returned; left out for the whole file
 *
 * A file that is not CSV in UTF-8 is opened first (`opening/open-file.ts`): what it is opened as can be read here.
 */
export const readFile = async function* (
  feed: FeedDefinition,
  chunks: AsyncIterable<Uint8Array>,
  start: ReadState = startOfFile,
  options: ReadOptions = {},
): AsyncGenerator<FileEvent, void, void> {
  const window = new ByteWindow(chunks, start.byteOffset);
  try {
    yield* readEvents(feed, window, start, options);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { kind: 'refused', refusal: error.refusal };
  } finally {
    await window.close();
  }
};

const readEvents = async function* (
  feed: FeedDefinition,
  window: ByteWindow,
  start: ReadState,
  options: ReadOptions,
): AsyncGenerator<FileEvent, void, void> {
  const opening = start.header === undefined || start.delimiter === undefined ? await readHead(feed, window, options) : undefined;
  if (opening && 'refusal' in opening) {
    yield { kind: 'refused', refusal: opening.refusal };
    return;
  }
  const header = opening?.header ?? start.header ?? [];
  const delimiter = opening?.delimiter ?? start.delimiter ?? ',';
  const stateAt = (row: number): ReadState => ({ byteOffset: window.offsetOf(window.start), row, header, delimiter });
  if (opening) {
    const { headerRow, ignoredColumns, missingColumns } = opening;
    yield { kind: 'header', headerRow, ignoredColumns, missingColumns, state: stateAt(0) };
  }

  const rows = new RowReader(window, header, delimiter);
  let { row } = start;
  let anyRow = row > 0;
  for (;;) {
    const reading = rows.tryNext() ?? (await rows.next());
    if (reading === 'end') break;
    row += 1;
    if (reading === 'blank') continue;
    if ('refusal' in reading) {
      yield { kind: 'refused', refusal: reading.refusal };
      return;
    }
    anyRow = true;
    yield 'problem' in reading
      ? { kind: 'bad-row', row, ...from(reading), problem: reading.problem, state: stateAt(row) }
      : { kind: 'row', row, ...from(reading), cells: reading.cells, unwrapped: reading.unwrapped, state: stateAt(row) };
  }
  if (!anyRow && feed.kind === 'snapshot') yield { kind: 'refused', refusal: fileRefusals.noRows };
  else yield { kind: 'end', state: stateAt(row) };
};

const from = ({ sourceRow }: { readonly sourceRow?: number | undefined }) => (sourceRow === undefined ? {} : { sourceRow });

/** Fills the window, looks at what kind of file it is and reads the header; the window then starts at the first row. */
const readHead = async (feed: FeedDefinition, window: ByteWindow, options: ReadOptions) => {
  while (window.length < longestRow && !window.atEnd) await window.more();
  const head = window.bytes.subarray(window.start, window.end);
  const wrongKind = refuseBySignature(head);
  if (wrongKind) return { refusal: wrongKind };
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const reading = readHeader(feed, { bytes: window.bytes, from: mark, to: window.end, atEnd: window.atEnd }, options);
  if (!reading.ok) return { refusal: reading.refusal };
  window.start = reading.next;
  return reading;
};
