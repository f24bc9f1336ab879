import type { OutboxName } from '../outbox/outbox.ts';
import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import type { Checkpoint, Upload, UploadCounts } from '../../domain/uploads/upload.ts';
import { shippedMatching } from '../../domain/matching/models/shipped-matching.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import { ingestLeaseSeconds } from '../../domain/uploads/stalled.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { RowProblems } from '../uploads/upload-repository.ts';
import type { IngestPorts, IngestTurn } from './ingest-ports.ts';
import type { PlanContext } from './plan-row.ts';
import type { FeedCoverage } from './record-store.ts';
import { isNewer } from './snapshot.ts';

/** Another worker has the upload: this one must not write any more. */
class LostUpload extends Error {
  constructor() {
    super('another worker has taken the upload over');
    this.name = 'LostUpload';
  }
}

/** A worker that meets other writers so often has something else to complain about. */
const mostConflicts = 25;
/** Kept back for the last commit and the hand-over, at most and as a part of the turn. */
const longestReserveMs = 15_000;
const reservePart = 0.3;
const announcementsAtOnce = 10;

/** One worker's turn at one upload: holds the lease, moves the checkpoint and announces what has been committed. */
export class IngestRun {
  readonly ports: IngestPorts;
  readonly feed: FeedDefinition;
  /** A snapshot of the agency's own; a single referral says nothing about anybody else. */
  readonly standing: boolean;
  readonly #turn: IngestTurn;
  readonly #reserveMs: number;
  #upload: Upload;
  #unannounced: OutboxName[] = [];

  /** As last read. */
  #coverage: FeedCoverage | undefined;

  constructor(ports: IngestPorts, turn: IngestTurn, upload: Upload, feed: FeedDefinition) {
    this.ports = ports;
    this.feed = feed;
    this.standing = feed.kind === 'snapshot' && upload.source === 'link';
    this.#turn = turn;
    this.#reserveMs = Math.min(longestReserveMs, turn.remainingMs() * reservePart);
    this.#upload = upload;
  }

  get owner(): string {
    return this.#turn.owner;
  }

  get upload(): Upload {
    return this.#upload;
  }

  get timeIsUp(): boolean {
    return this.#turn.remainingMs() < this.#reserveMs;
  }

  /** What the feed's files cover, and which of its snapshots is the newest. */
  async readCoverage(): Promise<FeedCoverage | undefined> {
    this.#coverage = await this.ports.coverage.readFeedCoverage(this.#upload.agency, this.#upload.feed);
    return this.#coverage;
  }

  /**
   * Says, before the first row of a snapshot, that it is the newest, unless a newer one has begun. A row that says what is
   * held already writes nothing, so an older file that is being taken in at the same time could change it without anybody
   * noticing: therefore every chunk is written under the condition that nobody has said so since it was read.
   */
  async begin(): Promise<void> {
    if (!this.standing) return;
    const { agency, feed, uploadId, periodEnd } = this.#upload;
    for (let attempt = 1; ; attempt += 1) {
      const held: FeedCoverage = (await this.readCoverage()) ?? { agency, feed, periods: [], version: 0 };
      const newest = held.begun ?? held.head;
      if (newest !== undefined && !isNewer({ uploadId, periodEnd }, newest)) return;
      const next = { ...held, begun: { uploadId, periodEnd }, version: held.version + 1 };
      const { ok } = await this.ports.transactions.commit([this.ports.coverage.coverageFragment(next)]);
      if (ok) this.#coverage = next;
      if (ok) return;
      await this.conflict(attempt);
    }
  }

  /** Is written with the next move of the checkpoint: a worker that dies before it reads the header again. */
  noteColumns({ columnsMissing, columnsIgnored }: Required<Pick<Checkpoint, 'columnsMissing' | 'columnsIgnored'>>): void {
    this.#upload = { ...this.#upload, checkpoint: { ...this.#upload.checkpoint, columnsMissing, columnsIgnored } };
  }

  planContext(): PlanContext {
    const { hash, newId, clock } = this.ports;
    return {
      newest: this.standing ? (this.#coverage?.begun ?? this.#coverage?.head) : undefined,
      upload: this.#upload,
      feed: this.feed,
      standing: this.standing,
      hash,
      matching: shippedMatching,
      newId,
      now: clock.now(),
      today: clock.today(),
    };
  }

  /** Writes a chunk and the checkpoint after it, all or nothing. False: somebody else was writing; read again and decide again. */
  async advance(
    next: Omit<Checkpoint, 'chunk'>,
    chunk: {
      readonly fragments: readonly TransactionFragment[];
      readonly problems: readonly RowProblems[];
      readonly people: readonly string[];
    },
  ): Promise<boolean> {
    const { uploads, clock, newId, outbox } = this.ports;
    const from = this.#upload.checkpoint;
    const checkpoint: Checkpoint = { ...next, chunk: from.chunk + 1 };
    const at = clock.now();
    const outboxId = chunk.people.length === 0 ? undefined : newId();
    const committed = await this.#commit(checkpoint, [
      ...chunk.fragments,
      ...this.#sameCoverage(),
      ...(outboxId === undefined
        ? []
        : [
            outbox.addFragment({
              outboxId,
              uploadId: this.#upload.uploadId,
              work: { kind: 'people', personIds: chunk.people },
              createdAt: at,
            }),
          ]),
      uploads.advanceFragment(this.#upload, {
        owner: this.#turn.owner,
        from,
        next: checkpoint,
        problems: chunk.problems,
        at,
        leaseUntil: this.#leaseUntil(at),
      }),
    ]);
    if (committed && outboxId !== undefined) await this.#announce({ outboxId, uploadId: this.#upload.uploadId });
    return committed;
  }

  /** Moves the checkpoint without a row. */
  async remember(known: Pick<Checkpoint, 'checked' | 'objectVersion'>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const { checkpoint } = this.#upload;
      if (await this.advance({ ...checkpoint, ...known }, { fragments: [], problems: [], people: [] })) return;
      await this.conflict(attempt);
    }
  }

  #sameCoverage(): readonly TransactionFragment[] {
    return this.standing && this.#coverage !== undefined ? [this.ports.coverage.sameCoverageFragment(this.#coverage)] : [];
  }

  /**
   * The last write of all. Without a change to the coverage: provided that it is as it was read. With it goes work about nobody:
   * whoever does the last of the file's work then finds the file completed, and notes that nothing is left of it.
   */
  async complete(fragments: readonly TransactionFragment[], outboxId: string | undefined): Promise<boolean> {
    const { uploads, clock, newId, outbox } = this.ports;
    const { uploadId } = this.#upload;
    const at = clock.now();
    const last = { outboxId: newId(), uploadId };
    const checkpoint = { ...this.#upload.checkpoint, chunk: this.#upload.checkpoint.chunk + 1 };
    const completion = uploads.completeFragment(this.#upload, { owner: this.#turn.owner, final: checkpoint, at });
    const committed = await this.#commit(checkpoint, [
      ...(fragments.length === 0 ? this.#sameCoverage() : fragments),
      outbox.addFragment({ ...last, work: { kind: 'people', personIds: [] }, createdAt: at }),
      completion,
    ]);
    if (committed && outboxId !== undefined) await this.#announce({ outboxId });
    if (committed) await this.#announce(last);
    return committed;
  }

  async #commit(checkpoint: Checkpoint, fragments: readonly TransactionFragment[]): Promise<boolean> {
    const { ok } = await this.ports.transactions.commit(fragments);
    if (!ok) return false;
    this.#upload = { ...this.#upload, checkpoint };
    this.ports.observer.chunkApplied(this.#upload, checkpoint.counts);
    return true;
  }

  /**
   * After a conflict: still ours? Then wait a little and try again. Throws `LostUpload` otherwise. `feed-moved`: another
   * snapshot of the feed has begun or ended; what was decided about this one's rows may be decided otherwise now.
   */
  async conflict(attempt: number): Promise<'try-again' | 'feed-moved'> {
    const { uploads, observer, pause } = this.ports;
    observer.chunkConflict(this.#upload, attempt);
    const current = await uploads.findUpload(this.#upload.uploadId);
    const isOurs =
      current?.state === 'ingesting' &&
      current.leaseOwner === this.#turn.owner &&
      current.checkpoint.chunk === this.#upload.checkpoint.chunk;
    if (!isOurs) throw new LostUpload();
    if (attempt > mostConflicts) throw new Error('too many conflicts with other writers');
    await pause(attempt);
    if (!this.standing) return 'try-again';
    const before = this.#coverage?.version;
    return (await this.readCoverage())?.version === before ? 'try-again' : 'feed-moved';
  }

  /** Gives the upload back and asks the next worker to go on. */
  async handOver(): Promise<void> {
    const { uploads, ingestQueue, clock } = this.ports;
    await this.announceAll();
    await uploads.releaseUpload(this.#upload.uploadId, this.#turn.owner, clock.now());
    await ingestQueue.send([{ kind: 'continue', uploadId: this.#upload.uploadId }]);
  }

  async #announce(name: OutboxName): Promise<void> {
    this.#unannounced.push(name);
    if (this.#unannounced.length >= announcementsAtOnce) await this.announceAll();
  }

  /** What is not announced now, the sweep announces later: the work stands in the outbox. */
  async announceAll(): Promise<void> {
    const names = this.#unannounced;
    this.#unannounced = [];
    if (names.length === 0) return;
    try {
      await this.ports.assessQueue.send(names.map((name) => ({ kind: 'outbox', ...name })));
    } catch (error) {
      this.ports.observer.announcementFailed(this.#upload, error);
    }
  }

  #leaseUntil(at: string): string {
    return leaseUntil(at, this.#turn);
  }
}

/**
 * A lease ends when the worker must, and after two minutes without a step, so that a dead worker keeps nobody waiting for
 * the rest of its time. Every chunk renews it; a worker slower than that may be overtaken and then writes nothing more.
 */
export const leaseUntil = (at: string, turn: IngestTurn): string =>
  addSeconds(at, Math.min(ingestLeaseSeconds, Math.max(1, Math.ceil(turn.remainingMs() / 1000))));

export const addCounts = (a: UploadCounts, b: Partial<UploadCounts>): UploadCounts => ({
  rows: a.rows + (b.rows ?? 0),
  added: a.added + (b.added ?? 0),
  changed: a.changed + (b.changed ?? 0),
  unchanged: a.unchanged + (b.unchanged ?? 0),
  refused: a.refused + (b.refused ?? 0),
  ended: a.ended + (b.ended ?? 0),
});
