import type { MatchRow, MatchValues } from '../rows/match-row.ts';

/**
 * A person as the engine sees one: the distinct values of each field and which earlier rows had which of them. Plain data,
 * bounded (14 rows, 8 values a field), so that it can be stored and read as one item.
 */
export interface MatchPerson {
  readonly personId: string;
  /** All rows ever added, also those that are not kept here. */
  readonly rowCount: number;
  readonly values: MatchValues;
  readonly rows: readonly PersonRow[];
  /** How many rows of each source. */
  readonly sources: Readonly<Record<string, number>>;
}

/** Which values a row had: positions in the person's `values`. */
export type PersonRow = Readonly<Record<string, readonly number[]>>;

export const mostRowsPerPerson = 14;
export const mostValuesPerField = 8;

export const newPerson = (personId: string, row: MatchRow): MatchPerson =>
  addRow({ personId, rowCount: 0, values: {}, rows: [], sources: {} }, row);

/** The person with one more row. A value beyond the eighth of its field is not kept; a row like an earlier one adds only to the counts. */
export const addRow = (person: MatchPerson, row: MatchRow): MatchPerson => {
  const { values, positions } = placeValues(person.values, row.values);
  return {
    personId: person.personId,
    rowCount: person.rowCount + 1,
    values,
    rows: withRow(person.rows, positions),
    sources: { ...person.sources, [row.source]: (person.sources[row.source] ?? 0) + 1 },
  };
};

/** Both people's rows and values as one person, who keeps the first one's id. */
export const joinPeople = (kept: MatchPerson, other: MatchPerson): MatchPerson => {
  let { values, rows } = kept;
  for (const row of other.rows) {
    const placed = placeValues(values, valuesOfRow(other, row));
    values = placed.values;
    rows = withRow(rows, placed.positions);
  }
  const sources: Record<string, number> = { ...kept.sources };
  for (const [source, count] of Object.entries(other.sources)) sources[source] = (sources[source] ?? 0) + count;
  return { personId: kept.personId, rowCount: kept.rowCount + other.rowCount, values, rows, sources };
};

/** What one of a person's rows said, as far as the person still holds it. */
export const valuesOfRow = ({ values }: MatchPerson, row: PersonRow): MatchValues => {
  const said: Record<string, readonly string[]> = {};
  for (const [field, positions] of Object.entries(row)) said[field] = positions.flatMap((position) => values[field]?.[position] ?? []);
  return said;
};

const placeValues = (held: MatchValues, given: MatchValues): { values: MatchValues; positions: PersonRow } => {
  let values = held;
  const positions: Record<string, readonly number[]> = {};
  for (const field in given) {
    const added = given[field];
    if (added === undefined) continue;
    let known = values[field] ?? [];
    const places: number[] = [];
    for (const value of added) {
      const at = known.indexOf(value);
      if (at !== -1) places.push(at);
      else if (known.length < mostValuesPerField) {
        places.push(known.length);
        known = [...known, value];
        values = { ...values, [field]: known };
      }
    }
    if (places.length > 0) positions[field] = places;
  }
  return { values, positions };
};

const withRow = (rows: readonly PersonRow[], row: PersonRow): readonly PersonRow[] =>
  rows.length >= mostRowsPerPerson || rows.some((earlier) => sameRow(earlier, row)) ? rows : [...rows, row];

const sameRow = (a: PersonRow, b: PersonRow): boolean => {
  let fields = 0;
  for (const field in a) {
    const left = a[field];
    const right = b[field];
    if (left === undefined || right?.length !== left.length) return false;
    for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
    fields += 1;
  }
  return fields === Object.keys(b).length;
};
