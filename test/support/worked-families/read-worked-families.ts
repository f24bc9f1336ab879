import { parse } from 'csv-parse/sync';
import { readFileSync, readdirSync } from 'node:fs';
import { ruleSetNames, type EvaluatorInput, type Term } from '../second-evaluator/evaluator-input.ts';
import { readCoverage, readDate, readDateAfter, readMember } from './read-cells.ts';

const folder = new URL('.', import.meta.url);

/** What a row is an example of, for the table of what must be there. */
export const coverKinds = [
  'meets the threshold',
  'just misses the threshold',
  'on the boundary day',
  'one day outside',
  'on the boundary age',
  'one day past the age',
  'nobody can say',
] as const;
type CoverKind = (typeof coverKinds)[number];

/** One row of a sheet: a family, a question about it, and the answer that the rules give. */
export interface WorkedFamily {
  /** `expanded.csv, row 12 (P2-011)`: the row as a spreadsheet numbers it, the heading being row 1. */
  readonly where: string;
  readonly case: string;
  readonly description: string;
  readonly input: EvaluatorInput;
  /** A criterion's id, `heading X`, `dependent child` or `outcome`. */
  readonly question: string;
  /** As in the output: `not-met`, `cannot-tell`. */
  readonly expected: string;
  readonly covers: CoverKind | undefined;
  readonly why: string;
  readonly rule: string;
  /** The cells as written, by column. */
  readonly cells: Readonly<Record<string, string>>;
}

const rowsOf = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(file, folder)), { columns: true, bom: true, trim: true, skip_empty_lines: true });

const terms: readonly Term[] = rowsOf('term-dates.csv').map((row) => ({
  schoolYear: Number(cell(row, 'school_year').slice(0, 4)),
  term: oneOf(['autumn', 'spring', 'summer'] as const, cell(row, 'term')),
  from: readDate(cell(row, 'first_day')),
  to: readDateAfter(cell(row, 'last_day')),
}));

/** One calendar for all rows: what the engine prepares for it is then prepared once. */
const termCalendar = { terms };

function cell(row: Readonly<Record<string, string>>, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`There is no column ${column}.`);
  return text;
}

function oneOf<Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new Error(`“${text}” should be one of: ${names.join(', ')}.`);
  return found;
}

/** All rows of one sheet. A cell that cannot be read says in which row, and what it should be. */
const readSheet = (file: string): WorkedFamily[] =>
  rowsOf(file).map((row, index) => {
    const where = `${file}, row ${index + 2} (${row['case'] ?? ''})`;
    try {
      return { where, ...readRow(row) };
    } catch (error) {
      throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });

const readRow = (row: Readonly<Record<string, string>>): Omit<WorkedFamily, 'where'> => {
  const asAt = readDate(cell(row, 'as_at'));
  const assessed = cell(row, 'assessed_on');
  const covers = cell(row, 'covers');
  const members = [1, 2, 3].flatMap((number) => {
    const person = cell(row, `person_${number}`);
    return person === '' ? [] : [readMember(`person-${number}`, person, cell(row, `facts_${number}`), asAt)];
  });
  return {
    case: cell(row, 'case'),
    description: cell(row, 'description'),
    input: {
      ruleSet: oneOf(ruleSetNames, cell(row, 'rule_set')),
      termCalendar,
      coverage: coverageOf(cell(row, 'files'), asAt),
      family: { asAt, ...(assessed !== '' && { assessedOn: readDate(assessed) }), members },
    },
    question: cell(row, 'question'),
    expected: cell(row, 'expected').replaceAll(' ', '-'),
    covers: covers === '' ? undefined : oneOf(coverKinds, covers),
    why: cell(row, 'why'),
    rule: cell(row, 'rule'),
    cells: row,
  };
};

const coverages = new Map<string, EvaluatorInput['coverage']>();

/** The same files on the same day are the same list, for the same reason as the calendar. */
const coverageOf = (files: string, asAt: string): EvaluatorInput['coverage'] => {
  const key = `${asAt} ${files}`;
  const coverage = coverages.get(key) ?? readCoverage(files, asAt);
  coverages.set(key, coverage);
  return coverage;
};

/** Every row of every sheet of the folder. */
export const readWorkedFamilies = (): readonly WorkedFamily[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.csv') && file !== 'term-dates.csv')
    .sort()
    .flatMap(readSheet);
