import type { CheckedSheet, SheetCheck } from '#shared/contracts/files/checking/sheet-check.ts';
import type { Repair } from '#shared/contracts/files/checking/repairs.ts';
import type { RowProblem } from '#shared/contracts/files/feed-definition.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';

/** What the page asks of the worker that reads files. One question at a time; each has one answer, and `progress` before it. */
export type ToWorker =
  | {
      readonly kind: 'check';
      readonly file: File;
      readonly feed: FeedId;
      readonly period: { readonly start: string; readonly end: string };
      /** Columns that the agreement covers; left out for all of the feed's. */
      readonly agreed?: readonly string[];
      readonly repairs?: readonly Repair[];
    }
  /** After a check: the file to send. */
  | { readonly kind: 'prepare'; readonly which: 'all' | 'good' }
  /** After a check: the sender's own rows with what came of them. `problems` by row of the sheet. */
  | { readonly kind: 'annotate'; readonly problems: readonly (readonly [row: number, problems: readonly RowProblem[]])[] };

export interface PreparedFile {
  /** CSV in UTF-8. */
  readonly content: Blob;
  /** Base64, of the content. */
  readonly sha256: string;
  readonly rows: number;
  readonly chosen: { readonly name: string; readonly size: number; readonly sha256: string };
  readonly droppedColumns: readonly string[];
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly rows: number; readonly share: number }
  | { readonly kind: 'checked'; readonly check: SheetCheck }
  | { readonly kind: 'prepared'; readonly file: PreparedFile }
  | { readonly kind: 'annotated'; readonly content: Blob }
  /** The browser could not read the file any more, or the worker could not be started. */
  | { readonly kind: 'failed' };

export type { CheckedSheet, SheetCheck, Repair };
