import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import { readFile, type FileEvent } from '../../contracts/files/read-file.ts';
import type { CohortLimits } from '../../domain/uploads/sharing-agreement.ts';
import { readBytes, type Upload } from '../../domain/uploads/upload.ts';
import { readWindows, type WindowRow } from '../ingest/read-windows.ts';
import { cleanKey } from '../uploads/object-store.ts';
import { ProfileTally } from './profile-tally.ts';
import { RowSample } from './row-sample.ts';
import type { WeighPorts } from './weigh-ports.ts';

/** Rows held against what is known: enough to tell a half from a third, few enough for a second's reading. */
const mostSampled = 400;

export interface LookedThrough {
  readonly counted: ReturnType<ProfileTally['result']>;
  readonly sample: RowSample;
  readonly isWhole: boolean;
  readonly estimatedRows: number;
  /** Rows that do not even say which record they are. */
  readonly unidentified: number;
}

/**
 * One pass over the file, in memory that does not grow with it. Where time runs out it is judged by its beginning. Undefined:
 * it is not of its feed, which ingest tells its sender better.
 */
export const lookThroughFile = async (
  { cleanFiles, hash }: Pick<WeighPorts, 'cleanFiles' | 'hash'>,
  { upload, feed, limits }: { readonly upload: Upload; readonly feed: FeedDefinition; readonly limits: CohortLimits },
  isTimeUp: () => boolean,
): Promise<LookedThrough | undefined> => {
  const object = await cleanFiles.describe(cleanKey(upload.uploadId));
  // A message came before its object can be seen, or the object is gone: the queue brings the message again.
  if (object === undefined) throw new Error('the clean object is not there');
  const tally = new ProfileTally(limits, upload.periodEnd);
  const sample = new RowSample(mostSampled);
  let unidentified = 0;
  let readTo = 0;
  let isWhole = false;
  const events = withCells(readFile(feed, await cleanFiles.read(object)), tally);
  for await (const window of readWindows(events, { feed, upload, hash })) {
    if (window.kind === 'refused') return undefined;
    if (window.kind === 'end') isWhole = true;
    if (window.kind !== 'rows') continue;
    for (const row of window.rows) {
      const rowId = count(row, tally);
      if (rowId === undefined) unidentified += 1;
      else sample.add(rowId, row);
      readTo = row.state.byteOffset;
    }
    if (isTimeUp()) break;
  }
  const estimatedRows = isWhole ? tally.rows : Math.round((tally.rows * readBytes(upload).size) / readTo);
  return { counted: tally.result(), sample, isWhole, estimatedRows, unidentified };
};

const count = (row: WindowRow, tally: ProfileTally): string | undefined => {
  if (row.kind === 'faulty') {
    tally.addFaulty(row.problems);
    return row.rowId;
  }
  tally.addGood(row.incoming.mentions);
  return row.incoming.rowId;
};

const withCells = async function* (events: AsyncIterable<FileEvent>, tally: ProfileTally): AsyncGenerator<FileEvent, void, void> {
  for await (const event of events) {
    if (event.kind === 'row') tally.addCells(event.cells);
    yield event;
  }
};
