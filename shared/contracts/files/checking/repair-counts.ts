import type { CellRepair } from './repairs.ts';
import type { RepairProposal } from './sheet-check.ts';

/** Cells by what has been done to them and by column, with an example of each. */
export class RepairCounts {
  readonly #counts = new Map<string, { repair: CellRepair; column: string; count: number; example: { from: string; to: string } }>();

  add(repair: CellRepair, column: string, example: { from: string; to: string }): void {
    const key = `${repair} ${column}`;
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { repair, column, count: 1, example });
  }

  list(): readonly RepairProposal[] {
    return [...this.#counts.values()];
  }
}
