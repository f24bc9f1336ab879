import { nicknames } from '#infra/local/sample-data/data/names.ts';
import type { RawDateParts, RawRow } from '#shared/domain/matching/rows/match-row.ts';
import { seededChance, slip, type Chance } from './seeded-chance.ts';

/**
 * Rows with more damage than they came with: cells emptied, letters mistyped or misread, forename and surname or day and month in
 * each other's place, short forms, and what spreadsheets leave behind. With `strength` 1 about every second row has one such
 * fault more and one cell in twenty-five is lost; with 2 twice as many. The same for the same seed.
 */
export const reNoise = (rows: readonly RawRow[], { strength, seed }: { readonly strength: number; readonly seed: number }): RawRow[] => {
  const chance = seededChance(seed);
  return rows.map((row) => damaged(row, strength, chance));
};

type Text = string | undefined;

const damaged = (row: RawRow, strength: number, chance: Chance): RawRow => {
  const happens = (share: number): boolean => chance.happens(share * strength);
  const lose = (text: Text): Text => (happens(0.04) ? undefined : text);
  const mistype = (text: Text, share: number): Text => (text !== undefined && happens(share) ? slip(text, chance) : text);
  const name = (text: Text): Text => spreadsheet(misread(mistype(lose(text), 0.05), happens(0.02), chance), happens(0.01));
  const forename = name(happens(0.02) ? shortForm(row.forename, chance) : row.forename);
  const surname = name(row.surname);
  const crossed = forename !== undefined && surname !== undefined && happens(0.015);
  const each = <Value>(cells: Readonly<Record<string, Value>> | undefined, change: (value: Value) => Value) =>
    cells === undefined ? undefined : Object.fromEntries(Object.entries(cells).map(([field, value]) => [field, change(value)]));
  return {
    ...row,
    forename: crossed ? surname : forename,
    surname: crossed ? forename : surname,
    middleNames: happens(0.03) ? row.middleNames?.charAt(0) : lose(row.middleNames),
    birthDate: happens(0.04) ? undefined : damagedDate(row.birthDate, happens, chance),
    sex: lose(row.sex),
    addressLines: happens(0.04) ? undefined : row.addressLines?.map((line) => mistype(line, 0.06) ?? ''),
    locality: mistype(lose(row.locality), 0.04),
    postcode: mistype(lose(row.postcode), 0.03),
    phones: row.phones?.map((phone) => mistype(phone, 0.03) ?? ''),
    emails: row.emails?.map((email) => mistype(lose(email), 0.04) ?? ''),
    identifiers: each(row.identifiers, (text) => mistype(lose(text), 0.02)),
    other: each(row.other, (text) => mistype(lose(text), 0.02)),
  };
};

const damagedDate = (date: RawRow['birthDate'], happens: (share: number) => boolean, chance: Chance): RawRow['birthDate'] => {
  const parts = typeof date === 'string' ? partsOf(date) : date;
  if (parts === undefined) return undefined;
  const { year, month, day } = parts;
  if (happens(0.01)) return { year, month: day, day: month };
  if (happens(0.01)) return { year, month: '1', day: '1' };
  if (happens(0.015)) return { ...parts, day: String(chance.int(1, 28)) };
  if (happens(0.01)) return { ...parts, month: String(chance.int(1, 12)) };
  return happens(0.015) ? { ...parts, year: year === undefined ? undefined : slip(year, chance) } : parts;
};

const partsOf = (date: string): RawDateParts => {
  const [year, month, day] = date.split('-');
  return { year, month, day };
};

/** What a scanner makes of letters. */
const misread = (text: Text, does: boolean, chance: Chance): Text => {
  if (text === undefined || !does) return text;
  const [from, to] = chance.pick([
    ['l', '1'],
    ['o', '0'],
    ['i', 'l'],
    ['rn', 'm'],
    ['m', 'rn'],
    ['e', 'c'],
    ['h', 'b'],
  ] as const);
  return text.replace(from, to);
};

/** What a spreadsheet leaves of a cell that it was told to keep as it is. */
const spreadsheet = (text: Text, does: boolean): Text => (text !== undefined && does ? `="${text.toUpperCase()}"` : text);

const shortForm = (forename: Text, chance: Chance): Text => {
  const short = forename === undefined ? undefined : nicknames[forename.charAt(0).toUpperCase() + forename.slice(1).toLowerCase()];
  return short === undefined ? forename : chance.pick(short);
};
