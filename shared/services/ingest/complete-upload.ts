import { coveredPeriod, withCoveredPeriod } from '../../domain/people/merge-coverage.ts';
import { endMissingRecords, isNewer } from './end-missing-records.ts';
import type { IngestRun } from './ingest-run.ts';
import type { FeedCoverage } from './record-store.ts';

/**
 * After the last row: ends what a snapshot no longer has, then completes the upload and says in the same transaction what
 * it covers. Two files of a feed that end together meet in the coverage's version; the later one looks again.
 */
export const completeUpload = async (run: IngestRun): Promise<'completed' | 'time-is-up'> => {
  const { coverage } = run.ports;
  const { agency, feed } = run.upload;
  for (let attempt = 1; ; attempt += 1) {
    const held = await coverage.readFeedCoverage(agency, feed);
    if ((await endMissingRecords(run, held)) === 'time-is-up') return 'time-is-up';
    const after = coverageAfter(run, held);
    const { fragments, outboxId } = after === undefined ? { fragments: [], outboxId: undefined } : await announceCoverage(run, after);
    if (await run.complete(fragments, outboxId)) return 'completed';
    await run.conflict(attempt);
  }
};

/** Undefined where nothing changes. A single referral covers nothing: it speaks for one record. */
const coverageAfter = (run: IngestRun, held: FeedCoverage | undefined): FeedCoverage | undefined => {
  const { upload } = run;
  if (upload.source === 'referral') return undefined;
  const before: FeedCoverage = held ?? { agency: upload.agency, feed: upload.feed, periods: [], version: 0 };
  const periods = withCoveredPeriod(before.periods, coveredPeriod(upload));
  const own = { uploadId: upload.uploadId, periodEnd: upload.periodEnd };
  const head = run.standing && (before.head === undefined || isNewer(own, before.head)) ? own : before.head;
  if (periods === before.periods && head === before.head) return undefined;
  return { ...before, periods, head, version: before.version + 1 };
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
