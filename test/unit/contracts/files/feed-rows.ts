import type { FilePeriod } from '#shared/contracts/files/feed-definition.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';

/** The autumn term of 2024/25: what the feeds' examples are about. */
export const autumn: FilePeriod = { start: '2024-09-01', end: '2024-12-31' };

/** Reads the feed's example row with some cells replaced. */
export const readRow = (id: FeedId, cells: Readonly<Record<string, string>> = {}, period = autumn) =>
  feeds[id].readRow(new Map(Object.entries({ ...feeds[id].exampleRow, ...cells })), period);

export const accepted = (id: FeedId, cells: Readonly<Record<string, string>> = {}, period = autumn) => {
  const reading = readRow(id, cells, period);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading;
};

/** `column: code` of every problem of the row. */
export const problemsOf = (id: FeedId, cells: Readonly<Record<string, string>>, period = autumn): string[] => {
  const reading = readRow(id, cells, period);
  return reading.ok ? [] : reading.problems.map(({ column, code }) => `${column ?? ''}: ${code}`);
};
