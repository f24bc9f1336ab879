import type { WindowRow } from '../ingest/read-windows.ts';

export interface SampledRow {
  readonly rowId: string;
  readonly row: WindowRow;
}

/**
 * The rows with the lowest keyed hashes: of one file always the same ones, drawn evenly whatever order it is in, and of two
 * files of a feed the same records, so that what one of them does not have can be told from as many rows.
 */
export class RowSample {
  readonly #most: number;
  #rows = new Map<string, WindowRow>();
  #below: string | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(rowId: string, row: WindowRow): void {
    if (this.#rows.has(rowId) || (this.#below !== undefined && rowId > this.#below)) return;
    this.#rows.set(rowId, row);
    if (this.#rows.size >= 2 * this.#most) this.#cut();
  }

  /** By row number. */
  rows(): readonly SampledRow[] {
    this.#cut();
    return [...this.#rows].map(([rowId, row]) => ({ rowId, row })).toSorted((a, b) => a.row.row - b.row.row);
  }

  /** Whether a record with this hash would have been drawn. */
  covers(rowId: string): boolean {
    return this.#below === undefined || rowId <= this.#below;
  }

  has(rowId: string): boolean {
    return this.#rows.has(rowId);
  }

  /** Nothing was left out. */
  get isWhole(): boolean {
    return this.#below === undefined;
  }

  #cut(): void {
    if (this.#rows.size <= this.#most) return;
    const kept = [...this.#rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, this.#most);
    this.#rows = new Map(kept);
    this.#below = kept.at(-1)?.[0];
  }
}
