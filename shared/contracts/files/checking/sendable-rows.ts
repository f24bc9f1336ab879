import { csvLine } from '../csv-line.ts';
import { sourceRowColumn } from '../own-columns.ts';

const pieceLength = 64 * 1024;

/** What would be sent, made as the rows are read: CSV in UTF-8, the agreed columns and where each row stands in the sheet. */
export class SendableRows {
  readonly #encoder = new TextEncoder();
  readonly #head: Uint8Array<ArrayBuffer>;
  readonly #pieces: { readonly isGood: boolean; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  #text = '';
  #isGood = true;

  constructor(columns: readonly string[]) {
    this.#head = this.#encoder.encode(csvLine([sourceRowColumn, ...columns]));
  }

  add(row: number, cells: readonly string[], isGood: boolean): void {
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
