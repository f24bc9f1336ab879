/** Pairs by their pattern of levels: as many pairs are alike, estimation goes over patterns. */
export interface Patterns {
  readonly levels: readonly Int8Array[];
  readonly counts: readonly number[];
  /** The pattern of each pair, in the order they were added. */
  readonly ofPair: readonly number[];
}

export const patternCollector = () => {
  const levels: Int8Array[] = [];
  const counts: number[] = [];
  const ofPair: number[] = [];
  const known = new Map<string, number>();
  return {
    add: (pair: Int8Array): void => {
      const name = String.fromCharCode(...pair.map((level) => level + 1));
      let at = known.get(name);
      if (at === undefined) {
        at = levels.length;
        known.set(name, at);
        levels.push(pair.slice());
        counts.push(0);
      }
      counts[at] = (counts[at] ?? 0) + 1;
      ofPair.push(at);
    },
    patterns: (): Patterns => ({ levels, counts, ofPair }),
  };
};
