import { civilDate, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';

/** How one agency's system writes its extracts. */
export interface FileStyle {
  readonly delimiter: ',' | ';';
  readonly lineEnd: '\n' | '\r\n';
  readonly byteOrderMark: boolean;
  readonly dates: 'iso' | 'british';
  readonly upperCaseNames: boolean;
  /** A line of sums under the last row, as a report writer leaves it. */
  readonly totalsRow: boolean;
  readonly quotesAll: boolean;
}

export const plainStyle: FileStyle = {
  delimiter: ',',
  lineEnd: '\n',
  byteOrderMark: false,
  dates: 'iso',
  upperCaseNames: false,
  totalsRow: false,
  quotesAll: false,
};

export const dateText = (day: DayNumber, style: Pick<FileStyle, 'dates'>): string => {
  if (style.dates === 'iso') return formatIsoDate(day);
  const { year, month, day: dayOfMonth } = civilDate(day);
  return `${String(dayOfMonth).padStart(2, '0')}/${String(month).padStart(2, '0')}/${String(year)}`;
};

const csvCell = (text: string, style: FileStyle): string =>
  style.quotesAll || text.includes(style.delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const csvLine = (cells: readonly string[], style: FileStyle): string =>
  cells.map((cell) => csvCell(cell, style)).join(style.delimiter) + style.lineEnd;
