import { statesBefore, statesNotBegun, type Upload, type UploadState } from '../../domain/uploads/upload.ts';
import type { Transactions } from '../../services/transaction-fragment.ts';
import type { MoveResult, UploadRepository } from '../../services/uploads/upload-repository.ts';
import { backOff } from '../backoff.ts';
import { condition, type Condition } from '../condition.ts';
import type { DocumentTable, WriteResult } from '../document-table.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Changes, Write } from '../write.ts';
import { listRowProblems } from './row-problem-pages.ts';
import {
  feedUploadItem,
  feedUploadsPartition,
  heldMarkKey,
  notesKey,
  openMarkItem,
  openMarkKey,
  openMarkSchema,
  openUploadsList,
  rowProblemsItems,
  storedUploadSchema,
  uploadItem,
  uploadKey,
  uploadsList,
} from './upload-items.ts';

const finalStates: readonly UploadState[] = ['completed', 'refused', 'expired', 'withdrawn'];

const mayMoveTo = (state: UploadState): Condition => condition.oneOf('state', statesBefore(state));

/** The worker that has an upload, and how far it is. */
interface Holder {
  readonly owner: string;
  readonly chunk: number;
}

const heldBy = ({ owner, chunk }: Holder): Condition =>
  condition.all(condition.equals('state', 'ingesting'), condition.equals('leaseOwner', owner), condition.equals('checkpoint.chunk', chunk));
const isHeldBy = ({ state, leaseOwner, checkpoint }: Upload, { owner, chunk }: Holder): boolean =>
  state === 'ingesting' && leaseOwner === owner && checkpoint.chunk === chunk;

const asRead = (state: Condition, version: number | undefined): Condition =>
  version === undefined ? state : condition.all(state, condition.equals('version', version));

const lease = ['leaseOwner', 'leaseUntil'] as const;

const moveResult = (result: WriteResult): MoveResult =>
  result.ok
    ? { ok: true, upload: storedUploadSchema.parse(result.item) }
    : { ok: false, current: result.current === undefined ? undefined : storedUploadSchema.parse(result.current) };

/** Uploads, their marks and their row problems, in the uploads table (docs/access-patterns.md). */
export const dynamoUploadRepository = (table: DocumentTable, transactions: Transactions): UploadRepository => {
  const findUpload = (uploadId: string): Promise<Upload | undefined> => table.get(uploadKey(uploadId), storedUploadSchema);

  const findUploads = async (uploadIds: readonly string[]): Promise<readonly Upload[]> => {
    const found = await table.batchGet([...new Set(uploadIds)].map(uploadKey), storedUploadSchema);
    const byId = new Map(found.map((upload) => [upload.uploadId, upload]));
    return uploadIds.flatMap((uploadId) => byId.get(uploadId) ?? []);
  };

  const createWrites = (upload: Upload): readonly Write[] => [
    table.putWrite(uploadItem(upload), condition.absent('pk')),
    table.putWrite(openMarkItem(upload)),
    ...(upload.source === 'link' ? [table.putWrite(feedUploadItem(upload))] : []),
  ];

  /** The move into a final state and the end of the open mark are one transaction. */
  const close = async (
    uploadId: string,
    to: UploadState,
    changes: Changes,
    {
      from = statesBefore(to),
      holder,
      version,
    }: { from?: readonly UploadState[] | undefined; holder?: Holder; version?: number | undefined } = {},
  ): Promise<MoveResult> => {
    const isAllowed = asRead(condition.oneOf('state', from), version);
    const mayStill = (upload: Upload): boolean =>
      (version === undefined || upload.version === version) &&
      (holder === undefined ? from.includes(upload.state) : isHeldBy(upload, holder));
    for (let attempt = 1; ; attempt++) {
      const { ok } = await transactions.commit([
        fragmentOf([
          table.updateWrite(uploadKey(uploadId), { ...changes, add: { version: 1 } }, holder === undefined ? isAllowed : heldBy(holder)),
          table.deleteWrite(openMarkKey(uploadId)),
          table.deleteWrite(notesKey(uploadId)),
          ...(from.includes('held') ? [table.deleteWrite(heldMarkKey(uploadId))] : []),
        ]),
      ]);
      const current = await findUpload(uploadId);
      if (ok && current) return { ok: true, upload: current };
      // It is as it should be: somebody else was writing to the upload at that moment.
      if (current && mayStill(current) && attempt < 8) await backOff(attempt);
      else return { ok: false, current };
    }
  };

  return {
    findUpload,
    findUploads,

    createUpload: async (upload) => {
      const { ok } = await transactions.commit([fragmentOf(createWrites(upload))]);
      return ok ? { ok, upload } : { ok, current: await findUpload(upload.uploadId) };
    },

    createFragment: (upload) => fragmentOf(createWrites(upload)),

    pinFragment: (uploadId, { versionId, size, sha256, at }) =>
      fragmentOf([
        table.updateWrite(
          uploadKey(uploadId),
          { set: { pinnedVersionId: versionId, size, sha256, updatedAt: at }, add: { version: 1 } },
          condition.all(condition.equals('state', 'granted'), condition.absent('pinnedVersionId'), condition.absent('sha256')),
        ),
      ]),

    markClean: async (uploadId, versionId, at, kept) =>
      moveResult(
        await table.update(
          uploadKey(uploadId),
          { set: { state: 'clean', quarantineVersionId: versionId, kept, updatedAt: at }, add: { version: 1 } },
          mayMoveTo('clean'),
        ),
      ),

    refuseUpload: (uploadId, refusal, at, from) =>
      close(uploadId, 'refused', { set: { state: 'refused', refusal, updatedAt: at }, remove: lease }, { from }),

    refuseHeldUpload: ({ uploadId, checkpoint }, { owner, refusal, at }) =>
      close(
        uploadId,
        'refused',
        { set: { state: 'refused', refusal, updatedAt: at }, remove: lease },
        { holder: { owner, chunk: checkpoint.chunk } },
      ),

    noteScan: async (uploadId, scan, { at, from }) => {
      const asBefore = condition.equals('scan.rescans', from);
      return moveResult(
        await table.update(
          uploadKey(uploadId),
          { set: { scan, updatedAt: at }, add: { version: 1 } },
          condition.all(condition.equals('state', 'granted'), from === 0 ? condition.any(condition.absent('scan'), asBefore) : asBefore),
        ),
      );
    },

    expireUpload: (uploadId, at) => close(uploadId, 'expired', { set: { state: 'expired', updatedAt: at }, remove: lease }),

    claimUpload: async (uploadId, { owner, until, at }) =>
      moveResult(
        await table.update(
          uploadKey(uploadId),
          { set: { state: 'ingesting', leaseOwner: owner, leaseUntil: until, updatedAt: at }, add: { version: 1 } },
          condition.all(
            mayMoveTo('ingesting'),
            condition.any(condition.absent('leaseOwner'), condition.equals('leaseOwner', owner), condition.atMost('leaseUntil', at)),
          ),
        ),
      ),

    releaseUpload: async (uploadId, owner, at) => {
      // Not held any more: then there is nothing to give back.
      await table.update(
        uploadKey(uploadId),
        { set: { updatedAt: at }, remove: lease, add: { version: 1 } },
        condition.equals('leaseOwner', owner),
      );
    },

    advanceFragment: (upload, { owner, from, next, problems, at, leaseUntil }) =>
      fragmentOf([
        table.updateWrite(
          uploadKey(upload.uploadId),
          { set: { checkpoint: next, leaseUntil, updatedAt: at }, add: { version: 1 } },
          heldBy({ owner, chunk: from.chunk }),
        ),
        ...rowProblemsItems(upload, problems).map((item) => table.putWrite(item)),
      ]),

    completeFragment: (upload, { owner, final, at }) =>
      fragmentOf([
        table.updateWrite(
          uploadKey(upload.uploadId),
          { set: { state: 'completed', checkpoint: final, updatedAt: at }, remove: lease, add: { version: 1 } },
          heldBy({ owner, chunk: upload.checkpoint.chunk }),
        ),
        table.deleteWrite(openMarkKey(upload.uploadId)),
      ]),

    withdrawUpload: async (uploadId, withdrawal, version) => {
      const changes = { withdrawal, updatedAt: withdrawal.at };
      const held = await findUpload(uploadId);
      if (held?.state !== 'completed')
        return close(uploadId, 'withdrawn', { set: { state: 'withdrawn', ...changes } }, { from: statesNotBegun, version });
      const { ok } = await transactions.commit([
        fragmentOf([
          table.updateWrite(
            uploadKey(uploadId),
            { set: { state: 'withdrawing', ...changes }, add: { version: 1 } },
            asRead(mayMoveTo('withdrawing'), version),
          ),
          table.putWrite(openMarkItem(held)),
          table.deleteWrite(notesKey(uploadId)),
        ]),
      ]);
      const current = await findUpload(uploadId);
      return ok && current?.state === 'withdrawing' ? { ok: true, upload: current } : { ok: false, current };
    },

    withdrawingFragment: (uploadId) => fragmentOf([table.checkWrite(uploadKey(uploadId), condition.equals('state', 'withdrawing'))]),

    withdrawnFragment: (uploadId, at) =>
      fragmentOf([
        table.updateWrite(
          uploadKey(uploadId),
          { set: { state: 'withdrawn', updatedAt: at }, add: { version: 1 } },
          condition.equals('state', 'withdrawing'),
        ),
        table.deleteWrite(openMarkKey(uploadId)),
      ]),

    listFeedUploads: async (agency, feed) => {
      const marks = await table.queryAll({ partition: feedUploadsPartition(agency, feed) }, openMarkSchema);
      return findUploads(marks.map((mark) => mark.uploadId));
    },

    listLastFeedUploads: async (agency, feed, most) => {
      const page = { partition: feedUploadsPartition(agency, feed), descending: true, limit: most };
      return findUploads((await table.query(page, openMarkSchema)).items.map((mark) => mark.uploadId));
    },

    listUploads: (page) => table.query({ ...page, partition: uploadsList, index: listingIndex, descending: true }, storedUploadSchema),

    listRowProblems: (uploadId, page) => listRowProblems(table, uploadId, page),

    listStalledUploads: async (before, page) => {
      const marks = await table.query({ ...page, partition: openUploadsList, index: listingIndex }, openMarkSchema);
      const uploads = await findUploads(marks.items.map((mark) => mark.uploadId));
      const items = uploads.filter((upload) => upload.updatedAt < before && !finalStates.includes(upload.state));
      return { ...marks, items };
    },
  };
};
