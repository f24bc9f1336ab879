/** What one file says about which records there are: of each row that could be told apart, in which content. */
export interface FileClaims {
  readonly uploadId: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  /** Rows that did not even say which record they are: such a file ends nothing. */
  readonly unidentified: number;
  /** `version` 0: it has the record, but brought nothing about it that is held. */
  readonly rows: ReadonlyMap<string, RowClaim>;
}

export interface RowClaim {
  /** In the file; 1 is the first row under the header. */
  readonly row: number;
  readonly version: number;
}

/** Whether a record holds, going by a feed's snapshots alone. Undefined: none of them has it. */
export type Standing = { readonly status: 'current' } | { readonly status: 'ended'; readonly endedOn: string } | undefined;

/**
 * `snapshots` oldest first. A record holds until the first newer snapshot that does not have it, unless that one has rows of
 * which nobody can say what records they are, or none at all.
 */
export const standingOf = (rowId: string, snapshots: readonly FileClaims[]): Standing => {
  const last = snapshots.findLastIndex(({ rows }) => rows.has(rowId));
  if (last === -1) return undefined;
  const ending = snapshots.slice(last + 1).find(({ unidentified, rows }) => unidentified === 0 && rows.size > 0);
  return ending === undefined ? { status: 'current' } : { status: 'ended', endedOn: ending.periodEnd };
};

const isSame = (a: Standing, b: Standing): boolean =>
  a?.status === b?.status && (a?.status !== 'ended' || b?.status !== 'ended' || a.endedOn === b.endedOn);

/** The records that have to be looked at when `withdrawn` is taken back: what it has, and what it ended. In order. */
export const rowsOfWithdrawal = (
  withdrawn: FileClaims,
  others: readonly FileClaims[],
  withAll: readonly FileClaims[],
  isSnapshot: boolean,
): readonly string[] => {
  const found = new Set(withdrawn.rows.keys());
  if (isSnapshot) {
    for (const { rows } of others) {
      for (const rowId of rows.keys()) {
        if (!found.has(rowId) && !isSame(standingOf(rowId, others), standingOf(rowId, withAll))) found.add(rowId);
      }
    }
  }
  return [...found].toSorted();
};
