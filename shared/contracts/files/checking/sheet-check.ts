import type { FileForm, FileRefusal } from '../../../domain/uploads/upload.ts';
import type { RowProblem } from '../feed-definition.ts';
import type { OpenedFile } from '../opening/open-file.ts';
import type { Repair } from './repairs.ts';

/** A row as its sheet shows it, for those that something is said about. */
export interface ShownRow {
  /** In the sheet; 1 is its first. */
  readonly row: number;
  /** In the order of `columns`; none where the row could not be taken apart. */
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
  readonly queries: readonly RowProblem[];
}

/** All that one rule says about one column. */
export interface ProblemGroup extends RowProblem {
  readonly count: number;
  /** The first few places, `C12`, with what stands there. */
  readonly places: readonly { readonly address: string; readonly value: string }[];
}

export interface RepairProposal {
  readonly repair: Repair;
  /** Absent where it concerns the whole file. */
  readonly column?: string;
  /** Cells, or rows. */
  readonly count: number;
  readonly example?: { readonly from: string; readonly to: string };
}

export interface CheckedSheet {
  readonly kind: 'checked';
  readonly form: FileForm;
  readonly sheet?: OpenedFile['sheet'];
  readonly headerRow: number;
  /** The agreed columns that the file has, in the feed's order, and the letters of the sheet that they stand under. */
  readonly columns: readonly { readonly name: string; readonly letters: string }[];
  /** What is left out: columns that the feed or the agreement does not have, as the file calls them. */
  readonly droppedColumns: readonly string[];
  readonly missingColumns: readonly string[];
  readonly rows: number;
  readonly faultyRows: number;
  readonly queriedRows: number;
  readonly problems: readonly ProblemGroup[];
  readonly queries: readonly ProblemGroup[];
  /** The first rows that something is wrong with or odd about. */
  readonly shown: readonly ShownRow[];
  /** Cells that said `="0123"` and were read as what they mean. */
  readonly unwrapped: number;
  /** Damage found that could be undone, as long as nobody has said that it should be. */
  readonly proposals: readonly RepairProposal[];
  readonly repaired: readonly RepairProposal[];
}

export type SheetCheck = CheckedSheet | { readonly kind: 'refused'; readonly refusal: FileRefusal };
