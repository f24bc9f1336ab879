import type { FileRefusal } from '../../domain/uploads/upload.ts';
import type { ColumnDefinition, FeedDefinition } from './feed-definition.ts';
import { feeds } from './feeds.ts';
import { fileRefusals } from './file-refusals.ts';
import { carriedColumns, resultColumns } from './own-columns.ts';
import { RowScanner } from './row-scanner.ts';

/** More columns than any feed or extract has. */
const mostColumns = 200;

/** A column whose data is dropped. */
export interface IgnoredColumn {
  /** In the file; 1 is the first. */
  readonly position: number;
  /** As the file names it, shortened. */
  readonly name: string;
}

type HeaderReading =
  | {
      readonly ok: true;
      /** The feed's own column names, and our own, in the order of the file; '' for a column that the feed does not have. */
      readonly header: readonly string[];
      readonly delimiter: string;
      readonly ignoredColumns: readonly IgnoredColumn[];
      /** The feed's optional columns that the file does not have. */
      readonly missingColumns: readonly string[];
      /** The line of the sheet that the header is on; 1 is the first. */
      readonly headerRow: number;
      /** First byte of `bytes` after the header. */
      readonly next: number;
    }
  | { readonly ok: false; readonly refusal: FileRefusal };

interface FirstRow {
  readonly cells: readonly string[];
  /** Rows before it, blank ones too: as a spreadsheet counts them. */
  readonly above: number;
  readonly next: number;
}

const delimiters = [',', ';', '\t'];
/** How far down a header is looked for, to say that there are rows above it. */
const rowsLookedAt = 20;

interface FileHead {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** The file has no more than this. */
  readonly atEnd: boolean;
}

/**
 * Reads the header from the first bytes of a file (its byte order mark taken off). With `skipTitles` what stands above the
 * column names is passed over; otherwise it is a reason to refuse the file.
 */
export const readHeader = (
  feed: FeedDefinition,
  { bytes, from, to, atEnd }: FileHead,
  { skipTitles = false }: { readonly skipTitles?: boolean } = {},
): HeaderReading => {
  const candidates = delimiters.map((delimiter) => ({
    delimiter,
    rows: withoutTitles(feed, firstRows(bytes, from, to, atEnd, delimiter), skipTitles),
  }));
  const best = candidates
    .map((candidate) => ({
      ...candidate,
      score: Math.max(0, ...Object.values(feeds).map((other) => matches(other, candidate.rows[0]?.cells ?? []))),
    }))
    .reduce((left, right) => (right.score > left.score ? right : left));
  const [first] = best.rows;
  if (first === undefined) return { ok: false, refusal: missingFirstRow(bytes, from, to, atEnd) };
  if (first.cells.length > mostColumns) return { ok: false, refusal: fileRefusals.tooManyColumns(mostColumns) };
  const refusal =
    refuseHeader(feed, first.cells) &&
    explainRefusal(
      feed,
      first.cells,
      candidates.map(({ rows }) => rows),
    );
  if (refusal) return { ok: false, refusal };

  const names = columnNames(feed);
  for (const name of carriedColumns) names.set(foldHeader(name), name);
  const header = first.cells.map((cell) => names.get(foldHeader(cell)) ?? '');
  const ignoredColumns = first.cells.flatMap((cell, index) =>
    header[index] === '' && cell !== '' && !isResultColumn(cell) ? [{ position: index + 1, name: cell.slice(0, 60) }] : [],
  );
  const missing = feed.columns.map(({ name }) => name).filter((name) => !header.includes(name));
  return {
    ok: true,
    header,
    delimiter: best.delimiter,
    ignoredColumns,
    missingColumns: missing,
    headerRow: first.above + 1,
    next: first.next,
  };
};

/** Names differ only in case, spaces, underscores, hyphens and full stops. */
export const foldHeader = (name: string): string => name.toLowerCase().replaceAll(/[\s_.\-\u00a0]+/gu, '');

const isResultColumn = (name: string): boolean => Object.values(resultColumns).some((own) => foldHeader(own) === foldHeader(name));

/** The rows from the one that has the feed's column names on, where there is such a row. */
const withoutTitles = (feed: FeedDefinition, rows: readonly FirstRow[], skipTitles: boolean): readonly FirstRow[] => {
  const header = skipTitles ? rows.findIndex(({ cells }) => missingColumns(feed, cells).length === 0) : 0;
  return header > 0 ? rows.slice(header) : rows;
};

const columnNames = (feed: FeedDefinition): Map<string, string> => new Map(feed.columns.map(({ name }) => [foldHeader(name), name]));

const matches = (feed: FeedDefinition, cells: readonly string[]): number => {
  const names = columnNames(feed);
  return new Set(cells.map((cell) => names.get(foldHeader(cell))).filter((name) => name !== undefined)).size;
};

const missingColumns = (feed: FeedDefinition, cells: readonly string[]): readonly ColumnDefinition[] => {
  const present = new Set(cells.map(foldHeader));
  return feed.columns.filter(({ name, inEveryFile }) => inEveryFile && !present.has(foldHeader(name)));
};

/** Whether it is this feed's header, if not a whole one: only another feed's rows could have these columns. */
const hasRequired = (feed: FeedDefinition, cells: readonly string[]): boolean =>
  missingColumns(feed, cells).every(({ required }) => !required);

const refuseHeader = (feed: FeedDefinition, cells: readonly string[]): FileRefusal | undefined => {
  const missing = missingColumns(feed, cells);
  if (missing.length > 0) {
    return fileRefusals.missingColumns(
      missing.map(({ name }) => name),
      missing.filter(({ required }) => !required).map(({ name }) => name),
    );
  }
  const names = columnNames(feed);
  const known = cells.map((cell) => names.get(foldHeader(cell))).filter((name) => name !== undefined);
  const twice = [...new Set(known.filter((name, index) => known.indexOf(name) !== index))];
  return twice.length > 0 ? fileRefusals.duplicateColumns(twice) : undefined;
};

/** Of a header that will not do: is it another feed's, is it further down, is it there at all, or does it lack columns? */
const explainRefusal = (
  feed: FeedDefinition,
  cells: readonly string[],
  readings: readonly (readonly FirstRow[])[],
): FileRefusal | undefined => {
  const own = refuseHeader(feed, cells);
  if (own === undefined || own.code === 'columns-twice' || hasRequired(feed, cells)) return own;
  const other = completeFeed(cells);
  if (other) return fileRefusals.otherFeed(feed.title, other.title);
  if (matches(feed, cells) < 2) {
    const above = readings
      .flatMap((rows) => rows.find((row) => hasRequired(feed, row.cells)) ?? [])
      .reduce((most, row) => Math.max(most, row.above), 0);
    return above > 0 ? fileRefusals.titleRows(above) : fileRefusals.noHeader(feed.title);
  }
  return own;
};

/** The feed that has all its required columns here, the one with the most columns if several. */
const completeFeed = (cells: readonly string[]): FeedDefinition | undefined =>
  Object.values(feeds)
    .filter((other) => hasRequired(other, cells))
    .sort((left, right) => matches(right, cells) - matches(left, cells))[0];

/** The first rows that are not blank, as far as they are whole. */
const firstRows = (bytes: Uint8Array, from: number, to: number, atEnd: boolean, delimiter: string): readonly FirstRow[] => {
  const scanner = new RowScanner(delimiter);
  const rows: FirstRow[] = [];
  let at = from;
  for (let above = 0; at < to && rows.length < rowsLookedAt; above += 1) {
    if (scanner.scan(bytes, at, to, atEnd) !== 'row') break;
    const cells = scanner.cells();
    if (cells === undefined) break;
    if (cells.some((cell) => cell !== '')) rows.push({ cells, above, next: scanner.next });
    at = scanner.next;
  }
  return rows;
};

/** Why there is no first row: the same scan as above, for the most common delimiter. */
const missingFirstRow = (bytes: Uint8Array, from: number, to: number, atEnd: boolean): FileRefusal => {
  const scanner = new RowScanner(',');
  let at = from;
  while (at < to) {
    const scan = scanner.scan(bytes, at, to, atEnd);
    if (scan === 'nul') return fileRefusals.binary;
    if (scan === 'malformed') return fileRefusals.headerUnreadable;
    if (scan === 'incomplete') return fileRefusals.headerTooLong;
    if (scanner.cells() === undefined) return fileRefusals.notUtf8;
    at = scanner.next;
  }
  return fileRefusals.empty;
};

/** Whether one of the first rows, which these bytes are, has the feed's column names. */
export const firstRowsFit = (feed: FeedDefinition, head: Uint8Array): boolean =>
  firstRows(head, 0, head.length, true, ',').some(({ cells }) => missingColumns(feed, cells).length === 0);
