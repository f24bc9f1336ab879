/** A file that says how everything stands at the end of its period. */
export interface Snapshot {
  readonly uploadId: string;
  readonly periodEnd: string;
}

/** Of two snapshots the one whose period ends later; of one period the one granted later. */
export const isNewer = (a: Snapshot, b: Snapshot): boolean =>
  a.periodEnd === b.periodEnd ? a.uploadId > b.uploadId : a.periodEnd > b.periodEnd;
