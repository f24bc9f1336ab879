import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import { findFeed } from '../../contracts/files/feeds.ts';
import { coveredPeriod, withCoveredPeriod } from '../../domain/people/merge-coverage.ts';
import { rowsOfWithdrawal } from '../../domain/uploads/feed-claims.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { FeedCoverage } from '../ingest/record-store.ts';
import { isNewer } from '../ingest/snapshot.ts';
import { mostClaims, readClaims } from './read-claims.ts';
import { undoRows } from './undo-rows.ts';
import type { WithdrawalOutcome, WithdrawalPorts } from './withdrawal-ports.ts';

const mostConflicts = 12;
/** Kept back for the last commit and the hand-over. */
const reserveMs = 20_000;

/**
 * Undoes what a file did, so that everything stands as if it had never come: contents that it brought go, those before them
 * come back, what it ended holds again, what other files have as well is theirs, and whoever is touched is assessed anew.
 *
 * What is to be done is told from what the feed's other files have said, and doing it twice does nothing: so it may be
 * begun again at any time, by any number of workers. While it goes on no other file of the feed is begun. `from`: where the
 * worker before stopped, so that what takes many turns does not look at everything in each.
 */
export const withdrawUpload = async (
  ports: WithdrawalPorts,
  uploadId: string,
  { remainingMs, from }: { readonly remainingMs: () => number; readonly from?: ResumePoint | undefined },
): Promise<WithdrawalOutcome> => {
  let rows = 0;
  for (let attempt = 1; attempt <= mostConflicts; attempt += 1) {
    const upload = await ports.uploads.findUpload(uploadId);
    if (upload === undefined) return { kind: 'ignored', because: 'no-such-upload' };
    if (upload.state !== 'withdrawing') return { kind: 'ignored', because: 'not-withdrawing' };
    const coverage = await announce(ports, upload);
    if (coverage === undefined) {
      await ports.pause(attempt);
      continue;
    }
    const files = await ports.uploads.listFeedUploads(upload.agency, upload.feed);
    if (files.some(isBeingTakenIn)) return { kind: 'waiting', uploadId, rows };
    const others = files
      .filter((file) => file.uploadId !== uploadId && file.state === 'completed' && hasTakenRows(file))
      .toSorted((a, b) => (isNewer(a, b) ? 1 : -1));
    const resume = from?.coverage === coverage.version ? from : undefined;
    const undoing = await undo(ports, { upload, others, coverage, resume }, remainingMs);
    rows += undoing.rows;
    if (undoing.kind === 'time-is-up') {
      await ports.ingestQueue.send([{ kind: 'withdraw', uploadId, from: undoing.at }]);
      return { kind: 'handed-over', uploadId, rows };
    }
    if (undoing.kind === 'done' && (await finish(ports, upload, others, coverage))) {
      // Whatever waited for this to end.
      const waiting = files.filter(({ state }) => state === 'ingesting' || state === 'ready');
      if (waiting.length > 0) await ports.ingestQueue.send(waiting.map((file) => ({ kind: 'continue', uploadId: file.uploadId })));
      return { kind: 'withdrawn', uploadId, rows };
    }
    // Something of the feed has moved: what the others say may be different now.
    await ports.pause(attempt);
  }
  return { kind: 'waiting', uploadId, rows };
};

/** A worker has it, or part of it is in. One that has been claimed and released again waits for this. */
const isBeingTakenIn = ({ state, checkpoint, leaseOwner }: Upload): boolean =>
  state === 'ingesting' && (checkpoint.row > 0 || leaseOwner !== undefined);

const hasTakenRows = ({ checkpoint: { counts } }: Upload): boolean =>
  counts.refused === 0 || counts.added + counts.changed + counts.unchanged > 0;

/**
 * Says on the feed's coverage that this file is being taken back, unless another worker has just finished that; each chunk
 * is written provided that this still stands. Undefined: look again.
 */
const announce = async (
  { coverage, transactions, uploads }: WithdrawalPorts,
  { agency, feed, uploadId }: Upload,
): Promise<FeedCoverage | undefined> => {
  const held: FeedCoverage = (await coverage.readFeedCoverage(agency, feed)) ?? { agency, feed, periods: [], version: 0 };
  if (held.withdrawing?.includes(uploadId) === true) return held;
  const next = { ...held, withdrawing: [...(held.withdrawing ?? []), uploadId], version: held.version + 1 };
  const { ok } = await transactions.commit([coverage.coverageFragment(next), uploads.withdrawingFragment(uploadId)]);
  return ok ? next : undefined;
};

/**
 * Where the worker before stopped: everything up to this row of this part has been looked at. As long as the feed has not
 * moved, the parts and their rows are the same.
 */
type ResumePoint = NonNullable<Extract<IngestRequest, { kind: 'withdraw' }>['from']>;

type Undoing =
  | { readonly kind: 'done' | 'feed-moved'; readonly rows: number }
  | { readonly kind: 'time-is-up'; readonly rows: number; readonly at: ResumePoint };

interface Undertaking {
  readonly upload: Upload;
  readonly others: readonly Upload[];
  readonly coverage: FeedCoverage;
  readonly resume: ResumePoint | undefined;
}

const undo = async (
  ports: WithdrawalPorts,
  { upload, others, coverage, resume }: Undertaking,
  remainingMs: () => number,
): Promise<Undoing> => {
  const isSnapshot = findFeed(upload.feed)?.kind === 'snapshot';
  const counted = [upload, ...others].reduce((sum, file) => sum + file.checkpoint.counts.rows, 0);
  const parts = Math.max(1, Math.ceil(counted / mostClaims));
  let rows = 0;
  for (let part = resume?.part ?? 0; part < parts; part += 1) {
    const withdrawn = await readClaims(ports.records, upload, { part, parts });
    const claims = [];
    for (const other of others) claims.push(await readClaims(ports.records, other, { part, parts }));
    const withAll =
      upload.source === 'link' && hasTakenRows(upload) ? [...claims, withdrawn].toSorted((a, b) => (isNewer(a, b) ? 1 : -1)) : claims;
    const rowIds = rowsOfWithdrawal(withdrawn, claims, withAll, isSnapshot);
    const done = part === resume?.part ? resume.row : '';
    // In order, so that what comes after a row is what was not looked at.
    for (let from = rowIds.findIndex((rowId) => rowId > done); from !== -1 && from < rowIds.length;) {
      if (remainingMs() < Math.min(reserveMs, 0.3 * remainingMs() + 1000))
        return { kind: 'time-is-up', rows, at: { coverage: coverage.version, part, row: rowIds[from - 1] ?? done } };
      const step = await undoRows(ports, { upload, coverage, others: claims, isSnapshot }, rowIds.slice(from));
      if (step === 'feed-moved') return { kind: 'feed-moved', rows };
      from += step.looked;
      rows += step.undone;
    }
  }
  return { kind: 'done', rows };
};

/** The feed covers what its other files cover, and the newest of them says how things stand. */
const finish = async (ports: WithdrawalPorts, upload: Upload, others: readonly Upload[], held: FeedCoverage): Promise<boolean> => {
  const { coverage, outbox, transactions, uploads, clock, newId } = ports;
  const { uploadId, agency, feed } = upload;
  const left = held.withdrawing?.filter((id) => id !== uploadId) ?? [];
  const newest = findFeed(feed)?.kind === 'snapshot' ? others.at(-1) : undefined;
  const head = newest && { uploadId: newest.uploadId, periodEnd: newest.periodEnd };
  const begun = held.begun === undefined || held.begun.uploadId === uploadId ? head : held.begun;
  const overtaken = held.overtaken?.filter((snapshot) => snapshot.uploadId !== uploadId) ?? [];
  const after: FeedCoverage = {
    agency,
    feed,
    periods: others.reduce<FeedCoverage['periods']>((periods, file) => withCoveredPeriod(periods, coveredPeriod(file)), []),
    ...(head !== undefined && { head }),
    ...(begun !== undefined && { begun }),
    ...(overtaken.length > 0 && { overtaken }),
    ...(left.length > 0 && { withdrawing: left }),
    version: held.version + 1,
  };
  const epoch = (await coverage.readEpoch()) + 1;
  const outboxId = newId();
  const at = clock.now();
  const { ok } = await transactions.commit([
    coverage.coverageFragment(after),
    coverage.epochFragment(epoch),
    outbox.addFragment({ outboxId, work: { kind: 'coverage', epoch }, createdAt: at }),
    uploads.withdrawnFragment(uploadId, at),
  ]);
  if (ok) await ports.assessQueue.send([{ kind: 'outbox', outboxId }]).catch(() => undefined);
  return ok;
};
