import type { Transactions } from '../../services/transaction-fragment.ts';
import type { UploadRepository } from '../../services/uploads/upload-repository.ts';
import type { WeighingStore } from '../../services/weighing/weigh-ports.ts';
import { weighingSchema, type Weighing } from '../../services/weighing/weighing.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Item } from '../write.ts';
import { feedUploadsPartition, heldMarkItem, openMarkSchema, schemaVersion, uploadKey, weighingKey } from './upload-items.ts';

const weighingItem = (weighing: Weighing): Item => ({
  ...weighingKey(weighing.uploadId),
  ...weighing,
  ...expiry(weighing.expiresOn),
  schemaVersion,
});

/** Looked through for files that count, newest first: more than a few in a row that do not are another matter. */
const filesLookedAt = 50;

/** What files weigh, in the uploads table (docs/access-patterns.md). */
export const dynamoWeighingStore = (
  table: DocumentTable,
  transactions: Transactions,
  uploads: Pick<UploadRepository, 'findUpload' | 'findUploads'>,
): WeighingStore => ({
  findWeighing: (uploadId) => table.get(weighingKey(uploadId), weighingSchema),

  listWeighings: async ({ agency, feed }, most) => {
    const marks = await table.query(
      { partition: feedUploadsPartition(agency, feed), limit: filesLookedAt, descending: true },
      openMarkSchema,
    );
    const files = await uploads.findUploads(marks.items.map(({ uploadId }) => uploadId));
    const standing = files.filter(({ state }) => state === 'completed').slice(0, most);
    const found = await table.batchGet(
      standing.map(({ uploadId }) => weighingKey(uploadId)),
      weighingSchema,
    );
    const byId = new Map(found.map((weighing) => [weighing.uploadId, weighing]));
    return standing.flatMap(({ uploadId }) => byId.get(uploadId) ?? []);
  },

  markWeighed: async ({ uploadId, expiresOn, ...upload }, weighing, { at, hold }) => {
    const { ok } = await transactions.commit([
      fragmentOf([
        table.updateWrite(
          uploadKey(uploadId),
          { set: { state: hold === undefined ? 'ready' : 'held', hold, updatedAt: at }, add: { version: 1 } },
          condition.equals('state', 'clean'),
        ),
        ...(weighing === undefined ? [] : [table.putWrite(weighingItem(weighing))]),
        ...(hold === undefined ? [] : [table.putWrite(heldMarkItem({ ...upload, uploadId, expiresOn }, at))]),
      ]),
    ]);
    const current = await uploads.findUpload(uploadId);
    return ok && current ? { ok, upload: current } : { ok: false, current };
  },

  renewWeighing: async ({ uploadId }, weighing) => {
    await transactions.commit([
      fragmentOf([table.checkWrite(uploadKey(uploadId), condition.equals('state', 'held')), table.putWrite(weighingItem(weighing))]),
    ]);
  },
});
