import { noCounts } from '../../domain/uploads/upload.ts';
import { mostWrites } from './apply-rows.ts';
import { addCounts, type IngestRun } from './ingest-run.ts';
import { loadForEnding } from './load-workspace.ts';
import { planEnd } from './plan-row.ts';
import type { FeedCoverage, RecordStore } from './record-store.ts';
import { isNewer, type Snapshot } from './snapshot.ts';

const ledgersAtOnce = 100;

/**
 * A record of the older of two snapshots that the newer one does not have holds no longer. Files may come in any order:
 * where this one is the older, it is its own records that end. Nothing ends where the newer file has rows that do not even
 * say which record they are, since any missing record may be one of them. May be begun again at any time.
 *
 * Where a newer one is being taken in, nothing is ended: it may have confirmed what this one does not have. It compares
 * itself with this one when it ends.
 */
export const endMissingRecords = async (run: IngestRun, held: FeedCoverage | undefined): Promise<Ending> => {
  const { uploadId, periodEnd } = run.upload;
  if (!run.standing || nothingTaken(run) || isOvertaken(run, held)) return 'ended';
  const own: Snapshot = { uploadId, periodEnd };
  const { head, overtaken = [] } = held ?? {};
  const isHead = head === undefined || isNewer(own, head);
  for (const other of [head, ...(isHead ? overtaken : [])]) {
    if (other === undefined || other.uploadId === uploadId) continue;
    const [newer, older] = isNewer(own, other) ? [own, other] : [other, own];
    const ending = await endMissing(run, newer, older);
    if (ending !== 'ended') return ending;
  }
  return 'ended';
};

/** `feed-moved`: another snapshot has begun or ended; look again at what is to be compared with what. */
type Ending = 'ended' | 'time-is-up' | 'feed-moved';

/** Every row was faulty: such a file cannot say that anybody is missing from it. */
export const nothingTaken = ({ upload }: IngestRun): boolean => {
  const { added, changed, unchanged, refused } = upload.checkpoint.counts;
  return refused > 0 && added + changed + unchanged === 0;
};

/** A newer snapshot of the feed has begun and not ended. */
export const isOvertaken = (run: IngestRun, held: FeedCoverage | undefined): boolean =>
  run.standing && held?.begun !== undefined && held.begun.uploadId !== run.upload.uploadId && held.begun.uploadId !== held.head?.uploadId;

const endMissing = async (run: IngestRun, newer: Snapshot, older: Snapshot): Promise<Ending> => {
  let missing: string[] = [];
  for await (const rowId of rowsOnlyIn(run.ports.records, older.uploadId, newer.uploadId, run.upload.checkpoint.counts.rows)) {
    missing.push(rowId);
    if (missing.length < ledgersAtOnce) continue;
    const ending = await endRecords(run, missing, newer);
    if (ending !== 'ended') return ending;
    missing = [];
  }
  return endRecords(run, missing, newer);
};

const endRecords = async (run: IngestRun, rowIds: readonly string[], newer: Snapshot): Promise<Ending> => {
  let left = rowIds;
  let conflicts = 0;
  let limit = mostWrites;
  while (left.length > 0) {
    const { records } = run.ports;
    const ledgers = (await records.readLedgers(left)).filter(
      (ledger) => ledger.status === 'current' && ledger.periodEnd <= newer.periodEnd,
    );
    if (ledgers.length === 0) return 'ended';
    const workspace = await loadForEnding(records, ledgers);
    const context = run.planContext();
    const done: string[] = [];
    for (const ledger of ledgers) {
      const plan = planEnd(workspace, ledger, newer.periodEnd, context);
      if (workspace.size > 0 && workspace.sizeWith(plan) > limit) break;
      workspace.apply(plan);
      done.push(ledger.rowId);
    }
    const keys = workspace.keysToRead;
    if (keys.length > 0) workspace.addKeys(keys, await records.readKeys(keys));
    const { checkpoint } = run.upload;
    const committed = await run.advance(
      { ...checkpoint, counts: addCounts(checkpoint.counts, { ...noCounts, ended: done.length }) },
      { fragments: [records.changesFragment(workspace.changes())], problems: [], people: workspace.peopleTouched },
    );
    if (committed) {
      left = ledgers.map(({ rowId }) => rowId).filter((rowId) => !done.includes(rowId));
      conflicts = 0;
      if (run.timeIsUp) return 'time-is-up';
    } else {
      conflicts += 1;
      if ((await run.conflict(conflicts)) === 'feed-moved') return 'feed-moved';
      limit = Math.max(10, Math.floor(limit / 2));
    }
  }
  return 'ended';
};

/** Ids held in memory at once, some 25 MB; larger files are compared part by part. */
const mostIds = 250_000;

const rowsOnlyIn = async function* (
  store: RecordStore,
  olderId: string,
  newerId: string,
  rows: number,
): AsyncGenerator<string, void, void> {
  const parts = Math.max(1, Math.ceil(rows / mostIds));
  for (let part = 0; part < parts; part += 1) {
    const isOfPart = (rowId: string): boolean => parts === 1 || rowId.charCodeAt(rowId.length - 2) % parts === part;
    const inNewer = new Set<string>();
    let newerHasRows = false;
    for await (const seen of store.readSeen(newerId)) {
      if (seen.unidentified > 0) return;
      newerHasRows ||= seen.rowIds.length > 0;
      for (const rowId of seen.rowIds) if (isOfPart(rowId)) inNewer.add(rowId);
    }
    // Its list is gone, or it had nothing but faulty rows: then it cannot say what is missing.
    if (!newerHasRows) return;
    for await (const seen of store.readSeen(olderId)) {
      for (const rowId of seen.rowIds) if (isOfPart(rowId) && !inNewer.has(rowId)) yield rowId;
    }
  }
};
