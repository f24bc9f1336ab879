import * as z from 'zod';
import { addMonths, formatIsoDate } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import { receiptKeySchema, receiptSchema, receiptSignatureSchema } from '../../domain/uploads/receipt.ts';
import type { ReceiptRepository } from '../../services/receipts/receipt-ports.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { schemaVersion, uploadKey } from '../uploads/upload-items.ts';
import type { Key } from '../write.ts';

const receiptKey = (uploadId: string): Key => ({ pk: uploadKey(uploadId).pk, sk: 'RECEIPT' });
const keysPartition = 'RECEIPT-KEYS';
const storedReceiptSchema = z.object({ receipt: receiptSchema, signature: receiptSignatureSchema });

/** A key signs for years, and the last receipt that it signed is kept for seven more. */
const keyKeptMonths = 25 * 12;

/** Receipts beside their uploads, and the public halves of the keys that signed them (docs/access-patterns.md). */
export const dynamoReceipts = (table: DocumentTable): ReceiptRepository => ({
  findReceipt: (uploadId) => table.get(receiptKey(uploadId), storedReceiptSchema),
  keepReceipt: async (signed, expiresOn) => {
    const item = { ...receiptKey(signed.receipt.uploadId), ...signed, ...expiry(expiresOn), schemaVersion };
    const put = await table.put(item, condition.absent('pk'));
    return put.ok ? signed : storedReceiptSchema.parse(put.current);
  },
  findKey: (keyId) => table.get({ pk: keysPartition, sk: keyId }, receiptKeySchema),
  keepKey: async (key) => {
    const expiresOn = formatIsoDate(addMonths(dayOf(key.since.slice(0, 10)), keyKeptMonths));
    await table.put({ pk: keysPartition, sk: key.keyId, ...key, ...expiry(expiresOn), schemaVersion }, condition.absent('pk'));
  },
  listKeys: () => table.queryAll({ partition: keysPartition }, receiptKeySchema),
});
