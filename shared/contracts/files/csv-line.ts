const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row of a comma-separated file (RFC 4180). */
export const csvLine = (cells: readonly string[], lineEnd = '\r\n'): string => `${cells.map(csvCell).join(',')}${lineEnd}`;
