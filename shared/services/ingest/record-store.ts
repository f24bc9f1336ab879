import type { CoveredPeriod } from '../../domain/eligibility/family-evidence.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import type { MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import type { Departure } from '../../domain/people/departure.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What a chunk of rows writes. Whatever has a version stands here with the version that it gets: the write goes through
 * only if the one before it is held (1: nothing is held).
 */
export interface RecordChanges {
  readonly ledgers: readonly RowLedger[];
  /** Records to put; a superseded one goes beside the current one. */
  readonly records: readonly PersonRecord[];
  /** Records that are not this person's any more. */
  readonly removed: readonly Pick<PersonRecord, 'personId' | 'rowId' | 'subject' | 'status' | 'contentVersion'>[];
  /** What stays where a row has gone from. */
  readonly departures?: readonly Departure[];
  readonly profiles: readonly PersonProfile[];
  readonly keys: readonly MatchKeyEntry[];
  /** How rows were held in earlier contents; and what of that, and which rows, are held no longer. */
  readonly past?: readonly RowLedger[];
  readonly forgotten?: readonly RowLedger[];
  readonly gone?: readonly RowLedger[];
  /** Departures, by the file that made the row leave, that are none any more. */
  readonly returned?: readonly Pick<Departure, 'personId' | 'rowId' | 'subject' | 'movedBy'>[];
}

/** The records that one chunk of a file had, for the comparison with the next file. */
export interface SeenRows {
  readonly rowIds: readonly string[];
  /** Of each of them its number in the file, and the version of the content that it has; 0 where it brought nothing that is held. */
  readonly rows?: readonly number[] | undefined;
  readonly versions?: readonly number[] | undefined;
  /** Rows that could not be read so far as to say which record they are. */
  readonly unidentified: number;
}

export interface RecordStore {
  /** What is not held is left out; the same of all reads here. */
  readonly readLedgers: (rowIds: readonly string[]) => Promise<readonly RowLedger[]>;
  /** How a row was held in earlier contents, oldest first. */
  readonly readPast: (rowId: string) => Promise<readonly RowLedger[]>;
  readonly readKeys: (keys: readonly string[]) => Promise<readonly MatchKeyEntry[]>;
  readonly readProfiles: (personIds: readonly string[]) => Promise<readonly PersonProfile[]>;
  /** Everything held about a person: current, ended and superseded. */
  readonly readRecords: (personId: string) => Promise<readonly PersonRecord[]>;
  /** One write for each member of each list. */
  readonly changesFragment: (changes: RecordChanges) => TransactionFragment;
  /** One write. */
  readonly seenFragment: (upload: { uploadId: string; expiresOn: string }, chunk: number, seen: SeenRows) => TransactionFragment;
  /** Chunk by chunk, in order. */
  readonly readSeen: (uploadId: string) => AsyncIterable<SeenRows>;
}

/** What the completed files of one feed of one agency cover, and how the newest of them says things stand. */
export interface FeedCoverage {
  readonly agency: string;
  readonly feed: FeedId;
  readonly periods: readonly CoveredPeriod[];
  /** The newest snapshot that has been taken in and compared with those before it. */
  readonly head?: Snapshot | undefined;
  /** The newest snapshot whose rows are, or have been, taken in: `head`, or the next one. */
  readonly begun?: Snapshot | undefined;
  /** Taken in while `begun` was; which of their rows hold no longer, `begun` says when it ends. */
  readonly overtaken?: readonly Snapshot[] | undefined;
  /** Files that are being taken back: no other file of the feed is begun meanwhile. */
  readonly withdrawing?: readonly string[] | undefined;
  readonly version: number;
}

export interface CoverageStore {
  readonly readFeedCoverage: (agency: string, feed: FeedId) => Promise<FeedCoverage | undefined>;
  /** Of every feed and agency. */
  readonly readCoverage: () => Promise<readonly CoveredPeriod[]>;
  /** Rises whenever the coverage changes; 0 before the first file. */
  readonly readEpoch: () => Promise<number>;
  /** One write, with the version that the coverage gets. */
  readonly coverageFragment: (coverage: FeedCoverage) => TransactionFragment;
  /** One check: the coverage still has this version. */
  readonly sameCoverageFragment: (coverage: Pick<FeedCoverage, 'agency' | 'feed' | 'version'>) => TransactionFragment;
  /** One write: the epoch becomes `epoch`, provided that it was one less. */
  readonly epochFragment: (epoch: number) => TransactionFragment;
}
