import type { FeedDefinition, FilePeriod } from '../../contracts/files/feed-definition.ts';
import type { FieldError } from '../../contracts/http/problems.ts';

/** All that the feed's contract has against a row, by column; the feed's names only, nothing that was sent. */
export const rowFaults = (feed: FeedDefinition, cells: ReadonlyMap<string, string>, period: FilePeriod): readonly FieldError[] => {
  const known = new Set(feed.columns.map(({ name }) => name));
  const unknown: FieldError[] = [...cells.keys()].every((name) => known.has(name))
    ? []
    : [
        {
          pointer: '/body/row',
          code: 'column-unknown',
          message: 'The row has a column that this feed does not have.',
          fix: `Use these columns only: ${[...known].join(', ')}.`,
        },
      ];
  const reading = feed.readRow(cells, period);
  if (reading.ok) return unknown;
  return [
    ...unknown,
    ...reading.problems.map(({ column, code, message, fix }) => ({
      pointer: column === undefined ? '/body/row' : `/body/row/${column}`,
      ...(column === undefined ? {} : { column }),
      code,
      message,
      fix,
    })),
  ];
};
