import { instantMillis } from '../../domain/calendar/instant.ts';
import type { UploadState } from '../../domain/uploads/upload.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: 'Europe/London',
});

/** `2026-09-01` → `1 September 2026` */
export const dateInWords = (isoDate: string): string => dateFormat.format(instantMillis(`${isoDate}T00:00:00Z`));

/** `2026-09-01T16:00:00Z` → `1 September 2026 at 5:00pm`, in the council's own time */
export const momentInWords = (instant: string): string => closedUp(momentFormat.format(instantMillis(instant)));

const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' });

/** `2026-09-01T16:05:00Z` → `5:05pm` */
export const timeInWords = (instant: string): string => closedUp(timeFormat.format(instantMillis(instant)));

/** `5:05 PM` → `5:05pm`, however the platform spells and parts it. */
const closedUp = (time: string): string => time.replace(/\s([ap])m$/i, (_, half: string) => `${half.toLowerCase()}m`);

export const stateInWords: Readonly<Record<UploadState, string>> = {
  granted: 'Waiting for the file, or checking it for viruses',
  clean: 'Checked for viruses; waiting to be read',
  held: 'Waiting for somebody at the council to look at it',
  ready: 'Checked for viruses; waiting to be read',
  ingesting: 'Reading the rows',
  completed: 'Finished',
  refused: 'Not accepted',
  expired: 'Never arrived',
  withdrawing: 'Being taken back',
  withdrawn: 'Taken back: nothing of it counts',
};

export const sizeInWords = (bytes: number): string =>
  bytes < 1000 ? `${String(bytes)} bytes` : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** `1234` → `1,234` */
export const inFigures = (count: number): string => count.toLocaleString('en-GB');

export const rowsInWords = (count: number): string => (count === 1 ? '1 row' : `${inFigures(count)} rows`);

const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `a, b and c` */
export const listInWords = (items: readonly string[]): string => listFormat.format(items);
