import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { canonicalJson } from '../eligibility/replay/canonical-json.ts';
import { feedIds } from '../feeds/feed-ids.ts';
import { hexadecimal } from './hexadecimal.ts';
import type { announcedSchema } from './upload.ts';
import { sentBytes, type FileBytes, type Upload } from './upload.ts';

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What is signed: that exactly these bytes came, from whom, for what, when. `statedBySender` is what the sender's page said
 * about the file that was chosen and never left their machine; nobody else can have seen it. Digests are SHA-256 in hexadecimal.
 */
export const receiptSchema = z.strictObject({
  kind: z.literal('receipt-for-a-file'),
  version: z.literal(1),
  reference: z.string(),
  uploadId: z.ulid(),
  council: z.string(),
  sender: z.string(),
  senderRole: z.string(),
  feed: z.enum(feedIds),
  feedVersion: z.int(),
  agreement: z.string(),
  agreementVersion: z.int().positive().optional(),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  sentAt: z.iso.datetime(),
  /** When it was signed: the file had come, was the one announced, and was checked for viruses. */
  issuedAt: z.iso.datetime(),
  file: z.strictObject({ size: z.int().positive(), sha256: digestSchema }),
  nothingToReport: z.literal(true).optional(),
  /** Columns of the feed that the agreement does not cover: taken out here, before anybody read the file. */
  columnsLeftOut: z.array(z.string()).optional(),
  statedBySender: z
    .strictObject({
      chosen: z.strictObject({ size: z.int().positive(), sha256: digestSchema }),
      rows: z.int().nonnegative(),
      columnsNotSent: z.array(z.string()),
      otherColumnsNotSent: z.int().positive().optional(),
    })
    .optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptSignatureSchema = z.strictObject({
  algorithm: z.literal('ECDSA_SHA_256'),
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in hexadecimal. */
  keyId: digestSchema,
  /** Over the UTF-8 bytes of the receipt's canonical JSON (RFC 8785). ASN.1 DER, base64. */
  value: z.base64().max(200),
});

export const signedReceiptSchema = z.strictObject({ receipt: receiptSchema, signature: receiptSignatureSchema });
export type SignedReceipt = z.infer<typeof signedReceiptSchema>;

/** A public key that receipts are or were signed with. */
export const receiptKeySchema = z.object({
  keyId: digestSchema,
  /** SubjectPublicKeyInfo, P-256. */
  pem: z.string(),
  since: z.iso.datetime(),
});
export type ReceiptKey = z.infer<typeof receiptKeySchema>;

/** The text that is signed. */
export const signedText = (receipt: Receipt): string => canonicalJson(receipt);

/** The signing service takes no more in one piece. Bytes. */
export const longestSignedText = 4096;

const mostColumnNames = 40;

type OfTheUpload = Pick<
  Upload,
  | 'reference'
  | 'uploadId'
  | 'feed'
  | 'feedVersion'
  | 'agreement'
  | 'agreementVersion'
  | 'periodStart'
  | 'periodEnd'
  | 'size'
  | 'sha256'
  | 'nil'
  | 'kept'
  | 'announced'
  | 'createdAt'
>;

/** Only for an upload whose bytes were found to be the announced ones. */
export const receiptOf = (upload: OfTheUpload, parties: Pick<Receipt, 'council' | 'sender' | 'senderRole'>, issuedAt: string): Receipt => ({
  kind: 'receipt-for-a-file',
  version: 1,
  reference: upload.reference,
  uploadId: upload.uploadId,
  ...parties,
  feed: upload.feed,
  feedVersion: upload.feedVersion,
  agreement: upload.agreement,
  ...(upload.agreementVersion !== undefined && { agreementVersion: upload.agreementVersion }),
  periodStart: upload.periodStart,
  periodEnd: upload.periodEnd,
  sentAt: upload.createdAt,
  issuedAt,
  file: fileOf(sentBytes(upload)),
  ...(upload.nil && { nothingToReport: upload.nil }),
  ...(upload.kept && upload.kept.left.columns.length > 0 && { columnsLeftOut: upload.kept.left.columns }),
  ...(upload.announced && { statedBySender: stated(upload.announced) }),
});

const fileOf = ({ size, sha256 }: FileBytes): Receipt['file'] => ({ size, sha256: hexadecimal(sha256) });

const stated = ({ chosen, rows, columnsNotSent }: z.infer<typeof announcedSchema>): NonNullable<Receipt['statedBySender']> => ({
  chosen: { size: chosen.size, sha256: hexadecimal(chosen.sha256) },
  rows,
  columnsNotSent: columnsNotSent.slice(0, mostColumnNames),
  ...(columnsNotSent.length > mostColumnNames && { otherColumnsNotSent: columnsNotSent.length - mostColumnNames }),
});
