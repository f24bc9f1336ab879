import type { FileRefusal } from '../../domain/uploads/upload.ts';
import { ByteWindow } from './byte-window.ts';
import type { FeedDefinition, RowProblem } from './feed-definition.ts';
import { foldHeader, readHeader, type IgnoredColumn } from './file-header.ts';
import { fileRefusals } from './file-refusals.ts';
import { refuseBySignature } from './file-signature.ts';
import { lineEndFrom, RowScanner } from './row-scanner.ts';

/** A row of more bytes than this is not read, however much memory there is. */
export const longestRow = 64 * 1024;
/** A cell of more characters than this is not read. */
const longestCell = 10_000;

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
  /** `missingColumns`: the feed's optional columns that the file does not have. */
  | {
      readonly kind: 'header';
      readonly ignoredColumns: readonly IgnoredColumn[];
      readonly missingColumns: readonly string[];
      readonly state: ReadState;
    }
  /** `cells`: every column of the feed that the file has, trimmed. */
  | { readonly kind: 'row'; readonly row: number; readonly cells: ReadonlyMap<string, string>; readonly state: ReadState }
  /** A row that could not be taken apart; those after it can. */
  | { readonly kind: 'bad-row'; readonly row: number; readonly problem: RowProblem; readonly state: ReadState }
  /** The last event of a file that is not what it should be. */
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  /** The last event of a file that was read to its end. `state.byteOffset` is then the size of the file. */
  | { readonly kind: 'end'; readonly state: ReadState };

const startOfFile: ReadState = { byteOffset: 0, row: 0 };

/**
 * Reads a partner's CSV file, in the browser and in Lambda alike, within 128 KB of memory whatever the file holds.
 *
 * @param chunks the file's bytes from `start.byteOffset` on, in pieces of any size
 * @param start a state that an earlier reading returned; left out for the whole file
 */
export const readFile = async function* (
  feed: FeedDefinition,
  chunks: AsyncIterable<Uint8Array>,
  start: ReadState = startOfFile,
): AsyncGenerator<FileEvent, void, void> {
  const window = new ByteWindow(chunks, start.byteOffset);
  try {
    const opening = start.header === undefined || start.delimiter === undefined ? await openFile(feed, window) : undefined;
    if (opening && 'refusal' in opening) {
      yield { kind: 'refused', refusal: opening.refusal };
      return;
    }
    const header = opening?.header ?? start.header ?? [];
    const delimiter = opening?.delimiter ?? start.delimiter ?? ',';
    const stateAt = (row: number): ReadState => ({ byteOffset: window.offsetOf(window.start), row, header, delimiter });
    if (opening) {
      const { ignoredColumns, missingColumns } = opening;
      yield { kind: 'header', ignoredColumns, missingColumns, state: stateAt(0) };
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
        ? { kind: 'bad-row', row, problem: reading.problem, state: stateAt(row) }
        : { kind: 'row', row, cells: reading.cells, state: stateAt(row) };
    }
    if (!anyRow && feed.kind === 'snapshot') yield { kind: 'refused', refusal: fileRefusals.noRows };
    else yield { kind: 'end', state: stateAt(row) };
  } finally {
    await window.close();
  }
};

/** Fills the window, looks at what kind of file it is and reads the header; the window then starts at the first row. */
const openFile = async (feed: FeedDefinition, window: ByteWindow) => {
  while (window.length < longestRow && !window.atEnd) await window.more();
  const head = window.bytes.subarray(window.start, window.end);
  const wrongKind = refuseBySignature(head);
  if (wrongKind) return { refusal: wrongKind };
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const reading = readHeader(feed, window.bytes, mark, window.end, window.atEnd);
  if (!reading.ok) return { refusal: reading.refusal };
  window.start = reading.next;
  return reading;
};

type Reading =
  { readonly cells: ReadonlyMap<string, string> } | { readonly problem: RowProblem } | { readonly refusal: FileRefusal } | 'blank' | 'end';

const problems = {
  rowTooLong: {
    code: 'row-too-long',
    message: 'The row is longer than 64 KB',
    fix: 'Look for a very long cell in this row and shorten it.',
  },
  quotes: {
    code: 'row-quotes',
    message: 'The quotes in this row do not match',
    fix: 'Remove the double quotes from the cells of this row, or write each as two inside a quoted cell.',
  },
  tooManyCells: {
    code: 'row-too-many-cells',
    message: 'The row has more cells than there are column names',
    fix: 'A comma inside a cell may be the reason: put double quotes around that cell, or export the file again.',
  },
  header: {
    code: 'row-is-header',
    message: 'This row repeats the column names',
    fix: 'Remove the row. Column names belong in the first row only.',
  },
  totals: { code: 'row-is-total', message: 'This looks like a row of totals, not a record', fix: 'Remove the row.' },
} as const satisfies Record<string, RowProblem>;

class RowReader {
  readonly #window: ByteWindow;
  readonly #header: readonly string[];
  readonly #scanner: RowScanner;

  constructor(window: ByteWindow, header: readonly string[], delimiter: string) {
    this.#window = window;
    this.#header = header;
    this.#scanner = new RowScanner(delimiter);
  }

  /** The next row where the window already holds it; undefined where more must be read first. */
  tryNext(): Reading | undefined {
    const window = this.#window;
    if (window.start >= window.end) return window.atEnd ? 'end' : undefined;
    // Never more than the longest row and its line end is looked at: what is read ahead must not change the outcome.
    const limit = window.start + longestRow + 2;
    const to = Math.min(window.end, limit);
    const scan = this.#scanner.scan(window.bytes, window.start, to, window.atEnd && to === window.end);
    if (scan === 'nul') return { refusal: fileRefusals.binary };
    if (scan === 'incomplete') {
      if (to < limit || this.#scanner.firstInnerLine === -1) return undefined;
      window.start = this.#scanner.firstInnerLine;
      return { problem: problems.quotes };
    }
    const reading = scan === 'malformed' ? { problem: problems.quotes } : this.#readCells();
    window.start = this.#scanner.next;
    return reading;
  }

  /** Reads on until there is a row, the end, or more than a row may have. */
  async next(): Promise<Reading> {
    for (;;) {
      const reading = this.tryNext();
      if (reading !== undefined) return reading;
      if (this.#window.length >= longestRow + 2) return this.#skipRow();
      await this.#window.more();
    }
  }

  /** Passes over a row that is too long, up to its line end, without keeping it. */
  async #skipRow(): Promise<Reading> {
    const window = this.#window;
    for (;;) {
      const lineEnd = lineEndFrom(window.bytes, window.start, window.end, window.atEnd);
      if (lineEnd !== -1) {
        window.start = lineEnd;
        return { problem: problems.rowTooLong };
      }
      if (window.atEnd) {
        window.start = window.end;
        return { problem: problems.rowTooLong };
      }
      // The last byte stays: it may be a CR whose LF comes next.
      window.start = Math.max(window.start, window.end - 1);
      await window.more();
    }
  }

  #readCells(): Reading {
    const texts = this.#scanner.cells();
    if (texts === undefined) return { refusal: fileRefusals.notUtf8 };
    const filled = texts.reduce((count, text) => (text === '' ? count : count + 1), 0);
    if (filled === 0) return 'blank';
    const long = texts.findIndex((text) => text.length > longestCell);
    if (long !== -1) return { problem: this.#cellTooLong(this.#header[long]) };
    if (texts.length > this.#header.length && texts.slice(this.#header.length).some((text) => text !== '')) {
      return { problem: problems.tooManyCells };
    }
    if (filled <= this.#header.length / 2 && /^(?:grand |sub-?)?totals?:?$/i.test(texts.find((text) => text !== '') ?? '')) {
      return { problem: problems.totals };
    }
    if (this.#header.every((name, index) => name === '' || foldHeader(texts[index] ?? '') === foldHeader(name)))
      return { problem: problems.header };
    const cells = new Map<string, string>();
    this.#header.forEach((name, index) => {
      if (name !== '') cells.set(name, texts[index] ?? '');
    });
    return { cells };
  }

  #cellTooLong(column: string | undefined): RowProblem {
    return {
      ...(column === undefined || column === '' ? {} : { column }),
      code: 'cell-too-long',
      message: `The cell holds more than ${longestCell.toLocaleString('en-GB')} characters`,
      fix: 'Shorten it. A quote that is opened and not closed can have this effect too.',
    };
  }
}
