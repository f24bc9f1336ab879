import { findFeed } from '../../contracts/files/feeds.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import { readBytes, type FileRefusal, type Upload } from '../../domain/uploads/upload.ts';
import { cleanKey } from '../uploads/object-store.ts';
import { applyRows } from './apply-rows.ts';
import { checkFile } from './check-file.ts';
import { completeUpload } from './complete-upload.ts';
import type { IngestOutcome, IngestPorts, IngestTurn } from './ingest-ports.ts';
import { IngestRun, leaseUntil } from './ingest-run.ts';
import { readWindows } from './read-windows.ts';

/**
 * Takes a clean file in, from where the last worker left it: rows become records about people, each exactly once however
 * often a worker dies. Near the end of its time the worker hands over to the next. Throws where trying again may help.
 */
export const ingestUpload = async (ports: IngestPorts, uploadId: string, turn: IngestTurn): Promise<IngestOutcome> => {
  const at = ports.clock.now();
  const claim = await ports.uploads.claimUpload(uploadId, { owner: turn.owner, until: leaseUntil(at, turn), at });
  if (!claim.ok) return { kind: 'ignored', because: whyNotClaimed(claim.current) };
  const { upload } = claim;
  const feed = findFeed(upload.feed);
  if (feed === undefined) throw new Error('the feed of the upload is not known');
  const run = new IngestRun(ports, turn, upload, feed);
  // Nothing of it has been taken in, and what it would be compared with is being undone: the sweep brings it again.
  if (upload.checkpoint.row === 0 && (await run.readCoverage())?.withdrawing?.length) {
    await ports.uploads.releaseUpload(uploadId, turn.owner, at);
    return { kind: 'ignored', because: 'feed-withdrawing' };
  }
  const outcome = await takeIn(run);
  if (outcome.kind !== 'handed-over') await run.announceAll();
  return outcome;
};

const whyNotClaimed = (current: Upload | undefined): Extract<IngestOutcome, { kind: 'ignored' }>['because'] => {
  switch (current?.state) {
    case undefined:
      return 'no-such-upload';
    case 'granted':
    case 'clean':
    case 'held':
      return 'not-ready';
    case 'ready':
    case 'ingesting':
      return 'held-by-another';
    case 'completed':
    case 'refused':
    case 'expired':
    case 'withdrawing':
    case 'withdrawn':
      return 'finished-before';
  }
};

const takeIn = async (run: IngestRun): Promise<IngestOutcome> => {
  const { checkpoint } = run.upload;
  let versionId = checkpoint.objectVersion;
  if (versionId === undefined) {
    const check = await checkFile(run.ports.cleanFiles, run.feed, run.upload, () => run.timeIsUp);
    if (check.kind === 'refused') return refuse(run, check.refusal);
    if (check.kind === 'time-is-up') {
      await run.remember({ checked: check.checked });
      return handOver(run);
    }
    versionId = check.versionId;
    if (run.timeIsUp) {
      await run.remember({ objectVersion: versionId });
      return handOver(run);
    }
  }
  const reading = checkpoint.byteOffset < readBytes(run.upload).size ? await takeRows(run, versionId) : 'read';
  if (typeof reading === 'object') return refuse(run, reading);
  if (reading === 'time-is-up' || (await completeUpload(run)) === 'time-is-up') return handOver(run);
  return { kind: 'completed', upload: run.upload, counts: run.upload.checkpoint.counts };
};

const handOver = async (run: IngestRun): Promise<IngestOutcome> => {
  await run.handOver();
  return { kind: 'handed-over', upload: run.upload, counts: run.upload.checkpoint.counts };
};

const takeRows = async (run: IngestRun, versionId: string): Promise<'read' | 'time-is-up' | FileRefusal> => {
  const { upload, feed, ports } = run;
  let begun = false;
  const bytes = await ports.cleanFiles.read({ key: cleanKey(upload.uploadId), versionId }, upload.checkpoint.byteOffset);
  /** Row ids that this file has confirmed as they are held, so that a second, different row of one of them is noticed. */
  const met = new Set<string>();
  for await (const window of readWindows(readFile(feed, bytes, upload.checkpoint), { feed, upload, hash: ports.hash })) {
    if (window.kind === 'refused') return window.refusal;
    // A referral has the columns that its one form has.
    if (window.kind === 'columns' && upload.source === 'link') run.noteColumns(window);
    if (window.kind !== 'rows') continue;
    if (!begun) await run.begin();
    begun = true;
    if ((await applyRows(run, window.rows, met, versionId)) === 'time-is-up') return 'time-is-up';
  }
  return 'read';
};

const refuse = async (run: IngestRun, refusal: FileRefusal): Promise<IngestOutcome> => {
  const { uploads, clock } = run.ports;
  const moved = await uploads.refuseHeldUpload(run.upload, { owner: run.owner, refusal, at: clock.now() });
  return moved.ok ? { kind: 'refused', upload: moved.upload, refusal } : { kind: 'ignored', because: whyNotClaimed(moved.current) };
};
