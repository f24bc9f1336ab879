/** Columns as wide as they need to be: the first to the left, numbers to the right. */
export const printTable = (header: readonly string[], rows: readonly (readonly string[])[]): void => {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  console.log(
    [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].map((text) => `  ${text.trimEnd()}`).join('\n'),
  );
};

export const printHeading = (text: string, ...notes: readonly string[]): void => {
  console.log(['', text, ...notes.map((note) => `  ${note}`), ''].join('\n'));
};

export const count = (value: number): string => value.toLocaleString('en-GB');
export const decimal = (value: number, digits = 2): string => value.toFixed(digits);
