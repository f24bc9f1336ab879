import type { FamiliesEffects } from '../../services/weighing/weigh-ports.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { weighingKey } from './upload-items.ts';

/** Beside what the file weighs, in the uploads table: all that the assessing worker writes there. */
export const dynamoFamiliesEffects = (table: DocumentTable): FamiliesEffects => ({
  noteFamilies: async (uploadId, families) => {
    await table.update(weighingKey(uploadId), { set: { 'effect.families': families } }, condition.exists('pk'));
  },
});
