import { csvLine } from '../csv-line.ts';
import type { RowProblem } from '../feed-definition.ts';
import { resultColumns, sourceRowColumn } from '../own-columns.ts';

/** Cells that a spreadsheet would run or change: a formula's first sign, and digits that it would shorten. */
const needsKeeping = /^[=+\-@\t\r]|^0\d|^\d{12,}$/;

/**
 * A cell as text for good: `="0123"`. A spreadsheet shows what is in the quotes, runs nothing and changes nothing, and the
 * service reads it as what it means, so that no sign is added that would come back as part of a name.
 */
const asText = (text: string): string => (needsKeeping.test(text) ? `="${text.replaceAll('"', '""')}"` : text);

export interface AnnotatedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
}

/** The sender's own rows with what came of each, as CSV that a spreadsheet opens and that can be sent again as it is. */
export const annotatedCsv = (columns: readonly string[], rows: Iterable<AnnotatedRow>): string => {
  const lines = [csvLine([sourceRowColumn, ...columns, resultColumns.result, resultColumns.problems])];
  for (const { row, cells, problems } of rows) {
    const result = problems.length === 0 ? 'accepted' : 'not accepted';
    const said = problems.map(({ column, message, fix }) => `${column === undefined ? '' : `${column}: `}${message}. ${fix}`).join(' ');
    lines.push(csvLine([String(row), ...cells.map(asText), result, said]));
  }
  return `\uFEFF${lines.join('')}`;
};
