import { coveredPeriod, withCoveredPeriod } from '../../domain/people/merge-coverage.ts';
import { endMissingRecords, isOvertaken, nothingTaken } from './end-missing-records.ts';
import type { IngestRun } from './ingest-run.ts';
import type { FeedCoverage } from './record-store.ts';
import { isNewer } from './snapshot.ts';

/**
 * After the last row: ends what a snapshot no longer has, then completes the upload and says in the same transaction what
 * it covers. Two files of a feed that end together meet in the coverage's version; the later one looks again.
 */
export const completeUpload = async (run: IngestRun): Promise<'completed' | 'time-is-up'> => {
  for (let attempt = 1; ; attempt += 1) {
    const held = await run.readCoverage();
    const ending = await endMissingRecords(run, held);
    if (ending === 'time-is-up') return ending;
    if (ending === 'feed-moved') continue;
    const after = coverageAfter(run, held);
    const { fragments, outboxId } = after === undefined ? { fragments: [], outboxId: undefined } : await announceCoverage(run, after);
    if (await run.complete(fragments, outboxId)) return 'completed';
    await run.conflict(attempt);
  }
};

/**
 * Undefined where nothing changes. A single referral covers nothing: it speaks for one record. Nor does a file of which not
 * one row could be taken: it is as if it had never come.
 */
const coverageAfter = (run: IngestRun, held: FeedCoverage | undefined): FeedCoverage | undefined => {
  const { upload } = run;
  if (upload.source === 'referral') return undefined;
  const before: FeedCoverage = held ?? { agency: upload.agency, feed: upload.feed, periods: [], version: 0 };
  if (nothingTaken(run)) {
    return before.begun?.uploadId === upload.uploadId ? { ...before, begun: undefined, version: before.version + 1 } : undefined;
  }
  const periods = withCoveredPeriod(before.periods, coveredPeriod(upload));
  const own = { uploadId: upload.uploadId, periodEnd: upload.periodEnd };
  const version = before.version + 1;
  if (isOvertaken(run, held)) return { ...before, periods, overtaken: [...(before.overtaken ?? []), own], version };
  const isHead = run.standing && (before.head === undefined || isNewer(own, before.head));
  if (!isHead) return periods === before.periods ? undefined : { ...before, periods, version };
  return { ...before, periods, head: own, overtaken: undefined, version };
};

const announceCoverage = async (run: IngestRun, after: FeedCoverage) => {
  const { coverage, outbox, newId, clock } = run.ports;
  const epoch = (await coverage.readEpoch()) + 1;
  const outboxId = newId();
  return {
    outboxId,
    fragments: [
      coverage.coverageFragment(after),
      coverage.epochFragment(epoch),
      outbox.addFragment({ outboxId, work: { kind: 'coverage', epoch }, createdAt: clock.now() }),
    ],
  };
};
