import type { FileRefusal } from '../../domain/uploads/upload.ts';
import type { ByteWindow } from './byte-window.ts';
import type { RowProblem } from './feed-definition.ts';
import { foldHeader } from './file-header.ts';
import { fileRefusals } from './file-refusals.ts';
import { carriedColumns, sourceFaultColumn, sourceRowColumn } from './own-columns.ts';
import { lineEndFrom, RowScanner } from './row-scanner.ts';
import { textOfFormula } from './spreadsheet-damage.ts';

/** A row of more bytes than this is not read, however much memory there is. */
export const longestRow = 64 * 1024;
/** A cell of more characters than this is not read. */
const longestCell = 10_000;

type Reading =
  | { readonly cells: ReadonlyMap<string, string>; readonly sourceRow: number | undefined; readonly unwrapped: number }
  | { readonly problem: RowProblem; readonly sourceRow?: number | undefined }
  | { readonly refusal: FileRefusal }
  | 'blank'
  | 'end';

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

/** Takes one row after the other out of a window. */
export class RowReader {
  readonly #window: ByteWindow;
  readonly #header: readonly string[];
  readonly #scanner: RowScanner;
  readonly #sourceRowIndex: number;
  readonly #sourceFaultIndex: number;

  constructor(window: ByteWindow, header: readonly string[], delimiter: string) {
    this.#window = window;
    this.#header = header;
    this.#scanner = new RowScanner(delimiter);
    this.#sourceRowIndex = header.indexOf(sourceRowColumn);
    this.#sourceFaultIndex = header.indexOf(sourceFaultColumn);
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
    const sourceRow = this.#sourceRow(texts);
    const problem = this.#problemOf(texts, filled);
    if (problem) return { problem, sourceRow };
    let unwrapped = 0;
    const cells = new Map<string, string>();
    this.#header.forEach((name, index) => {
      if (name === '' || carriedColumns.includes(name)) return;
      const text = texts[index] ?? '';
      const meant = text.startsWith('=') ? textOfFormula(text) : undefined;
      if (meant !== undefined) unwrapped += 1;
      cells.set(name, meant ?? text);
    });
    return { cells, sourceRow, unwrapped };
  }

  #problemOf(texts: readonly string[], filled: number): RowProblem | undefined {
    const fault = this.#sourceFaultIndex === -1 ? undefined : texts[this.#sourceFaultIndex];
    if (fault) return faultOf(fault, this.#header);
    const long = texts.findIndex((text) => text.length > longestCell);
    if (long !== -1) return cellTooLong(this.#header[long]);
    if (texts.length > this.#header.length && texts.slice(this.#header.length).some((text) => text !== '')) return problems.tooManyCells;
    if (filled <= this.#header.length / 2 && /^(?:grand |sub-?)?totals?:?$/i.test(texts.find((text) => text !== '') ?? '')) {
      return problems.totals;
    }
    return this.#header.every((name, index) => name === '' || foldHeader(texts[index] ?? '') === foldHeader(name))
      ? problems.header
      : undefined;
  }

  #sourceRow(texts: readonly string[]): number | undefined {
    const text = this.#sourceRowIndex === -1 ? '' : (texts[this.#sourceRowIndex] ?? '');
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
  }
}

const cellTooLong = (column: string | undefined): RowProblem => ({
  ...(column === undefined || column === '' ? {} : { column }),
  code: 'cell-too-long',
  message: `The cell holds more than ${longestCell.toLocaleString('en-GB')} characters`,
  fix: 'Shorten it. A quote that is opened and not closed can have this effect too.',
});

/** How `source_fault` says what is wrong with a row. */
export const faultText = ({ code, column }: RowProblem): string => (column === undefined ? code : `${code} ${column}`);

/** What it says; of a code that nobody gives, that the row could not be read. */
const faultOf = (text: string, header: readonly string[]): RowProblem => {
  const [code, column] = text.split(' ', 2);
  if (code === 'cell-too-long') return cellTooLong(header.find((name) => name === column));
  return Object.values(problems).find((problem) => problem.code === code) ?? problems.quotes;
};
