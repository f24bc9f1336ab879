/** Two families that were one, or became one. */
export interface FamilyTie {
  readonly from: string;
  readonly to: string;
}

/** A family and every family it was merged with or split from, over any number of steps, in order. */
export const lineageOf = (familyId: string, ties: readonly FamilyTie[]): readonly string[] => {
  const found = new Set([familyId]);
  for (const id of found) {
    for (const { from, to } of ties) {
      if (from === id) found.add(to);
      if (to === id) found.add(from);
    }
  }
  return [...found].toSorted();
};
