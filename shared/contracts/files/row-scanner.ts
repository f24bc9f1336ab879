const NUL = 0;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

/** More cells than this in one row are not kept. */
const mostCells = 1000;

/**
 * - `row`: a whole row, its cells can be read;
 * - `incomplete`: the bytes end before the row does;
 * - `malformed`: a quoted cell is followed by something else than a delimiter, or the file ends inside one; `next` is where to go on;
 * - `nul`: a NUL byte, which no text file has.
 */
export type Scan = 'row' | 'incomplete' | 'malformed' | 'nul';

/**
 * Finds one row of a delimited text file (RFC 4180) in bytes. It keeps no state between calls, so that reading can start
 * at any row; the fields describe the last scan. Quotes count only at the start of a cell, line ends are CRLF, LF or CR.
 */
export class RowScanner {
  /** First byte after the row and its line end. */
  next = 0;
  cellCount = 0;
  /** First byte after the first line end inside quotes, or -1: where the row ends if a quote was opened by mistake. */
  firstInnerLine = -1;
  readonly #delimiter: number;
  readonly #starts = new Int32Array(mostCells);
  readonly #ends = new Int32Array(mostCells);
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #ascii = true;
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Scans the row that starts at `from`. `atEnd`: the file ends at `to`. */
  scan(bytes: Uint8Array, from: number, to: number, atEnd: boolean): Scan {
    this.#bytes = bytes;
    this.#from = from;
    this.#ascii = true;
    this.cellCount = 0;
    this.firstInnerLine = -1;
    let at = from;
    for (;;) {
      const quoted = at < to && bytes[at] === QUOTE;
      const start = at;
      if (quoted) {
        at = this.#closingQuote(at + 1, to);
        if (at === -1) return 'nul';
        if (at >= to) return atEnd ? this.#malformedAt(to) : 'incomplete';
        this.#addCell(start, at + 1);
        at += 1;
        while (at < to && bytes[at] === SPACE && this.#delimiter !== SPACE) at += 1;
      } else {
        at = this.#cellEnd(at, to);
        if (at === -1) return 'nul';
        this.#addCell(start, at);
      }
      if (at >= to) {
        this.next = to;
        return atEnd ? 'row' : 'incomplete';
      }
      const byte = bytes[at];
      if (byte === this.#delimiter) {
        at += 1;
        continue;
      }
      if (byte === LF) {
        this.next = at + 1;
        return 'row';
      }
      if (byte === CR) {
        // Whether the line end is CR or CRLF shows only in the next byte.
        if (at + 1 >= to && !atEnd) return 'incomplete';
        this.next = at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1;
        return 'row';
      }
      const lineEnd = lineEndFrom(bytes, at, to, atEnd);
      if (this.firstInnerLine === -1 && lineEnd === -1 && !atEnd) return 'incomplete';
      return this.#malformedAt(lineEnd === -1 ? to : lineEnd);
    }
  }

  /** The row's cells as text, white space at both ends removed; undefined where its bytes are not UTF-8. */
  cells(): string[] | undefined {
    try {
      return this.#ascii ? this.#asciiCells() : this.#unicodeCells();
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }

  #malformedAt(next: number): Scan {
    this.next = this.firstInnerLine === -1 ? next : this.firstInnerLine;
    return 'malformed';
  }

  #addCell(start: number, end: number): void {
    if (this.cellCount >= mostCells) return;
    this.#starts[this.cellCount] = start;
    this.#ends[this.cellCount] = end;
    this.cellCount += 1;
  }

  /** The closing quote of a cell that opened before `at`; `to` or more where there is none, -1 at a NUL. */
  #closingQuote(at: number, to: number): number {
    const bytes = this.#bytes;
    for (; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        if (at + 1 >= to || bytes[at + 1] !== QUOTE) return at;
        at += 1;
      } else if (byte === NUL) return -1;
      else if (byte > 127) this.#ascii = false;
      else if (this.firstInnerLine === -1 && (byte === LF || byte === CR)) {
        this.firstInnerLine = byte === CR && at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1;
      }
    }
    return to;
  }

  /** The delimiter or line end that closes an unquoted cell, or `to`; -1 at a NUL. */
  #cellEnd(at: number, to: number): number {
    const bytes = this.#bytes;
    for (; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === this.#delimiter || byte === LF || byte === CR) return at;
      if (byte === NUL) return -1;
      if (byte > 127) this.#ascii = false;
    }
    return to;
  }

  #asciiCells(): string[] {
    // One decoding for the row: in ASCII a byte is a character, so that the bytes' offsets cut the text too.
    const text = this.#decoder.decode(this.#bytes.subarray(this.#from, this.next));
    const cells: string[] = [];
    for (let index = 0; index < this.cellCount; index += 1) {
      cells.push(plainText(text.slice((this.#starts[index] ?? 0) - this.#from, (this.#ends[index] ?? 0) - this.#from)));
    }
    return cells;
  }

  #unicodeCells(): string[] {
    const cells: string[] = [];
    for (let index = 0; index < this.cellCount; index += 1) {
      cells.push(plainText(this.#decoder.decode(this.#bytes.subarray(this.#starts[index], this.#ends[index]))));
    }
    return cells;
  }
}

const plainText = (raw: string): string => (raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw).trim();

/** First byte after the next line end, or -1 where it is not certain that one ends before `to`. */
export const lineEndFrom = (bytes: Uint8Array, from: number, to: number, atEnd: boolean): number => {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === LF) return at + 1;
    if (byte === CR) {
      if (at + 1 >= to && !atEnd) return -1;
      return at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1;
    }
  }
  return -1;
};
