import { csvLine } from '../csv-line.ts';
import type { RowProblem } from '../feed-definition.ts';
import { sourceRowColumn } from '../own-columns.ts';

const pieceLength = 64 * 1024;

/** What would be sent, made as the rows are read: CSV in UTF-8, the agreed columns and where each row stands in the sheet. */
export class SendableRows {
  readonly #encoder = new TextEncoder();
  readonly #head: Uint8Array<ArrayBuffer>;
  readonly #pieces: { readonly isGood: boolean; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  /** What is wrong with rows that the service would not take, by row of the sheet. */
  readonly problems = new Map<number, readonly RowProblem[]>();
  readonly counts = { all: 0, good: 0 };
  #text = '';
  #isGood = true;

  constructor(columns: readonly string[]) {
    this.#head = this.#encoder.encode(csvLine([sourceRowColumn, ...columns]));
  }

  add(row: number, cells: readonly string[], problems: readonly RowProblem[]): void {
    const isGood = problems.length === 0;
    this.counts.all += 1;
    if (isGood) this.counts.good += 1;
    else this.problems.set(row, problems);
    if (isGood !== this.#isGood || this.#text.length >= pieceLength) this.#close();
    this.#isGood = isGood;
    this.#text += csvLine([String(row), ...cells]);
  }

  /** The file in pieces: all rows, or the good ones only. */
  file(which: 'all' | 'good'): readonly Uint8Array<ArrayBuffer>[] {
    this.#close();
    return [this.#head, ...this.#pieces.filter(({ isGood }) => isGood || which === 'all').map(({ bytes }) => bytes)];
  }

  #close(): void {
    if (this.#text === '') return;
    this.#pieces.push({ isGood: this.#isGood, bytes: this.#encoder.encode(this.#text) });
    this.#text = '';
  }
}
