import * as z from 'zod';
import { cleaningVersion } from '../rows/clean-row.ts';
import type { MatchRow, MatchValues } from '../rows/match-row.ts';
import { mostRowsPerPerson } from './match-person.ts';

/**
 * The distinct rows about a person as the engine compares them, in short: `c` the version of cleaning, `v` the values by
 * field, `r` one text for each row, newest first: `<last day seen>:<positions by field>`, a position being one character and
 * the fields in the order of `v`. Text, because a list of lists takes the store three bytes for each member.
 */
const packedSchema = z.object({
  c: z.int().positive(),
  v: z.record(z.string(), z.array(z.string())),
  r: z.array(z.string()),
});

interface SeenRow {
  readonly lastSeenOn: string;
  readonly values: MatchValues;
}

export const noRows = '';

/** One row, last seen on that day; empty where it says nothing. */
export const packRow = ({ values }: MatchRow, lastSeenOn: string): string => pack([{ lastSeenOn, values }], cleaningVersion);

/** The rows of both, each once, at most fourteen: the newest. In whatever order packs are joined, the result is the same. */
export const joinPacked = (a: string, b: string): string => {
  if (a === noRows || b === noRows) return a === noRows ? b : a;
  const [first, second] = [unpack(a), unpack(b)];
  return pack([...first.rows, ...second.rows], Math.min(first.version, second.version));
};

/** Newest first. */
export const rowsOfPacked = (packed: string): readonly MatchRow[] => {
  const { rows, version } = unpack(packed);
  return rows.map(({ values }) => ({ cleaningVersion: version, rowId: '', source: '', values }));
};

const pack = (rows: readonly SeenRow[], version: number): string => {
  const byText = new Map<string, SeenRow>();
  for (const row of rows) {
    const text = textOf(row.values);
    const known = byText.get(text);
    if (text !== '{}' && (known === undefined || known.lastSeenOn < row.lastSeenOn)) byText.set(text, row);
  }
  const kept = [...byText]
    .toSorted(([textA, a], [textB, b]) => compare(b.lastSeenOn, a.lastSeenOn) || compare(textA, textB))
    .slice(0, mostRowsPerPerson)
    .map(([, row]) => row);
  if (kept.length === 0) return noRows;
  const dictionary = new Map<string, string[]>();
  for (const field of [...new Set(kept.flatMap(({ values }) => Object.keys(values)))].toSorted()) {
    dictionary.set(field, [...new Set(kept.flatMap(({ values }) => values[field] ?? []))]);
  }
  const texts = kept.map(({ lastSeenOn, values }) => {
    const positions = [...dictionary].map(([field, known]) => (values[field] ?? []).map((value) => digits[known.indexOf(value)]).join(''));
    return `${lastSeenOn}:${positions.join(',')}`;
  });
  return JSON.stringify({
    c: version,
    v: Object.fromEntries([...dictionary].map(([field, known]) => [shortNames[field] ?? field, known])),
    r: texts,
  });
};

const unpack = (packed: string): { readonly rows: readonly SeenRow[]; readonly version: number } => {
  if (packed === noRows) return { rows: [], version: cleaningVersion };
  const { c: version, v, r } = packedSchema.parse(JSON.parse(packed));
  const dictionary = Object.entries(v);
  const rows = r.map((text): SeenRow => {
    const [lastSeenOn = '', positions = ''] = text.split(':');
    const places = positions.split(',');
    const values: Record<string, readonly string[]> = {};
    for (const [at, [short, known]] of dictionary.entries()) {
      const field = longNames.get(short) ?? short;
      const said = Array.from(places[at] ?? '').flatMap((digit) => known[digits.indexOf(digit)] ?? []);
      if (said.length > 0) values[field] = said;
    }
    return { lastSeenOn, values };
  });
  return { rows, version };
};

/** Names that stand in nearly every pack, in short; they must never change their meaning. */
const shortNames: Readonly<Record<string, string>> = {
  address: 'a',
  birthDate: 'b',
  forename: 'f',
  locality: 'l',
  middleNames: 'm',
  postcode: 'p',
  surname: 's',
  uprn: 'u',
  sex: 'x',
  'id:nhs-number': 'h',
  'id:nino': 'i',
  'id:upn': 'n',
};
const longNames = new Map(Object.entries(shortNames).map(([field, short]) => [short, field]));

/** More than fourteen rows can have different values in one field. */
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const textOf = (values: MatchValues): string =>
  JSON.stringify(Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => compare(a, b))));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
