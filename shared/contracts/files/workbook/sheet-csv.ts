import { csvLine } from '../csv-line.ts';
import { fileRefusals } from '../file-refusals.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';
import { numberCellText, unescaped } from './cell-text.ts';
import { readSheetXml, type SheetPart, type Workbook } from './workbook-parts.ts';

const mostColumns = 1_000;
const mostRows = 1_048_576;
const longestKept = 12_000;
const pieceLength = 32 * 1024;

/** What a cell shows whose formula was never worked out. */
const noResult = '#UNKNOWN!';

/**
 * A sheet as CSV in UTF-8, every row of the sheet on a line of its own, empty ones included, so that rows keep their numbers.
 * Cells say what the sheet shows: dates as dates, results and not formulas, numbers with the zeros that their format gives them.
 */
export const sheetCsv = async function* (workbook: Workbook, sheet: SheetPart): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const rows = new SheetRows(workbook);
  for await (const _ of readSheetXml(workbook, sheet, rows.handlers)) {
    if (rows.written.length >= pieceLength) yield encoder.encode(rows.take());
  }
  yield encoder.encode(rows.take());
};

class SheetRows {
  written = '';
  readonly #workbook: Workbook;
  #row = 0;
  #column = 0;
  #cells: string[] = [];
  #type = 'n';
  #style = 0;
  #value = '';
  #hasFormula = false;
  #hasValue = false;
  #inValue = false;
  #inPhonetic = false;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  take(): string {
    const { written } = this;
    this.written = '';
    return written;
  }

  readonly handlers = {
    open: (name: string, attributes: Readonly<Record<string, string>>): void => {
      switch (name) {
        case 'row':
          this.#openRow(attributes['r']);
          return;
        case 'c':
          this.#openCell(attributes);
          return;
        case 'v':
        case 't':
          this.#inValue = !this.#inPhonetic;
          this.#hasValue = true;
          return;
        case 'f':
          this.#hasFormula = true;
          return;
        case 'rPh':
          this.#inPhonetic = true;
          return;
      }
    },
    text: (text: string): void => {
      if (this.#inValue && this.#value.length < longestKept) this.#value += text.slice(0, longestKept);
    },
    close: (name: string): void => {
      switch (name) {
        case 'v':
        case 't':
          this.#inValue = false;
          return;
        case 'rPh':
          this.#inPhonetic = false;
          return;
        case 'c':
          this.#closeCell();
          return;
        case 'row':
          this.written += csvLine(this.#cells, '\n');
          return;
      }
    },
  };

  #openRow(given: string | undefined): void {
    const row = given === undefined ? this.#row + 1 : Number(given);
    if (!Number.isInteger(row) || row <= this.#row || row > mostRows) throw new UnreadableFile(fileRefusals.workbookDamaged);
    this.written += '\n'.repeat(row - this.#row - 1);
    this.#row = row;
    this.#column = 0;
    this.#cells = [];
  }

  #openCell({ r: address, t: type = 'n', s: style = '0' }: Readonly<Record<string, string>>): void {
    this.#column = address === undefined ? this.#column + 1 : columnOf(address);
    this.#type = type;
    this.#style = Number(style);
    this.#value = '';
    this.#hasFormula = false;
    this.#hasValue = false;
  }

  #closeCell(): void {
    const text = this.#text();
    if (text === '') return;
    if (this.#column > mostColumns) throw new UnreadableFile(fileRefusals.tooManyColumns(200));
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells[this.#column - 1] = text;
  }

  #text(): string {
    if (!this.#hasValue) return this.#hasFormula ? noResult : '';
    switch (this.#type) {
      case 's':
        return this.#workbook.texts[Number(this.#value)] ?? '';
      case 'b':
        return this.#value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'n':
        return numberCellText(this.#value, this.#style, this.#workbook.styles);
      default:
        return unescaped(this.#value);
    }
  }
}

/** `C12` → 3 */
const columnOf = (address: string): number => {
  let column = 0;
  for (const letter of address) {
    const code = letter.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  if (column === 0 || column > 16_384) throw new UnreadableFile(fileRefusals.workbookDamaged);
  return column;
};
