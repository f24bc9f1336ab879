import type { AssessedUploads } from '../../services/families/assess-messages.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { uploadKey } from './upload-items.ts';

/** Beside the families' effects all that the assessing worker writes in the uploads table. */
export const dynamoAssessedUploads = (table: DocumentTable): AssessedUploads => ({
  noteAssessed: async (uploadId, at) => {
    await table.update(uploadKey(uploadId), { set: { assessedAt: at } }, condition.equals('state', 'completed'));
  },
});
