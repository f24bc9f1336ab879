import * as z from 'zod';
import { foreseenSchema, type ForeseenStore } from '../../services/weighing/foreseen.ts';
import type { Transactions } from '../../services/transaction-fragment.ts';
import type { DocumentTable } from '../document-table.ts';
import { packedWrites, readPacked } from '../packed-content.ts';
import { fragmentOf } from '../transactions.ts';

const partition = (uploadId: string): string => `FORESEEN#${uploadId}`;
const prefix = 'PART#';

/** What held files would change, in the records table, where everything about people is (docs/access-patterns.md). */
export const dynamoForeseenStore = (table: DocumentTable, transactions: Transactions): ForeseenStore => ({
  keepForeseen: async (foreseen, expiresOn) => {
    const text = JSON.stringify(foreseen);
    await transactions.commit([fragmentOf(packedWrites(table, { partition: partition(foreseen.file.uploadId), prefix, text, expiresOn }))]);
  },

  findForeseen: async (uploadId) => {
    const text = await readPacked(table, partition(uploadId), prefix);
    return text === undefined ? undefined : foreseenSchema.parse(JSON.parse(text));
  },

  removeForeseen: async (uploadId) => {
    const parts = await table.queryAll(
      { partition: partition(uploadId), beginsWith: prefix },
      z.object({ pk: z.string(), sk: z.string() }),
    );
    await table.deleteAll(parts);
  },
});
