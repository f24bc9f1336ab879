import type { CheckedSheet } from '../check/check-messages.ts';
import { element, table, type Child } from './element.ts';

const mostRows = 50;
const mostColumns = 5;

/**
 * The sheet's own rows that something is wrong with, with the message in the cell. Columns that say which record it is, and
 * those that something is wrong with; the rest of the sheet would only be in the way.
 */
export const sheetTable = ({ columns, shown, faultyRows }: CheckedSheet): HTMLElement | undefined => {
  const rows = shown.filter(({ problems }) => problems.length > 0).slice(0, mostRows);
  if (rows.length === 0) return undefined;
  const faulty = new Set(rows.flatMap(({ problems }) => problems.map(({ column }) => column)));
  const withFaults = columns.filter(({ name }) => faulty.has(name)).slice(0, mostColumns);
  const others = columns.filter(({ name }) => !faulty.has(name)).slice(0, Math.max(1, mostColumns - 1 - withFaults.length));
  const chosen = columns
    .filter((column) => withFaults.includes(column) || others.includes(column))
    .toSorted((left, right) => left.letters.length - right.letters.length || left.letters.localeCompare(right.letters));
  const all = rows.length === faultyRows ? '' : `, the first ${String(rows.length)} of them`;
  const sheet = table(
    `The rows in your sheet that need correcting${all}`,
    ['Row', ...chosen.map(({ name, letters }) => `${letters} ${name}`)],
    rows.map(({ row, cells, problems }): readonly Child[] => {
      const ofRow = problems.filter(({ column }) => column === undefined || !chosen.some(({ name }) => name === column));
      return [
        element(
          'span',
          {},
          String(row),
          ...ofRow.map(({ column, message }) => fault(column === undefined ? message : `${column}: ${message}`)),
        ),
        ...chosen.map(({ name }) => {
          const text = cells[columns.findIndex((column) => column.name === name)] ?? '';
          return element('span', {}, text, ...problems.filter(({ column }) => column === name).map(({ message }) => fault(message)));
        }),
      ];
    }),
  );
  sheet.classList.add('sf-sheet');
  return sheet;
};

const fault = (message: string): HTMLElement =>
  element('span', { class: 'govuk-error-message sf-fault' }, element('span', { class: 'govuk-visually-hidden' }, 'Error: '), message);
