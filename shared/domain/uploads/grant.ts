import { addSeconds } from '../calendar/instant.ts';
import { largestUpload, type FileRefusal, type Upload } from './upload.ts';

/** How long a presigned URL lives. */
export const grantLifeSeconds = 300;

/** A granted upload without an object this long after its last change has failed: no URL for it can be alive. */
export const grantAbandonedSeconds = grantLifeSeconds + 3600;

/** So long a file that another link was granted a place for may still be on its way to its verdict. */
const grantUnderWaySeconds = 3 * grantLifeSeconds;

/** Old enough that the sweep may give the grant up before a new URL for it has run out. */
export const grantRenewableSeconds = grantAbandonedSeconds - 2 * grantLifeSeconds;

export type GrantDecision =
  | { readonly kind: 'new' }
  /** The same bytes were granted on this link and have not come: another URL for the same upload. */
  | { readonly kind: 'renew'; readonly upload: Upload }
  /** An unfinished grant that nobody will finish: give it up, then as new. */
  | { readonly kind: 'replace'; readonly upload: Upload }
  /** Read, being read, or on its way through another link. */
  | { readonly kind: 'already-received'; readonly upload: Upload }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large' };

export interface GrantSituation {
  readonly linkId: string;
  readonly size: number;
  readonly feedKind: 'snapshot' | 'increment';
  /** The last upload of exactly these bytes by this agency for this feed. */
  readonly earlier: Upload | undefined;
  /** The last upload of this agency for this feed, whatever its bytes; asked for snapshots only. */
  readonly latestUploadId: string | undefined;
  readonly now: string;
}

/**
 * What to answer when a partner asks for a place for a file. The same file again adds nothing, with one exception: a
 * snapshot that was followed by another says that things are again as they were.
 */
export const decideGrant = ({ linkId, size, feedKind, earlier, latestUploadId, now }: GrantSituation): GrantDecision => {
  const isYounger = (seconds: number): boolean => earlier !== undefined && now <= addSeconds(earlier.updatedAt, seconds);
  if (size === 0) return { kind: 'empty' };
  if (size > largestUpload) return { kind: 'too-large' };
  switch (earlier?.state) {
    case undefined:
    case 'refused':
    case 'expired':
    case 'withdrawn':
      return { kind: 'new' };
    case 'granted':
      if (earlier.linkId !== linkId) return { kind: isYounger(grantUnderWaySeconds) ? 'already-received' : 'replace', upload: earlier };
      return { kind: isYounger(grantRenewableSeconds) ? 'renew' : 'replace', upload: earlier };
    case 'clean':
    case 'held':
    case 'ready':
    case 'ingesting':
    case 'withdrawing':
      return { kind: 'already-received', upload: earlier };
    case 'completed':
      return feedKind === 'snapshot' && latestUploadId !== earlier.uploadId
        ? { kind: 'new' }
        : { kind: 'already-received', upload: earlier };
  }
};

/** What the sender of bytes that we have already is told. */
export const alreadyReceivedWords = ({ state, reference }: Pick<Upload, 'state' | 'reference'>): FileRefusal =>
  state === 'granted'
    ? {
        code: 'under-way',
        message: `This very file is being sent through another link. Its reference is ${reference}.`,
        fix: 'If that was not finished, wait a quarter of an hour and choose the file again.',
      }
    : {
        code: 'already-received',
        message: `We have this very file already${state === 'completed' ? '' : ' and are reading it'}. Its reference is ${reference}.`,
        fix: 'You need do nothing more. If you meant to send newer data, export it again and choose that file.',
      };
