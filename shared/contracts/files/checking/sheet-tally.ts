import type { ColumnDefinition, FeedDefinition, FilePeriod, RowProblem } from '../feed-definition.ts';
import type { FileEvent } from '../read-file.ts';
import { carriedColumns } from '../own-columns.ts';
import { duplicateRecord } from '../row-faults.ts';
import { feedQueries } from './feed-queries.ts';
import { proposeRepair, type CellRepair } from './repairs.ts';
import { RepairCounts } from './repair-counts.ts';
import { ProblemGroups } from './problem-groups.ts';
import { rowQueries } from './row-queries.ts';
import type { CheckedSheet, ShownRow } from './sheet-check.ts';
import { textHash } from './text-hash.ts';

const mostShown = 200;

interface TallyOptions {
  readonly feed: FeedDefinition;
  readonly period: FilePeriod;
  /** Columns that may be sent; undefined for all. */
  readonly agreed: ReadonlySet<string> | undefined;
  readonly applied: ReadonlySet<CellRepair>;
  readonly header: Extract<FileEvent, { kind: 'header' }>;
}

/** Reads the rows of one sheet one after the other and keeps count of what is to be said about them. */
export class SheetTally {
  readonly columns: CheckedSheet['columns'];
  readonly headerRow: number;
  rows = 0;
  readonly #options: TallyOptions;
  readonly #definitions: ReadonlyMap<string, ColumnDefinition>;
  readonly #queriesOf: ReturnType<typeof rowQueries>;
  readonly #feedQueriesOf: ReturnType<typeof feedQueries>;
  readonly #droppedColumns: readonly string[];
  readonly #problems: ProblemGroups;
  readonly #queries: ProblemGroups;
  readonly #proposals = new RepairCounts();
  readonly #repaired = new RepairCounts();
  readonly #shown: ShownRow[] = [];
  /** Content by record, as hashes: a second row about the same record must say the same. */
  readonly #records = new Map<string, string>();
  #faulty = 0;
  #queried = 0;
  #unwrapped = 0;

  constructor(options: TallyOptions) {
    const { feed, agreed, header } = options;
    this.#options = options;
    this.headerRow = header.headerRow;
    const inFile = header.state.header ?? [];
    const isSent = (name: string): boolean => inFile.includes(name) && (agreed?.has(name) ?? true);
    this.columns = feed.columns.flatMap(({ name }) => (isSent(name) ? [{ name, letters: columnLetters(inFile.indexOf(name) + 1) }] : []));
    const notAgreed = inFile.filter((name) => name !== '' && !carriedColumns.includes(name) && !isSent(name));
    this.#droppedColumns = [...header.ignoredColumns.map(({ name }) => name), ...notAgreed];
    this.#definitions = new Map(feed.columns.map((column) => [column.name, column]));
    this.#queriesOf = rowQueries(feed, options.period);
    this.#feedQueriesOf = feedQueries(feed, options.period);
    const letters = new Map(this.columns.map(({ name, letters: of }) => [name, of]));
    this.#problems = new ProblemGroups(letters);
    this.#queries = new ProblemGroups(letters);
  }

  /** A row whose cells cannot be told apart: nothing of it can be sent. */
  addUnreadable(row: number, problem: RowProblem): void {
    this.rows += 1;
    this.#faulty += 1;
    this.#note({ row: this.headerRow + row, cells: [], problems: [problem], queries: [] }, new Map());
  }

  /** What would be sent of the row, and what the service will find wrong with it. */
  addRow(
    row: number,
    read: ReadonlyMap<string, string>,
    unwrapped: number,
  ): { readonly row: number; readonly cells: readonly string[]; readonly problems: readonly RowProblem[] } {
    this.rows += 1;
    this.#unwrapped += unwrapped;
    const cells = new Map(this.columns.map(({ name }) => [name, read.get(name) ?? '']));
    const { feed, period } = this.#options;
    this.#unquote(cells);
    let reading = feed.readRow(cells, period);
    if (!reading.ok && this.#repair(cells, reading.problems)) reading = feed.readRow(cells, period);
    let problems: readonly RowProblem[] = reading.ok ? [] : reading.problems;
    if (reading.ok && !this.#isFirstOrSame(reading.recordKey, reading.content)) problems = [duplicateRecord];
    const isGood = problems.length === 0;
    const queries = isGood ? [...this.#queriesOf(cells), ...this.#feedQueriesOf(cells)] : [];
    if (!isGood) this.#faulty += 1;
    if (queries.length > 0) this.#queried += 1;
    const place = { row: this.headerRow + row, cells: [...cells.values()] };
    if (!isGood || queries.length > 0) this.#note({ ...place, problems, queries }, cells);
    return { ...place, problems };
  }

  result(file: Pick<CheckedSheet, 'form' | 'sheet'>): CheckedSheet {
    return {
      kind: 'checked',
      ...file,
      headerRow: this.headerRow,
      columns: this.columns,
      droppedColumns: this.#droppedColumns,
      missingColumns: this.#options.feed.columns
        .map(({ name }) => name)
        .filter((name) => !this.columns.some((column) => column.name === name)),
      rows: this.rows,
      faultyRows: this.#faulty,
      queriedRows: this.#queried,
      problems: this.#problems.list(),
      queries: this.#queries.list(),
      shown: this.#shown,
      unwrapped: this.#unwrapped,
      proposals: this.#proposals.list(),
      repaired: this.#repaired.list(),
    };
  }

  /** Quotes in names are no fault that reading would find, so they are looked for. */
  #unquote(cells: Map<string, string>): void {
    for (const [name, text] of cells) if (text.startsWith('"')) this.#propose(cells, name, text);
  }

  #repair(cells: Map<string, string>, problems: readonly RowProblem[]): boolean {
    let repaired = false;
    for (const { column } of problems) {
      const text = column === undefined ? '' : (cells.get(column) ?? '');
      if (column !== undefined && text !== '' && !text.startsWith('"') && this.#propose(cells, column, text)) repaired = true;
    }
    return repaired;
  }

  #propose(cells: Map<string, string>, name: string, text: string): boolean {
    const column = this.#definitions.get(name);
    const proposal = column && proposeRepair(column, text);
    if (!proposal) return false;
    const isApplied = this.#options.applied.has(proposal.repair);
    (isApplied ? this.#repaired : this.#proposals).add(proposal.repair, name, { from: text, to: proposal.text });
    if (isApplied) cells.set(name, proposal.text);
    return isApplied;
  }

  #isFirstOrSame(recordKey: readonly string[], content: string): boolean {
    const record = recordKey.join('\u001f');
    const hash = textHash(content);
    const first = this.#records.get(record);
    if (first === undefined) this.#records.set(record, hash);
    return first === undefined || first === hash;
  }

  #note(row: ShownRow, cells: ReadonlyMap<string, string>): void {
    for (const problem of row.problems) this.#problems.add(problem, row.row, cells);
    for (const query of row.queries) this.#queries.add(query, row.row, cells);
    // Faults have the first claim on the room there is.
    const room = row.problems.length > 0 ? mostShown : mostShown / 2;
    if (this.#shown.length < room) this.#shown.push(row);
  }
}

/** 28 → `AB` */
const columnLetters = (column: number): string =>
  (column > 26 ? columnLetters(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26));
