import { unprintable } from '../../contracts/files/cell.ts';
import type { FeedDefinition, FilePeriod, RowProblem } from '../../contracts/files/feed-definition.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import type { FieldError } from '../../contracts/http/problems.ts';

/**
 * All that there is against a row, by column: columns that the feed does not have or that the agreement does not cover, and
 * whatever reading the file made of it will find. Says the feed's names only, nothing that was sent.
 */
export const rowFaults = async (
  feed: FeedDefinition,
  row: {
    readonly cells: ReadonlyMap<string, string>;
    /** Columns that the agreement covers. */
    readonly agreed: readonly string[];
    readonly file: Uint8Array;
    readonly period: FilePeriod;
  },
): Promise<readonly FieldError[]> => [
  ...unknownColumns(feed, row.cells.keys()),
  ...columnsNotAgreed(feed, row.cells, row.agreed),
  ...(await rowProblems(feed, row)).map(fieldError),
];

const unknownColumns = ({ columns }: FeedDefinition, given: Iterable<string>): readonly FieldError[] => {
  const known = new Set(columns.map(({ name }) => name));
  if ([...given].every((name) => known.has(name))) return [];
  return [
    {
      pointer: '/body/row',
      code: 'column-unknown',
      message: 'The row has a column that this feed does not have.',
      fix: `Use these columns only: ${[...known].join(', ')}.`,
    },
  ];
};

/** In a file they are left out before anybody reads it; whoever writes a single row can be told. */
const columnsNotAgreed = (
  { columns }: FeedDefinition,
  cells: ReadonlyMap<string, string>,
  agreed: readonly string[],
): readonly FieldError[] =>
  columns
    .filter(({ name }) => (cells.get(name) ?? '') !== '' && !agreed.includes(name))
    .map(({ name }) => ({
      pointer: `/body/row/${name}`,
      column: name,
      code: 'column-not-agreed',
      message: 'The agreement does not cover this column.',
      fix: 'Leave it out, or have it agreed on first.',
    }));

/** What no text has, and no reader of files takes for one. */
const control = /(?![\t\n\r])\p{Cc}/u;

const rowProblems = async (
  feed: FeedDefinition,
  { cells, file, period }: { readonly cells: ReadonlyMap<string, string>; readonly file: Uint8Array; readonly period: FilePeriod },
): Promise<readonly RowProblem[]> => {
  const unreadable = feed.columns.filter(({ name }) => control.test(cells.get(name) ?? ''));
  return unreadable.length > 0 ? unreadable.map(({ name }) => ({ column: name, ...unprintable })) : fileProblems(feed, file, period);
};

/** Reads the file as the worker will: what it would report later is known now. */
const fileProblems = async (feed: FeedDefinition, file: Uint8Array, period: FilePeriod): Promise<readonly RowProblem[]> => {
  for await (const event of readFile(feed, inOnePiece(file))) {
    if (event.kind === 'refused') return [event.refusal];
    if (event.kind === 'bad-row') return [event.problem];
    if (event.kind !== 'row') continue;
    const reading = feed.readRow(event.cells, period);
    return reading.ok ? [] : reading.problems;
  }
  return [{ code: 'row-empty', message: 'The row is empty', fix: 'Give at least the columns that every row needs.' }];
};

const inOnePiece = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
};

const fieldError = ({ column, code, message, fix }: RowProblem): FieldError => ({
  pointer: column === undefined ? '/body/row' : `/body/row/${column}`,
  ...(column === undefined ? {} : { column }),
  code,
  message,
  fix,
});
