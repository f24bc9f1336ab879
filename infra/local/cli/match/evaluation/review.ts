export type Decision = 'link' | 'review' | 'new';

export interface DecidedRow {
  readonly made: string;
  readonly truth: string;
  readonly decision: Decision;
}

export interface ReviewQuality {
  /** Rows that wait for a person to decide, of all rows. */
  readonly share: number;
  /** Of those, rows whose person has other rows elsewhere: looking at them finds a link. */
  readonly yield: number;
}

export const reviewQuality = (rows: readonly DecidedRow[]): ReviewQuality => {
  const waiting = rows.filter(({ decision }) => decision === 'review');
  const groupsOf = new Map<string, Set<string>>();
  for (const { made, truth } of rows) groupsOf.set(truth, (groupsOf.get(truth) ?? new Set()).add(made));
  const useful = waiting.filter(({ truth }) => (groupsOf.get(truth)?.size ?? 0) > 1);
  return {
    share: rows.length === 0 ? 0 : waiting.length / rows.length,
    yield: waiting.length === 0 ? 1 : useful.length / waiting.length,
  };
};

/**
 * The same rows after somebody who is never wrong has decided all that wait. A row that waits has a provisional person: where
 * more than half of that one's rows are the same real person's, it becomes one with the person who holds most of the real
 * person's rows, where there is such a one; otherwise the row alone moves there. Only rows that wait change anything.
 */
export const afterPerfectReview = <Row extends DecidedRow>(rows: readonly Row[]): readonly Row[] => {
  const composition = new Map<string, Map<string, number>>();
  for (const { made, truth } of rows) {
    const within = composition.get(made) ?? new Map<string, number>();
    composition.set(made, within.set(truth, (within.get(truth) ?? 0) + 1));
  }
  const mostly = new Map([...composition].map(([made, counts]) => [made, majority(counts)]));
  const persons = new Map<string, string>();
  for (const [made, counts] of composition) {
    const truth = mostly.get(made);
    if (truth === undefined) continue;
    const before = persons.get(truth);
    if (before === undefined || (composition.get(before)?.get(truth) ?? 0) < (counts.get(truth) ?? 0)) persons.set(truth, made);
  }
  const joined = new Map<string, string>();
  for (const { made, truth, decision } of rows) {
    const person = persons.get(truth);
    if (decision === 'review' && person !== undefined && person !== made && mostly.get(made) === truth) joined.set(made, person);
  }
  return rows.map((row) => {
    const own = joined.get(row.made);
    if (own !== undefined) return { ...row, made: own };
    const person = persons.get(row.truth);
    return row.decision === 'review' && person !== undefined && mostly.get(row.made) !== row.truth ? { ...row, made: person } : row;
  });
};

const majority = (counts: ReadonlyMap<string, number>): string | undefined => {
  let all = 0;
  for (const count of counts.values()) all += count;
  for (const [truth, count] of counts) if (count * 2 > all) return truth;
  return undefined;
};
