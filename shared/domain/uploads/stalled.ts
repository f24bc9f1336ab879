import { addSeconds } from '../calendar/instant.ts';
import { grantAbandonedSeconds } from './grant.ts';
import type { ScanTrouble, Upload } from './upload.ts';

/** Quiet for so long, an upload is worth a look. The steps between take seconds. */
const stalledAfterSeconds = 5 * 60;

/** A worker that has made no step for so long is dead, or will write nothing more once another has taken over. */
export const ingestLeaseSeconds = 2 * 60;

/** The sweep looks at nothing that has moved since. */
export const mayBeStalledAfterSeconds = Math.min(stalledAfterSeconds, ingestLeaseSeconds);

/** A file whose verdict is out for so long is one to tell people about. */
const verdictOverdueSeconds = 15 * 60;
/** A verdict that has not come within a day is not going to. */
const verdictGivenUpSeconds = 24 * 3600;

/** A file that is held over a weekend is nothing out of the way; longer than this, its sender should have heard. */
const holdOverdueSeconds = 3 * 24 * 3600;
/** The clean bucket keeps a file for thirty days: before its bytes end, its sender is told to send it again. */
const holdGivenUpSeconds = 28 * 24 * 3600;

export type StalledDecision =
  | { readonly kind: 'leave' }
  /** Arrived, and no verdict was announced: it may have been lost. `overdue`: for so long that people are to be told. */
  | { readonly kind: 'look-for-verdict'; readonly overdue: boolean }
  /** Never came. */
  | { readonly kind: 'expire' }
  /** Came, and no check has said anything about it in time. */
  | { readonly kind: 'give-up'; readonly because: ScanTrouble }
  /** Judged clean; the copy was cut off. */
  | { readonly kind: 'promote' }
  /** In the clean bucket, and nobody has looked at it as a whole. */
  | { readonly kind: 'weigh' }
  /** Held for so long that the person who is to decide has to be reminded. */
  | { readonly kind: 'remind' }
  /** Nobody has decided, and its bytes are about to end. */
  | { readonly kind: 'give-back' }
  /** Ready for a worker, and none has it. */
  | { readonly kind: 'ingest' }
  /** Taken back, and not all of it undone yet. */
  | { readonly kind: 'withdraw' };

/**
 * What gets a stalled upload going again. `isStored`: whether its object is there, in quarantine for a granted upload, in
 * the clean bucket for a clean one; not asked for others. Everything it leads to may be done twice without harm.
 */
export const decideStalled = (upload: Upload, isStored: boolean, now: string): StalledDecision => {
  const quietFor = (seconds: number): boolean => addSeconds(upload.updatedAt, seconds) <= now;
  if (!quietFor(upload.leaseUntil !== undefined ? ingestLeaseSeconds : stalledAfterSeconds)) return { kind: 'leave' };
  switch (upload.state) {
    case 'granted':
      // Quarantine keeps files for a day: one that was there and has gone will not be checked any more.
      if (!isStored && upload.scan === undefined) return quietFor(grantAbandonedSeconds) ? { kind: 'expire' } : { kind: 'leave' };
      if (!isStored || quietFor(verdictGivenUpSeconds)) return { kind: 'give-up', because: upload.scan?.trouble ?? 'not-accessible' };
      return { kind: 'look-for-verdict', overdue: quietFor(verdictOverdueSeconds) };
    case 'clean':
      return isStored ? { kind: 'weigh' } : { kind: 'promote' };
    case 'held':
      if (quietFor(holdGivenUpSeconds)) return { kind: 'give-back' };
      return quietFor(holdOverdueSeconds) ? { kind: 'remind' } : { kind: 'leave' };
    case 'ready':
      return { kind: 'ingest' };
    case 'ingesting':
      return upload.leaseUntil !== undefined && upload.leaseUntil > now ? { kind: 'leave' } : { kind: 'ingest' };
    case 'withdrawing':
      return { kind: 'withdraw' };
    case 'completed':
    case 'refused':
    case 'expired':
    case 'withdrawn':
      return { kind: 'leave' };
  }
};
