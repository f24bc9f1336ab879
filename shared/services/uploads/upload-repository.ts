import type { RowProblem } from '../../contracts/files/feed-definition.ts';
import type { Checkpoint, FileBytes, FileRefusal, KeptPart, Upload, UploadState, Withdrawal } from '../../domain/uploads/upload.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

export interface RowProblems {
  /** 1 is the first row under the header. */
  readonly row: number;
  /** Where the row stands in the spreadsheet that the file was made from, as far as the file says so. */
  readonly sourceRow?: number | undefined;
  readonly problems: readonly RowProblem[];
}

export interface PageRequest {
  readonly limit: number;
  /** The previous page's; absent for the first. */
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string;
}

export type MoveResult =
  | { readonly ok: true; readonly upload: Upload }
  /** `current` explains: another state, or held by another worker. */
  | { readonly ok: false; readonly current: Upload | undefined };

/** Every method that moves an upload writes under the condition that it is in a state the move may start from. */
export interface UploadRepository {
  readonly findUpload: (uploadId: string) => Promise<Upload | undefined>;
  /** By id, in the order asked for; ids that are not held are left out. */
  readonly findUploads: (uploadIds: readonly string[]) => Promise<readonly Upload[]>;
  /** Refuses (`current`) where the id is taken. */
  readonly createUpload: (upload: Upload) => Promise<MoveResult>;
  /** The same write as part of a transaction, under the same condition. */
  readonly createFragment: (upload: Upload) => TransactionFragment;
  /** Of a form: which version of its file counts, and what its bytes are, provided that it is `granted` and none counts yet. */
  readonly pinFragment: (uploadId: string, pinned: FileBytes & { readonly versionId: string; readonly at: string }) => TransactionFragment;
  /** granted → clean, remembering the version that was judged, and what of it is kept where that is not all. */
  readonly markClean: (uploadId: string, versionId: string, at: string, kept?: KeptPart) => Promise<MoveResult>;
  /** `from`: only out of these states, where fewer are meant than the move could start from. */
  readonly refuseUpload: (uploadId: string, refusal: FileRefusal, at: string, from?: readonly UploadState[]) => Promise<MoveResult>;
  /** The same by the worker that holds it, provided that it still does and that nobody has advanced it. */
  readonly refuseHeldUpload: (upload: Upload, step: { owner: string; refusal: FileRefusal; at: string }) => Promise<MoveResult>;
  /** Of a granted upload: what came of its virus check so far, provided that it was asked for again `from` times before. */
  readonly noteScan: (uploadId: string, scan: NonNullable<Upload['scan']>, note: { at: string; from: number }) => Promise<MoveResult>;
  readonly expireUpload: (uploadId: string, at: string) => Promise<MoveResult>;
  /** ready | ingesting → ingesting, for `owner` until `until`; refused while another owner's lease runs at `at`. */
  readonly claimUpload: (uploadId: string, lease: { owner: string; until: string; at: string }) => Promise<MoveResult>;
  /** Gives the lease back at once, so that the next worker need not wait for its end. */
  readonly releaseUpload: (uploadId: string, owner: string, at: string) => Promise<void>;
  /**
   * Part of a chunk's transaction: advances the checkpoint from `from.chunk` to `next.chunk` and stores the row problems
   * found on the way, provided that `owner` still holds the upload and nobody else has advanced it.
   */
  readonly advanceFragment: (
    upload: Upload,
    step: { owner: string; from: Checkpoint; next: Checkpoint; problems: readonly RowProblems[]; at: string; leaseUntil: string },
  ) => TransactionFragment;
  /** ingesting → completed, under the same provisos. */
  readonly completeFragment: (upload: Upload, step: { owner: string; final: Checkpoint; at: string }) => TransactionFragment;
  /** granted, clean, held, ready → withdrawn; completed → withdrawing. `version`: provided that it is the one that was read. */
  readonly withdrawUpload: (uploadId: string, withdrawal: Withdrawal, version?: number) => Promise<MoveResult>;
  /** One check: the upload is being taken back. */
  readonly withdrawingFragment: (uploadId: string) => TransactionFragment;
  /** Part of a transaction: withdrawing → withdrawn. */
  readonly withdrawnFragment: (uploadId: string, at: string) => TransactionFragment;
  /** Every file that came through a link of the agency for the feed, whatever became of it. */
  readonly listFeedUploads: (agency: string, feed: string) => Promise<readonly Upload[]>;
  /** The newest of them, newest first, so many at most. */
  readonly listLastFeedUploads: (agency: string, feed: string, most: number) => Promise<readonly Upload[]>;
  readonly listUploads: (page: PageRequest) => Promise<Page<Upload>>;
  /** By row number, ascending. */
  readonly listRowProblems: (uploadId: string, page: PageRequest) => Promise<Page<RowProblems>>;
  /** Uploads not in a final state that nothing has touched since `before`: for the sweep. */
  readonly listStalledUploads: (before: string, page: PageRequest) => Promise<Page<Upload>>;
}
