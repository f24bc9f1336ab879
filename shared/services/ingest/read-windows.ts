import type { FeedDefinition, RowProblem } from '../../contracts/files/feed-definition.ts';
import type { FileEvent, ReadState } from '../../contracts/files/read-file.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { FileRefusal, Upload } from '../../domain/uploads/upload.ts';
import type { IncomingRow } from './plan-row.ts';

/** A row as the worker takes it: to apply, or to report back. */
export type WindowRow = {
  /** Where reading goes on after it. */
  readonly state: ReadState;
  readonly row: number;
  readonly sourceRow?: number | undefined;
} & (
  | { readonly kind: 'incoming'; readonly incoming: IncomingRow }
  /** `rowId` where the row at least says which record it is. */
  | { readonly kind: 'faulty'; readonly problems: readonly RowProblem[]; readonly rowId: string | undefined }
);

export type FileWindow =
  | { readonly kind: 'columns'; readonly columnsMissing: string[]; readonly columnsIgnored: number[] }
  | { readonly kind: 'rows'; readonly rows: readonly WindowRow[] }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'end'; readonly state: ReadState };

/** Rows looked up together: as many as one batch read takes. */
const rowsPerWindow = 100;

/** The rows of a file, validated and hashed, a window at a time. */
export const readWindows = async function* (
  events: AsyncIterable<FileEvent>,
  { feed, upload, hash }: { readonly feed: FeedDefinition; readonly upload: Upload; readonly hash: KeyedHash },
): AsyncGenerator<FileWindow, void, void> {
  const period = { start: upload.periodStart, end: upload.periodEnd };
  const rowIdOf = (recordKey: readonly string[]): string => hash.hash('row', upload.agency, feed.id, ...recordKey);
  let rows: WindowRow[] = [];
  for await (const event of events) {
    switch (event.kind) {
      case 'header':
        yield {
          kind: 'columns',
          columnsMissing: [...event.missingColumns],
          columnsIgnored: event.ignoredColumns.map(({ position }) => position),
        };
        continue;
      case 'refused':
        // What was read before it is not applied: it would only be half a file.
        yield event;
        return;
      case 'end':
        if (rows.length > 0) yield { kind: 'rows', rows };
        yield event;
        return;
      case 'bad-row':
        rows.push({
          kind: 'faulty',
          row: event.row,
          sourceRow: event.sourceRow,
          state: event.state,
          problems: [event.problem],
          rowId: undefined,
        });
        break;
      case 'row': {
        const { row, sourceRow, state } = event;
        const reading = feed.readRow(event.cells, period);
        if (reading.ok) {
          const contentHash = hash.hash('row-content', feed.id, reading.content);
          rows.push({
            kind: 'incoming',
            row,
            sourceRow,
            state,
            incoming: { row, rowId: rowIdOf(reading.recordKey), contentHash, mentions: reading.mentions },
          });
        } else {
          const rowId = reading.recordKey === undefined ? undefined : rowIdOf(reading.recordKey);
          rows.push({ kind: 'faulty', row, sourceRow, state, problems: reading.problems, rowId });
        }
      }
    }
    if (rows.length === rowsPerWindow) {
      yield { kind: 'rows', rows };
      rows = [];
    }
  }
};
