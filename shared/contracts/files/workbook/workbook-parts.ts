import { fileRefusals } from '../file-refusals.ts';
import type { FileSource } from '../opening/file-source.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';
import { unescaped, type CellStyles } from './cell-text.ts';
import { numberFormat, type NumberFormat } from './number-format.ts';
import { readWholeXml, readXml, type XmlHandlers } from './read-xml.ts';
import { unzipEntry } from './unzip-entry.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

export interface SheetPart {
  readonly name: string;
  readonly isVisible: boolean;
  readonly entry: ZipEntry;
}

export interface Workbook {
  readonly source: FileSource;
  readonly sheets: readonly SheetPart[];
  readonly styles: CellStyles;
  /** Texts that cells refer to by number. */
  readonly texts: readonly string[];
}

const mostSheets = 100;
/** Characters of all shared texts together. */
const mostText = 48_000_000;
const mostTexts = 2_000_000;
/** More of one text is not kept: a cell this long is refused anyway. */
const longestKept = 12_000;

const damaged = (): UnreadableFile => new UnreadableFile(fileRefusals.workbookDamaged);

/** Everything of a workbook but its rows. */
export const readWorkbook = async (source: FileSource): Promise<Workbook> => {
  const directory = await readZipDirectory(source);
  refuseOtherKinds(directory);
  const rootRelations = await readRelations(source, directory, '_rels/.rels', '');
  const bookPath = rootRelations.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const bookEntry = directory.get(bookPath);
  if (!bookEntry) throw directory.has('[Content_Types].xml') ? damaged() : new UnreadableFile(fileRefusals.zip);
  const folder = bookPath.slice(0, bookPath.lastIndexOf('/') + 1);
  const relations = await readRelations(source, directory, `${folder}_rels/${bookPath.slice(folder.length)}.rels`, folder);
  const partOf = (kind: string): ZipEntry | undefined => {
    const relation = relations.find(({ type }) => type.endsWith(`/${kind}`));
    return relation === undefined ? undefined : directory.get(relation.target);
  };
  const book = await readBook(source, bookEntry);
  const sheets = book.sheets.flatMap(({ name, isVisible, relation }) => {
    const found = relations.find(({ id }) => id === relation);
    const entry = found?.type.endsWith('/worksheet') === true ? directory.get(found.target) : undefined;
    return entry ? [{ name, isVisible, entry }] : [];
  });
  return {
    source,
    sheets,
    styles: { formats: await readFormats(source, partOf('styles')), since1904: book.since1904 },
    texts: await readSharedTexts(source, partOf('sharedStrings')),
  };
};

const refuseOtherKinds = (directory: ReadonlyMap<string, ZipEntry>): void => {
  for (const name of directory.keys()) {
    if (/vbaProject\.bin$/i.test(name)) throw new UnreadableFile(fileRefusals.workbookWithMacros);
    if (/^xl\/workbook\.bin$/i.test(name) || name === 'mimetype') throw new UnreadableFile(fileRefusals.officeDocument);
    if (/^(?:word|ppt)\//i.test(name)) throw new UnreadableFile(fileRefusals.officeDocument);
    if (name === 'EncryptedPackage') throw new UnreadableFile(fileRefusals.passwordProtected);
  }
};

interface Relation {
  readonly id: string;
  readonly type: string;
  /** From the root of the zip. */
  readonly target: string;
}

const readRelations = async (
  source: FileSource,
  directory: ReadonlyMap<string, ZipEntry>,
  path: string,
  folder: string,
): Promise<readonly Relation[]> => {
  const entry = directory.get(path);
  const relations: Relation[] = [];
  if (!entry) return relations;
  await readPartXml(source, entry, {
    open: (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
      // What lies outside the workbook is not fetched and does not exist here.
      if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined || mode === 'External') return;
      relations.push({ id, type, target: target.startsWith('/') ? target.slice(1) : resolved(folder + target) });
    },
  });
  return relations;
};

const resolved = (path: string): string =>
  path
    .split('/')
    .reduce<string[]>((parts, part) => (part === '..' ? parts.slice(0, -1) : part === '.' ? parts : [...parts, part]), [])
    .join('/');

const readBook = async (source: FileSource, entry: ZipEntry) => {
  const sheets: { name: string; isVisible: boolean; relation: string }[] = [];
  let since1904 = false;
  await readPartXml(source, entry, {
    open: (name, attributes) => {
      if (name === 'workbookPr') since1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
      if (relation === undefined) return;
      if (sheets.length >= mostSheets) throw new UnreadableFile(fileRefusals.workbookTooLarge);
      sheets.push({ name: attributes['name'] ?? '', isVisible: (attributes['state'] ?? 'visible') === 'visible', relation });
    },
  });
  return { sheets, since1904 };
};

/** By the number that a cell gives as its style. */
const readFormats = async (source: FileSource, entry: ZipEntry | undefined): Promise<readonly NumberFormat[]> => {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCellFormats = false;
  if (!entry) return formats;
  await readPartXml(source, entry, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats && formats.length < 65_536) {
        const id = Number(attributes['numFmtId'] ?? '0');
        formats.push(numberFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats;
};

const readSharedTexts = async (source: FileSource, entry: ZipEntry | undefined): Promise<readonly string[]> => {
  const texts: string[] = [];
  let characters = 0;
  let current = '';
  let inText = false;
  let inPhonetic = false;
  if (!entry) return texts;
  await readPartXml(source, entry, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    text: (text) => {
      if (inText && current.length < longestKept) current += text.slice(0, longestKept);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') {
        characters += current.length;
        if (characters > mostText || texts.length >= mostTexts) throw new UnreadableFile(fileRefusals.workbookTooLarge);
        texts.push(unescaped(current));
      }
    },
  });
  return texts;
};

const readPartXml = (source: FileSource, entry: ZipEntry, handlers: XmlHandlers): Promise<void> =>
  readWholeXml(unzipEntry(source, entry), handlers);

/** Reads a sheet's XML as it comes. */
export const readSheetXml = (workbook: Workbook, sheet: SheetPart, handlers: XmlHandlers): AsyncGenerator<void> =>
  readXml(unzipEntry(workbook.source, sheet.entry), handlers);
