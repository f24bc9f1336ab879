import type { UploadRepository } from '../../services/uploads/upload-repository.ts';
import type { Transactions } from '../../services/transaction-fragment.ts';
import type { HeldUploads, HoldDecision } from '../../services/weighing/weigh-ports.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import { heldMarkKey, heldUploadsList, openMarkKey, openMarkSchema, uploadKey } from './upload-items.ts';

/** Uploads that wait for a person, in the uploads table (docs/access-patterns.md). */
export const dynamoHeldUploads = (
  table: DocumentTable,
  transactions: Transactions,
  uploads: Pick<UploadRepository, 'findUpload' | 'findUploads'>,
): HeldUploads => {
  const decide = async (
    uploadId: string,
    { at, by, reason }: HoldDecision,
    what: 'released' | 'sent-back',
    moved: Readonly<Record<string, unknown>>,
  ) => {
    const { ok } = await transactions.commit([
      fragmentOf([
        table.updateWrite(
          uploadKey(uploadId),
          { set: { ...moved, 'hold.decided': { at, by, reason, what }, updatedAt: at }, add: { version: 1 } },
          condition.equals('state', 'held'),
        ),
        table.deleteWrite(heldMarkKey(uploadId)),
        ...(what === 'sent-back' ? [table.deleteWrite(openMarkKey(uploadId))] : []),
      ]),
    ]);
    const current = await uploads.findUpload(uploadId);
    return ok && current ? { ok, upload: current } : { ok: false as const, current };
  };
  return {
    releaseHeldUpload: (uploadId, decision) => decide(uploadId, decision, 'released', { state: 'ready' }),
    sendBackUpload: (uploadId, refusal, decision) => decide(uploadId, decision, 'sent-back', { state: 'refused', refusal }),
    listHeldUploads: async (page) => {
      const marks = await table.query({ ...page, partition: heldUploadsList, index: listingIndex }, openMarkSchema);
      return { ...marks, items: await uploads.findUploads(marks.items.map((mark) => mark.uploadId)) };
    },
  };
};
