import { findFeed } from '../../contracts/files/feeds.ts';
import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import { daysLater } from '../../domain/calendar/days.ts';
import { shippedMatching } from '../../domain/matching/models/shipped-matching.ts';
import { cohortLimits, type CohortLimits } from '../../domain/uploads/sharing-agreement.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import { weighFile } from '../../domain/uploads/weighing/weigh-file.ts';
import { weighingThresholds } from '../../domain/uploads/weighing/weighing-thresholds.ts';
import type { RecordChanges } from '../ingest/record-store.ts';
import { isNewer, type Snapshot } from '../ingest/snapshot.ts';
import { foreseeEffect } from './foresee-effect.ts';
import { lookThroughFile, type LookedThrough } from './look-through-file.ts';
import type { WeighOutcome, WeighPorts } from './weigh-ports.ts';
import type { Weighing } from './weighing.ts';

/** Of a turn; the rest is for what is known about the rows drawn. */
const readingPart = 0.6;

/**
 * Looks at a clean file as a whole before its first row is applied. What looks like the feed's other files flows; what does
 * not waits for a person. Keeps nobody else waiting: a file that is held has no worker and no message. Doing it twice changes
 * nothing; of a file that is held already it works out again what it would do.
 */
export const weighUpload = async (
  ports: WeighPorts,
  uploadId: string,
  { remainingMs }: { readonly remainingMs: () => number },
): Promise<WeighOutcome> => {
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload === undefined) return { kind: 'ignored', because: 'no-such-upload' };
  if (upload.state === 'granted') return { kind: 'ignored', because: 'not-ready' };
  if (upload.state === 'ready') return passOn(ports, upload, 0);
  if (upload.state !== 'clean' && upload.state !== 'held') return { kind: 'ignored', because: 'finished-before' };
  const weighed = await weigh(ports, upload, remainingMs);
  if (upload.state === 'held') {
    if (weighed !== undefined) {
      await ports.weighings.renewWeighing(upload, weighed.weighing);
      await askAboutFamilies(ports, upload, weighed.changes);
    }
    return { kind: 'renewed', upload };
  }
  const at = ports.clock.now();
  const findings = weighed?.findings ?? [];
  const hold = findings.length === 0 ? undefined : { at, findings: [...findings] };
  const moved = await ports.weighings.markWeighed(upload, weighed?.weighing, { at, hold });
  // Another delivery of the same message was quicker, or the file has been taken back or refused.
  if (!moved.ok)
    return moved.current?.state === 'ready' ? passOn(ports, moved.current, 0) : { kind: 'ignored', because: 'finished-before' };
  if (hold !== undefined) {
    if (weighed !== undefined) await askAboutFamilies(ports, upload, weighed.changes);
    return { kind: 'held', upload: moved.upload, codes: findings.map(({ code }) => code) };
  }
  return passOn(ports, moved.upload, weighed?.weighing.profile.rows ?? 0);
};

/** Kept until the families have been worked out, and no longer where that is never done. */
const daysForeseenKept = 2;

/**
 * Somebody is going to read what the file would change: the assessing worker counts the families. Of files that flow nobody could read it
 * before they are taken in.
 */
const askAboutFamilies = async (
  { foreseen, assessQueue, clock }: WeighPorts,
  { uploadId, agency, feed, periodStart, periodEnd }: Upload,
  changes: () => Promise<RecordChanges>,
): Promise<void> => {
  const { records, removed, profiles, keys } = await changes();
  const expiresOn = daysLater(clock.today(), daysForeseenKept);
  await foreseen.keepForeseen({ file: { uploadId, agency, feed, periodStart, periodEnd }, records, removed, profiles, keys }, expiresOn);
  await assessQueue.send([{ kind: 'foresee', uploadId }]);
};

/** Lost, the sweep asks again. */
const passOn = async ({ ingestQueue }: WeighPorts, upload: Upload, rows: number): Promise<WeighOutcome> => {
  await ingestQueue.send([{ kind: 'continue', uploadId: upload.uploadId }]);
  return { kind: 'passed', upload, rows };
};

/**
 * Undefined where there is nothing to weigh: a referral is one row that a member of staff has written, and whoever has nothing
 * to report has said so.
 */
const weigh = async (ports: WeighPorts, upload: Upload, remainingMs: () => number) => {
  const feed = findFeed(upload.feed);
  if (feed === undefined || upload.source === 'referral' || upload.nil === true) return undefined;
  const until = remainingMs() * (1 - readingPart);
  const limits = await limitsOf(ports, upload);
  const looked = await lookThroughFile(ports, { upload, feed, limits }, () => remainingMs() < until);
  if (looked === undefined) return undefined;
  const { weighing, changes } = await foresee(ports, upload, feed, looked);
  const earlier = await ports.weighings.listWeighings(upload, weighingThresholds.mostFiles.at);
  return { weighing, changes, findings: weighFile(feed.kind, weighing, earlier) };
};

/** As the agreement reads now. */
const limitsOf = async ({ agreements }: WeighPorts, { agreementId, feed }: Upload): Promise<CohortLimits> => {
  const agreement = agreementId === undefined ? undefined : await agreements.findAgreement(agreementId);
  return agreement === undefined ? {} : cohortLimits(agreement, feed);
};

const foresee = async (ports: WeighPorts, upload: Upload, feed: FeedDefinition, looked: LookedThrough) => {
  const { hash, newId, clock, records } = ports;
  const { uploadId, agency, periodStart, periodEnd, expiresOn } = upload;
  const { counted, sample, isWhole, estimatedRows } = looked;
  const standing = feed.kind === 'snapshot';
  const coverage = standing ? await ports.coverage.readFeedCoverage(agency, upload.feed) : undefined;
  const {
    effect,
    sample: figures,
    changes,
  } = await foreseeEffect(records, sample.rows(), {
    newest: coverage?.begun ?? coverage?.head,
    upload,
    feed,
    standing,
    hash,
    matching: shippedMatching,
    newId,
    now: clock.now(),
    today: clock.today(),
  });
  const ended = await countEnded(ports, upload, looked, coverage?.head);
  const weighing: Weighing = {
    uploadId,
    weighedAt: clock.now(),
    periodStart,
    periodEnd,
    profile: { ...counted, isWhole, estimatedRows, sample: figures },
    effect: { ...effect, isWhole: isWhole && sample.isWhole, ...(ended !== undefined && { ended }) },
    expiresOn,
  };
  return { weighing, changes };
};

/** Of the records that would have been drawn, those that the newest snapshot has and this one does not. */
const countEnded = async (
  { records }: WeighPorts,
  { uploadId, periodEnd }: Upload,
  { sample, isWhole, unidentified, counted }: LookedThrough,
  head: Snapshot | undefined,
): Promise<number | undefined> => {
  if (head === undefined || !isWhole || unidentified > 0 || counted.rows === counted.faulty) return undefined;
  if (!isNewer({ uploadId, periodEnd }, head)) return undefined;
  let ended = 0;
  for await (const seen of records.readSeen(head.uploadId)) {
    ended += seen.rowIds.filter((rowId) => sample.covers(rowId) && !sample.has(rowId)).length;
  }
  return ended;
};
