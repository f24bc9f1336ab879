import type * as z from 'zod';
import type { Mention } from '../../domain/people/mention.ts';
import type { Cell, CellFault } from './cell.ts';
import { faultOf } from './cell.ts';
import type { ColumnDefinition, FeedDefinition, FilePeriod, PersonNumber, RowProblem, RowReading } from './feed-definition.ts';

/** A column before it has its name; `Value` is what its cell is read as. */
export interface ColumnSpec<Value, Required extends boolean> extends Omit<
  ColumnDefinition,
  'name' | 'schema' | 'required' | 'inEveryFile'
> {
  readonly schema: z.ZodType<Value, string>;
  readonly required: Required;
}

/** A column that every file must have, with a value in every row. */
export const required = <Value>(kind: Cell<Value>, description: string): ColumnSpec<Value, true> => ({
  ...kind,
  required: true,
  description,
});

/** A column that may be empty, and missing unless a record is known by it. */
export const optional = <Value>(kind: Cell<Value>, description: string): ColumnSpec<Value, false> => ({
  ...kind,
  required: false,
  description,
});

type ColumnSpecs = Readonly<Record<string, ColumnSpec<unknown, boolean>>>;

type ValueOf<Spec> = Spec extends ColumnSpec<infer Value, boolean> ? Value : never;

/** A row that has passed: required columns have a value. */
type Row<Columns extends ColumnSpecs> = {
  readonly [Name in keyof Columns]: Columns[Name] extends ColumnSpec<unknown, true>
    ? Exclude<ValueOf<Columns[Name]>, undefined>
    : ValueOf<Columns[Name]> | undefined;
};

/** The columns whose cells are text. */
type TextColumn<Columns extends ColumnSpecs> = {
  [Name in keyof Columns & string]: ValueOf<Columns[Name]> extends string | undefined ? Name : never;
}[keyof Columns & string];

/** A row under check: a cell that is empty or wrong is undefined. */
type UncheckedRow<Columns extends ColumnSpecs> = { readonly [Name in keyof Columns]: ValueOf<Columns[Name]> | undefined };

/**
 * A fault between cells. `columns` are all those it depends on, the one to show first: where one of them is faulty in
 * itself the report is dropped, so that nobody is told a consequence of what they are told already.
 */
type Report<Columns extends ColumnSpecs> = (problem: {
  readonly columns: readonly (keyof Columns & string)[];
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}) => void;

interface FeedOptions<Columns extends ColumnSpecs> extends Omit<
  FeedDefinition,
  'columns' | 'recordKey' | 'personNumber' | 'exampleRow' | 'readRow'
> {
  readonly columns: Columns;
  /** Where the columns' own examples would contradict each other in one row. */
  readonly exampleRow?: { readonly [Name in keyof Columns]?: string };
  /** Rules between the cells of a row. */
  readonly checkRow: (row: UncheckedRow<Columns>, report: Report<Columns>, period: FilePeriod) => void;
  /** The columns that together make a record the same record in another file; an empty one counts as it is. */
  readonly recordKey: readonly TextColumn<Columns>[];
  /** Of a feed whose rows have one person each. */
  readonly personNumber?: { readonly column: TextColumn<Columns>; readonly within?: readonly TextColumn<Columns>[] };
  readonly mentions: (row: Row<Columns>, period: FilePeriod) => readonly Mention[];
}

/**
 * One feed's contract from its columns, its rules between cells and its meaning. Validation, template, column guide and
 * example come from here and nowhere else.
 */
export const defineFeed = <const Columns extends ColumnSpecs>(options: FeedOptions<Columns>): FeedDefinition => {
  const { columns: specs, exampleRow, checkRow, recordKey, personNumber: numbered, mentions, ...facts } = options;
  const personNumber = numbered && { column: numbered.column, within: numbered.within ?? [] };
  const isKey = (name: string): boolean => recordKey.some((key) => key === name);
  const columns: readonly ColumnDefinition[] = Object.entries(specs).map(([name, spec]) => ({
    name,
    ...spec,
    inEveryFile: spec.required || isKey(name),
  }));

  const readRow = (cells: ReadonlyMap<string, string>, period: FilePeriod): RowReading => {
    const problems: RowProblem[] = [];
    const faulty = new Set<string>();
    const values: Record<string, unknown> = {};
    for (const column of columns) {
      const { value, problem } = readCell(column, cells.get(column.name) ?? '');
      if (problem) {
        problems.push(problem);
        faulty.add(column.name);
      } else if (value !== undefined) values[column.name] = value;
    }
    const row = values as UncheckedRow<Columns>;
    checkRow(
      row,
      ({ columns: involved, code, message, fix }) => {
        if (involved.some((name) => faulty.has(name))) return;
        const [column] = involved;
        problems.push({ ...(column === undefined ? {} : { column }), code, message, fix });
      },
      period,
    );
    const withNumber = (mention: Mention): Mention => withPersonNumber(mention, values, personNumber);
    const key = recordKey.map((name) => textOf(values[name]));
    if (problems.length > 0) return { ok: false, problems, ...(recordKey.some((name) => faulty.has(name)) ? {} : { recordKey: key }) };
    // Every required cell has a value by now: this is what the loop above made sure of.
    return { ok: true, recordKey: key, content: stableText(values), mentions: mentions(row as Row<Columns>, period).map(withNumber) };
  };

  const examples = Object.fromEntries(columns.map(({ name, example }) => [name, exampleRow?.[name] ?? example]));
  return { ...facts, columns, recordKey, ...(personNumber && { personNumber }), exampleRow: examples, readRow };
};

const withPersonNumber = (mention: Mention, values: Readonly<Record<string, unknown>>, personNumber: PersonNumber | undefined): Mention => {
  const number = personNumber === undefined ? '' : textOf(values[personNumber.column]);
  if (personNumber === undefined || number === '') return mention;
  const register = personNumber.within.map((name) => textOf(values[name])).join(' ');
  const details = { ...mention.details, agencyPersonId: number, ...(register !== '' && { agencyRegister: register }) };
  return { ...mention, details };
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const readCell = (column: ColumnDefinition, text: string): { readonly value?: unknown; readonly problem?: RowProblem } => {
  if (text !== '') {
    const reading = column.schema.safeParse(text);
    if (!reading.success) return { problem: cellProblem(column, faultOf(reading.error)) };
    if (reading.data !== undefined) return { value: reading.data };
  }
  if (!column.required) return {};
  return {
    problem: {
      column: column.name,
      code: 'value-missing',
      message: 'This cell is empty, but every row needs it',
      fix: 'Enter the value. If you do not have it, take the row out of the file.',
    },
  };
};

const cellProblem = ({ name, required: isNeeded }: ColumnDefinition, { code, message, fix, emptyIf }: CellFault): RowProblem => {
  const problem = { column: name, code, message, fix };
  if (emptyIf === undefined) return problem;
  return { ...problem, fix: `${fix} ${isNeeded ? `If ${emptyIf}, take the row out of the file.` : `Leave the cell empty if ${emptyIf}.`}` };
};

/** The row's values by column name in alphabetical order: columns in another order, or missing ones, change nothing. */
const stableText = (values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.keys(values)
      .sort()
      .map((name) => [name, values[name]]),
  );
