import type { FileRefusal, ScanTrouble, Upload } from './upload.ts';

/** What the malware scanner said, in our words. */
export type ScanVerdict = 'clean' | 'infected' | 'unscannable' | ScanTrouble;

const sendAgain = 'Send the file again. If it is refused again, tell the council and quote the reference.';

/** What a store holds is not what its sender announced: told by screening, and once more by the worker that reads it. */
export const bytesDiffer: FileRefusal = {
  code: 'not-the-announced-file',
  message: 'What arrived is not the file that was announced: its length or its fingerprint differs.',
  fix: 'Open the link again and send the file again.',
};

/** Why a screened file goes no further; each says what its sender can do. */
export const screeningRefusals = {
  infected: {
    code: 'malware-found',
    message: 'Our virus check found harmful content in this file. Nothing in it was read.',
    fix: 'Tell your IT team at once. Export the data again on a computer they have checked, and send the new file.',
  },
  unscannable: {
    code: 'not-scannable',
    message: 'Our virus check cannot look inside this file. It is probably protected with a password. Nothing in it was read.',
    fix: 'Remove the password and send the file again. If it has none, save the data as a CSV file and send that.',
  },
  'not-accessible': {
    code: 'scan-not-possible',
    message: 'For a day our virus check could not get at this file, so nothing in it was read. The fault is on our side.',
    fix: sendAgain,
  },
  'scan-failed': {
    code: 'scan-failed',
    message: 'For a day our virus check did not finish, so nothing in this file was read. The fault is on our side.',
    fix: sendAgain,
  },
  'bytes-differ': bytesDiffer,
  'link-revoked': {
    code: 'link-withdrawn',
    message: 'The council withdrew the link before this file was processed. Nothing of it was used.',
    fix: 'Ask the council whether it still needs the data, and for a new link.',
  },
  'agreement-ended': {
    code: 'agreement-ended',
    message: 'The data-sharing agreement ended before this file was processed. Nothing of it was used.',
    fix: 'Ask the council whether there is a new agreement, and for a new link.',
  },
} as const satisfies Record<string, FileRefusal>;

/** A file that was held and that nobody has decided about. */
export const heldTooLong: FileRefusal = {
  code: 'held-too-long',
  message: 'The council did not decide about this file in time. Nothing of it was used. The fault is on our side.',
  fix: 'Tell the person at the council who gave you the link, and quote the reference. Then send the file again.',
};

/** What its sender is told while a file waits for a check that says something about it. */
export const scanTroubles: Readonly<Record<ScanTrouble, FileRefusal>> = {
  'not-accessible': {
    code: 'scan-not-possible',
    message: 'Our virus check could not get at your file. The fault is on our side, not in your file.',
    fix: 'You need do nothing. The council has been told and will have the file checked again. If this still stands here tomorrow, quote the reference to the council.',
  },
  'scan-failed': {
    code: 'scan-failed',
    message: 'Our virus check did not finish. The fault is on our side, not in your file.',
    fix: 'You need do nothing: we are checking the file again. If this still stands here tomorrow, quote the reference to the council.',
  },
};

/** What staff do about what the virus check said; by the code that an upload shows. */
export const screeningActions: Readonly<Record<string, string>> = {
  'malware-found':
    'Revoke the link and telephone the partner: do not answer their e-mail. Tell the information security officer. Do not open the file.',
  'not-scannable': 'The sender was asked to remove the password and send the file again. Help them, if they ask.',
  'scan-not-possible':
    'Have whoever runs the service put the scanner’s rights in order (runbook: files without a verdict), then have the file scanned again.',
  'scan-failed': 'It was tried again once by itself. Have the file scanned again; if that fails, too, ask for the data as a CSV file.',
};

/** So often staff may have one file scanned again. */
export const mostRescans = 5;

type ScreeningRefusal = keyof typeof screeningRefusals;

export interface ScreeningFacts {
  readonly upload: Pick<Upload, 'state' | 'size' | 'sha256' | 'quarantineVersionId' | 'pinnedVersionId' | 'scan'>;
  readonly verdict: ScanVerdict;
  /** The version that was judged. */
  readonly judgedVersionId: string;
  /** What lies in quarantine now; under a key that is written more than once, the version that was judged. */
  readonly stored: { readonly versionId: string; readonly size: number; readonly sha256: string | undefined } | undefined;
  /** Why nothing more may come through the link. */
  readonly closed: 'link-revoked' | 'agreement-ended' | undefined;
}

export type ScreeningDecision =
  /** Mark the upload clean, then promote the judged version. */
  | { readonly kind: 'accept' }
  /** The first version of a form's file that is clean: nobody could announce its bytes, so they are told from it. */
  | { readonly kind: 'pin' }
  /** Marked before; promote (again). */
  | { readonly kind: 'promote' }
  | { readonly kind: 'refuse'; readonly why: Exclude<ScreeningRefusal, ScanTrouble> }
  /** The check said nothing about the file: it waits for one that does. `again`: one is to be asked for at once. */
  | { readonly kind: 'hold'; readonly why: ScanTrouble; readonly again: boolean }
  | { readonly kind: 'ignore'; readonly because: 'already-decided' | 'object-gone' | 'other-version' };

/** A verdict may come twice, late, out of order, or about a version that is not the one we hold. */
export const decideScreening = ({ upload, verdict, judgedVersionId, stored, closed }: ScreeningFacts): ScreeningDecision => {
  if (upload.state === 'clean' && upload.quarantineVersionId === judgedVersionId && verdict === 'clean') return { kind: 'promote' };
  if (upload.state !== 'granted') return { kind: 'ignore', because: 'already-decided' };
  if (stored === undefined) return { kind: 'ignore', because: 'object-gone' };
  if (stored.versionId !== judgedVersionId || (upload.pinnedVersionId ?? judgedVersionId) !== judgedVersionId)
    return { kind: 'ignore', because: 'other-version' };
  // Before the revocation: that somebody sent malware must be told, whatever became of the link.
  if (verdict === 'infected' || verdict === 'unscannable') return { kind: 'refuse', why: verdict };
  if (closed !== undefined) return { kind: 'refuse', why: closed };
  // A check that broke off may well go through the next time; rights do not mend themselves.
  if (verdict !== 'clean') return { kind: 'hold', why: verdict, again: verdict === 'scan-failed' && (upload.scan?.rescans ?? 0) === 0 };
  if (upload.sha256 === undefined) return { kind: 'pin' };
  if (upload.pinnedVersionId !== undefined) return { kind: 'accept' };
  // The checksum is the store's own, taken as the bytes came in: without one nothing proves which file was judged.
  if (stored.size !== upload.size || stored.sha256 !== upload.sha256) return { kind: 'refuse', why: 'bytes-differ' };
  return { kind: 'accept' };
};
