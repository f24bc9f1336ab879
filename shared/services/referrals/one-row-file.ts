import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/**
 * The row as the file a partner would have sent (RFC 4180): the feed's own order of columns, those without a value left
 * out unless every file must name them. The same cells give the same bytes.
 */
export const oneRowFile = ({ columns }: FeedDefinition, cells: ReadonlyMap<string, string>): string => {
  const given = columns.filter(({ name, inEveryFile }) => inEveryFile || (cells.get(name) ?? '') !== '');
  return line(given.map(({ name }) => name)) + line(given.map(({ name }) => cells.get(name) ?? ''));
};
