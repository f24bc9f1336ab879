import { csvLine } from './csv-line.ts';
import type { ColumnDefinition, FeedDefinition } from './feed-definition.ts';
import { feeds } from './feeds.ts';

interface ColumnGuideEntry {
  readonly name: string;
  /** `every-file`: the column must be there, its cells may be empty. */
  readonly needed: 'every-row' | 'every-file' | 'if-held';
  readonly description: string;
  readonly format: string;
  readonly example: string;
}

/** What to put into each column, in the order of the template. */
export const columnGuide = (feed: FeedDefinition): readonly ColumnGuideEntry[] =>
  feed.columns.map((column) => {
    const { name, description, format, example } = column;
    return { name, needed: neededIn(column), description, format, example };
  });

const neededIn = ({ required, inEveryFile }: ColumnDefinition): ColumnGuideEntry['needed'] =>
  required ? 'every-row' : inEveryFile ? 'every-file' : 'if-held';

const neededText: Readonly<Record<ColumnGuideEntry['needed'], string>> = {
  'every-row': 'yes',
  'every-file': 'the column, with empty cells where there is nothing to say',
  'if-held': '',
};

/** Makes spreadsheets read the file as UTF-8. */
const byteOrderMark = '\uFEFF';

/** A feed as an agreement has it: without the columns that it does not cover. */
export const agreedFeed = (feed: FeedDefinition, columns: readonly string[]): FeedDefinition => ({
  ...feed,
  columns: feed.columns.filter(({ name }) => columns.includes(name)),
});

/** The empty file to fill in: the column names and nothing else, so that no example can come back as a record. */
export const templateCsv = (feed: FeedDefinition): string => byteOrderMark + csvLine(feed.columns.map(({ name }) => name));

/** The template with one made-up row, to look at. */
export const exampleCsv = (feed: FeedDefinition): string =>
  templateCsv(feed) + csvLine(feed.columns.map((column) => feed.exampleRow[column.name] ?? ''));

/** A guide to every feed, or to one, as Markdown. */
export const feedGuideMarkdown = (shown: readonly FeedDefinition[] = Object.values(feeds)): string =>
  ['# Files that partners send', '', introduction, '', ...shown.flatMap(feedSection)].join('\n');

const introduction = [
  'A file is CSV, with a comma, a semicolon or a tab between the cells, in UTF-8, UTF-16 or Windows-1252; or an Excel workbook',
  '(.xlsx). Its first row holds the column names. They may differ from these in case, spaces, hyphens and underscores; their',
  'order does not matter. Data of any other column is dropped unread. Send only what is listed here. A column `source_row` may',
  'say where a row stands in the spreadsheet that the file was made from; what is wrong with the row is then reported with that',
  'number. `source_fault` is a name of our own: leave such a column out.',
].join('\n');

const kinds: Readonly<Record<FeedDefinition['kind'], string>> = {
  snapshot: 'How things stand at the end of the period: a record that a later file no longer has, has ended.',
  increment: 'What was new or changed in the period: each file adds to those before.',
};

const feedSection = (feed: FeedDefinition): readonly string[] => [
  `## ${feed.title}`,
  '',
  `\`${feed.id}\`, version ${String(feed.version)}. ${feed.rowMeaning} ${kinds[feed.kind]}`,
  '',
  `A record is known by ${feed.recordKey.map((name) => `\`${name}\``).join(', ')}: where these are the same it is the same record, and its newest content counts.`,
  '',
  '| Column | Needed | What it is | How to write it | Example |',
  '| --- | --- | --- | --- | --- |',
  ...feed.columns.map(columnLine),
  '',
];

const columnLine = (column: ColumnDefinition): string =>
  `| ${[`\`${column.name}\``, neededText[neededIn(column)], column.description, column.format, column.example].map(tableCell).join(' | ')} |`;

const tableCell = (text: string): string => text.replaceAll('|', '\\|');
