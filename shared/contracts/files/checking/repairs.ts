import { serialDate } from '../../../domain/calendar/serial-date.ts';
import type { ColumnDefinition } from '../feed-definition.ts';

/**
 * What spreadsheets do to files and can be undone:
 * - `title-rows`: rows above the column names
 * - `quoted-rows`: every row a single cell in quotes
 * - `hidden-quotes`: quotes that became part of a cell
 * - `serial-date`: a date as the number of a day
 * - `leading-zeros`: zeros taken from the front of a number that has a fixed length
 * - `scientific-notation`: a long number written short, where no digit is lost
 */
export const cellRepairs = ['hidden-quotes', 'serial-date', 'leading-zeros', 'scientific-notation'] as const;

export type CellRepair = (typeof cellRepairs)[number];
type FileRepair = 'title-rows' | 'quoted-rows';
export type Repair = CellRepair | FileRepair;

const plainDigits = /^\d+$/;
const scientific = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i;

/** Days from 1905 to 2049: what a number in a date column can mean. */
const serialText = /^(?:[2-9]\d{3}|[1-4]\d{4}|5[0-4]\d{3})(?:\.0+)?$/;

/** All digits of a number that is written short; undefined where some are lost. */
const wholeNumber = (text: string): string | undefined => {
  const [, first = '', rest = '', power] = scientific.exec(text) ?? [];
  return power === undefined || rest.length !== Number(power) ? undefined : first + rest;
};

const candidates: Readonly<Record<CellRepair, (column: ColumnDefinition, text: string) => string | undefined>> = {
  'hidden-quotes': (_, text) =>
    text.length > 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"').trim() : undefined,
  'serial-date': (column, text) => (column.isDate && serialText.test(text) ? serialDate(Number(text)) : undefined),
  'leading-zeros': (column, text) =>
    column.digits !== undefined && plainDigits.test(text) && text.length < column.digits && text.length >= column.digits - 3
      ? text.padStart(column.digits, '0')
      : undefined,
  'scientific-notation': (_, text) => wholeNumber(text),
};

/** What a cell that cannot be read was before a spreadsheet changed it: only where it can be read then. */
export const proposeRepair = (
  column: ColumnDefinition,
  text: string,
): { readonly repair: CellRepair; readonly text: string } | undefined => {
  for (const repair of cellRepairs) {
    const repaired = candidates[repair](column, text);
    if (repaired !== undefined && repaired !== '' && column.schema.safeParse(repaired).success) return { repair, text: repaired };
  }
  return undefined;
};
