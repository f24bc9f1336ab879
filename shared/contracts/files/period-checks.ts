import type { FilePeriod } from './feed-definition.ts';

interface PeriodReport<Column extends string> {
  (problem: { readonly columns: readonly Column[]; readonly code: string; readonly message: string; readonly fix: string }): void;
}

/** An end may not be before its start. */
export const checkOrder = <Column extends string>(
  start: { readonly column: Column; readonly value: string | undefined },
  end: { readonly column: Column; readonly value: string | undefined },
  report: PeriodReport<Column>,
): void => {
  if (start.value === undefined || end.value === undefined || end.value >= start.value) return;
  report({
    columns: [end.column, start.column],
    code: 'end-before-start',
    message: `The date in ${end.column} is before the date in ${start.column}`,
    fix: 'Check both dates and correct the wrong one.',
  });
};

/** A day that the file reports must lie in the period that the file is for: otherwise the wrong file or period was chosen. */
export const checkInPeriod = <Column extends string>(
  day: { readonly column: Column; readonly value: string | undefined },
  report: PeriodReport<Column>,
  period: FilePeriod,
): void => {
  if (day.value === undefined || (day.value >= period.start && day.value <= period.end)) return;
  report({
    columns: [day.column],
    code: 'date-outside-period',
    message: 'The date is outside the period that this file covers',
    fix: 'Correct the date, take the row out, or send it with a file for the period that it belongs to.',
  });
};

/** A span that the file reports must touch the file's period. An open span (no end) lasts. */
export const checkTouchesPeriod = <Column extends string>(
  span: {
    readonly start: { readonly column: Column; readonly value: string | undefined };
    readonly end?: { readonly column: Column; readonly value: string | undefined };
  },
  report: PeriodReport<Column>,
  period: FilePeriod,
): void => {
  const { start, end } = span;
  if (start.value !== undefined && start.value > period.end) {
    report({
      columns: [start.column],
      code: 'date-outside-period',
      message: 'The date is after the end of the period that this file covers',
      fix: 'Correct the date, or send the row with a file for the period that it belongs to.',
    });
  }
  if (end?.value !== undefined && end.value < period.start && start.value !== undefined && end.value >= start.value) {
    report({
      columns: [end.column, start.column],
      code: 'date-outside-period',
      message: 'This ended before the period that this file covers',
      fix: 'Correct the date, or take the row out: this file is for what was so in its period.',
    });
  }
};

/** The state of things on the last day of the period cannot begin later. */
export const checkNotAfterPeriod = <Column extends string>(
  day: { readonly column: Column; readonly value: string | undefined },
  report: PeriodReport<Column>,
  period: FilePeriod,
): void => {
  if (day.value === undefined || day.value <= period.end) return;
  report({
    columns: [day.column],
    code: 'date-outside-period',
    message: 'The date is after the end of the period that this file covers',
    fix: 'Correct the date, or check that you chose the right period for this file.',
  });
};
