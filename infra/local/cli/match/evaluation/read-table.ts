import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { UsageError } from '../usage-error.ts';

/** A line of a CSV file by column name, trimmed and in lower case; a cell that the line lacks is absent. */
export type TableRow = Readonly<Record<string, string>>;

/** A CSV file with a header that has these columns. */
export const readTable = (file: string, required: readonly string[]): readonly TableRow[] => {
  const [header = [], ...lines] = parseFile(file);
  const columns = header.map((name) => name.trim().toLowerCase());
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new UsageError(`${file} has no column ${missing.map((column) => `"${column}"`).join(' or ')}; it has: ${columns.join(', ')}`);
  return lines.map((line) => Object.fromEntries(columns.map((column, at) => [column, (line[at] ?? '').trim()])));
};

const parseFile = (file: string): readonly string[][] => {
  const text = readFileSync(file, 'utf8');
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`${file} cannot be read as CSV: ${error instanceof Error ? error.message : 'not understood'}`);
  }
};

/**
 * What names a row in both tables: its id where ids are unique in each of them, else its source and id together. A row that
 * is named twice even so makes the comparison meaningless and is refused.
 */
export const rowKeys = (...tables: readonly (readonly TableRow[])[]): ((row: TableRow) => string) => {
  const byId = (row: TableRow): string => row['id'] ?? '';
  if (tables.every((table) => repeated(table, byId) === undefined)) return byId;
  const bySourceAndId = (row: TableRow): string => `${row['source'] ?? ''} ${row['id'] ?? ''}`;
  for (const table of tables) {
    const twice = repeated(table, bySourceAndId);
    if (twice !== undefined)
      throw new UsageError(`the row "${twice}" (source and id) stands twice in one file: give each row an id of its own`);
  }
  return bySourceAndId;
};

const repeated = (table: readonly TableRow[], keyOf: (row: TableRow) => string): string | undefined => {
  const seen = new Set<string>();
  return table.map(keyOf).find((key) => seen.size === seen.add(key).size);
};
