import type { RowProblem } from '../feed-definition.ts';
import type { ProblemGroup } from './sheet-check.ts';

const mostPlaces = 5;
const longestValue = 60;

/** Problems put together by rule and column, with the first few places of each. */
export class ProblemGroups {
  readonly #letters: ReadonlyMap<string, string>;
  readonly #groups = new Map<string, { problem: RowProblem; count: number; places: { address: string; value: string }[] }>();

  /** `letters`: of the sheet, by column. */
  constructor(letters: ReadonlyMap<string, string>) {
    this.#letters = letters;
  }

  add(problem: RowProblem, row: number, cells: ReadonlyMap<string, string>): void {
    const column = problem.column ?? '';
    const key = `${problem.code} ${column} ${problem.message}`;
    const group = this.#groups.get(key) ?? { problem, count: 0, places: [] };
    this.#groups.set(key, group);
    group.count += 1;
    if (group.places.length >= mostPlaces) return;
    const letters = this.#letters.get(column);
    group.places.push({
      address: letters === undefined ? `row ${String(row)}` : `${letters}${String(row)}`,
      value: (cells.get(column) ?? '').slice(0, longestValue),
    });
  }

  /** The most frequent first. */
  list(): readonly ProblemGroup[] {
    return [...this.#groups.values()]
      .map(({ problem, count, places }) => ({ ...problem, count, places }))
      .sort((left, right) => right.count - left.count);
  }
}
