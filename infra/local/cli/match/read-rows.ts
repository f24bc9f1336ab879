import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { RawRow } from '#shared/domain/matching/rows/match-row.ts';
import type { ColumnEntry, FileMap } from './file-map.ts';
import { dateReader } from './read-date.ts';
import { UsageError } from './usage-error.ts';

type Cells = readonly string[];
type Reader = (cells: Cells) => string | undefined;

/** The rows of a CSV file as its map reads them. Columns that the file does not have are blank. */
export const readRows = (file: string, map: FileMap): RawRow[] => {
  const [header, ...records] = readCsv(file);
  if (header === undefined) throw new UsageError(`${file} is empty: it needs a line of column names`);
  const columnAt = new Map(header.map((name, at) => [name.trim().toLowerCase(), at]));
  const at = (column: string): number => columnAt.get(column.trim().toLowerCase()) ?? -1;
  const idAt = at(map.id);
  if (idAt === -1) throw new UsageError(`${file} has no column "${map.id}" that its map names as the id; it has: ${header.join(', ')}`);
  const entries = [map.fields, map.identifiers, map.other].flatMap((group) => Object.values(group));
  if (!entries.some(({ columns }) => columns.some((column) => at(column) !== -1)))
    throw new UsageError(`${file} has none of the columns that its map names; it has: ${header.join(', ')}`);

  const joined = ({ columns }: ColumnEntry): Reader => {
    const places = columns.map(at).filter((place) => place !== -1);
    const [only] = places;
    if (only === undefined) return () => undefined;
    if (places.length === 1) return (cells) => cells[only]?.trim();
    return (cells) =>
      places
        .map((place) => cells[place]?.trim() ?? '')
        .filter((text) => text !== '')
        .join(' ');
  };
  const reader = (...names: readonly string[]): Reader => {
    const entry = names.map((name) => map.fields[name]).find((found) => found !== undefined);
    return entry === undefined ? () => undefined : joined(entry);
  };
  const group = (found: Readonly<Record<string, ColumnEntry>>): ((cells: Cells) => Record<string, string | undefined>) => {
    const readers = Object.entries(found).map(([name, entry]) => [name, joined(entry)] as const);
    return (cells) => Object.fromEntries(readers.map(([name, read]) => [name, read(cells)]));
  };
  const source = map.source ?? basename(file).replace(/\.[^.]*$/u, '');
  const sourceAt = typeof source === 'string' ? -1 : at(source.column);
  const birthDateEntry = map.fields['birthDate'] ?? map.fields['dateOfBirth'];
  const readDate = dateReader(birthDateEntry?.format);
  const birthDate = reader('birthDate', 'dateOfBirth');
  const cells = {
    forename: reader('forename', 'firstName', 'givenName'),
    middleNames: reader('middleNames', 'middleName', 'middleInitial'),
    surname: reader('surname', 'lastName', 'familyName'),
    previousSurname: reader('previousSurname', 'maidenName'),
    fullName: reader('fullName', 'name'),
    sex: reader('sex', 'gender'),
    address: reader('addressLine', 'addressLines', 'address'),
    locality: reader('locality', 'town', 'city'),
    postcode: reader('postcode', 'postCode', 'zip'),
    uprn: reader('uprn'),
    phone: reader('phone', 'telephone', 'mobile'),
    email: reader('email'),
  };
  const identifiers = group(map.identifiers);
  const extra = Object.fromEntries(Object.entries(map.fields).filter(([name]) => !knownFields.has(name)));
  const other = group({ ...extra, ...map.other });
  return records.map((record): RawRow => {
    const address = cells.address(record);
    const phone = cells.phone(record);
    const email = cells.email(record);
    return {
      rowId: record[idAt]?.trim() ?? '',
      source: typeof source === 'string' ? source : (record[sourceAt]?.trim() ?? ''),
      forename: cells.forename(record),
      middleNames: cells.middleNames(record),
      surname: cells.surname(record),
      previousSurname: cells.previousSurname(record),
      fullName: cells.fullName(record),
      birthDate: readDate(birthDate(record) ?? ''),
      sex: cells.sex(record),
      addressLines: address === undefined ? undefined : [address],
      locality: cells.locality(record),
      postcode: cells.postcode(record),
      uprn: cells.uprn(record),
      phones: phone === undefined ? undefined : [phone],
      emails: email === undefined ? undefined : [email],
      identifiers: identifiers(record),
      other: other(record),
    };
  });
};

/** Names that `fields` may use; any other is compared as it stands, like one under `other`. */
const knownFields = new Set(
  `forename firstName givenName middleNames middleName middleInitial surname lastName familyName previousSurname maidenName fullName
  name birthDate dateOfBirth sex gender addressLine addressLines address locality town city postcode postCode zip uprn phone
  telephone mobile email`.split(/\s+/u),
);

const readCsv = (file: string): string[][] => {
  const bytes = readFileSync(file);
  const text = decode(bytes);
  const firstLine = text.slice(0, Math.max(0, text.search(/\r|\n/u)));
  const delimiter = [',', ';', '\t', '|'].toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ',';
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, ltrim: true });
  } catch (error) {
    throw new UsageError(`${file} cannot be read as CSV: ${error instanceof Error ? error.message : 'not understood'}`);
  }
};

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
