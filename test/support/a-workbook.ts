import { strToU8, zipSync, type Zippable } from 'fflate';

/** Raw XML of one cell's inside, or text for a shared string, or a number. */
export type SheetCell = string | number | boolean | { readonly xml: string; readonly type?: string; readonly style?: number } | undefined;

interface SheetOf {
  readonly name?: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  /** By row; undefined is a row that the sheet leaves out. */
  readonly rows?: readonly (readonly SheetCell[] | undefined)[];
  /** The whole part, in place of rows. */
  readonly xml?: string;
}

export interface WorkbookOf {
  readonly sheets: readonly SheetOf[];
  /** Format codes of the cell styles 1, 2, …; a number is a built-in format. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
  /** Parts added, or put in place of those made here. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export const columnLetters = (column: number): string =>
  column > 26 ? columnLetters(Math.floor((column - 1) / 26)) + columnLetters(((column - 1) % 26) + 1) : String.fromCharCode(64 + column);

/** An .xlsx as Excel lays it out: sheets before the shared strings that they refer to. */
export const aWorkbook = ({ sheets, formats = [], date1904 = false, parts = {} }: WorkbookOf): Uint8Array => {
  const texts: string[] = [];
  const cellXml = (cell: SheetCell, address: string): string => {
    if (cell === undefined) return '';
    if (typeof cell === 'string') return `<c r="${address}" t="s"><v>${String(texts.push(cell) - 1)}</v></c>`;
    if (typeof cell === 'boolean') return `<c r="${address}" t="b"><v>${cell ? '1' : '0'}</v></c>`;
    if (typeof cell === 'number') return `<c r="${address}"><v>${String(cell)}</v></c>`;
    const attributes = `${cell.type === undefined ? '' : ` t="${cell.type}"`}${cell.style === undefined ? '' : ` s="${String(cell.style)}"`}`;
    return `<c r="${address}"${attributes}>${cell.xml}</c>`;
  };
  const sheetXml = ({ rows = [], xml }: SheetOf): string =>
    xml ??
    `${declared}<worksheet xmlns="${main}"><sheetData>${rows
      .map((row, index) =>
        row === undefined
          ? ''
          : `<row r="${String(index + 1)}">${row.map((cell, at) => cellXml(cell, `${columnLetters(at + 1)}${String(index + 1)}`)).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`;
  const sheetParts = sheets.map((sheet, index) => [`xl/worksheets/sheet${String(index + 1)}.xml`, sheetXml(sheet)] as const);
  const all: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${declared}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${declared}<Relationships><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${declared}<Relationships>${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${String(index + 1)}" Type="${rel}/worksheet" Target="worksheets/sheet${String(index + 1)}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rIdS" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="${rel}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/workbook.xml': `${declared}<workbook xmlns="${main}" xmlns:r="${rel}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state = 'visible' }, index) =>
          `<sheet name="${escaped(name ?? `Sheet${String(index + 1)}`)}" sheetId="${String(index + 1)}"${state === 'visible' ? '' : ` state="${state}"`} r:id="rId${String(index + 1)}"/>`,
      )
      .join('')}</sheets></workbook>`,
    ...Object.fromEntries(sheetParts),
    'xl/styles.xml': `${declared}<styleSheet xmlns="${main}"><numFmts>${formats
      .map((format, index) =>
        typeof format === 'string' ? `<numFmt numFmtId="${String(164 + index)}" formatCode="${escaped(format)}"/>` : '',
      )
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((format, index) => `<xf numFmtId="${String(typeof format === 'string' ? 164 + index : format)}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${declared}<sst xmlns="${main}">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...parts,
  };
  const files: Zippable = Object.fromEntries(
    Object.entries(all).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]),
  );
  return zipSync(files, { level: 6 });
};
