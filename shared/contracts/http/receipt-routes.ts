import * as z from 'zod';
import { uploadReaders } from '../../domain/access/access.ts';
import { receiptKeySchema, signedReceiptSchema } from '../../domain/uploads/receipt.ts';
import { defineRoute } from './route.ts';

/**
 * `genuine`: signed by us, and the receipt that we keep. `altered`: the signature does not fit what it says. `unknown-key`:
 * signed with no key of ours. `not-on-record`: signed by us, but not the receipt that we keep for that upload.
 */
const receiptVerdictSchema = z.object({
  verdict: z.enum(['genuine', 'altered', 'unknown-key', 'not-on-record']),
  uploadId: z.ulid().optional(),
});
export type ReceiptVerdict = z.infer<typeof receiptVerdictSchema>;

export const receiptRoutes = [
  defineRoute({
    operationId: 'readReceipt',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/uploads/{uploadId}/receipt',
    access: { kind: 'staff', roles: uploadReaders },
    summary: 'Read the signed receipt of a file that came through a link',
    request: { path: z.object({ uploadId: z.ulid() }) },
    response: { status: 200, body: signedReceiptSchema },
    problems: ['upload-not-found', 'receipt-not-ready'],
  }),
  defineRoute({
    operationId: 'verifyReceipt',
    function: 'uploads-api',
    method: 'POST',
    path: '/v1/receipts/verify',
    access: { kind: 'staff', roles: uploadReaders },
    summary: 'Verify a receipt that somebody shows: the last line of its text file is the body',
    request: { body: signedReceiptSchema },
    response: { status: 200, body: receiptVerdictSchema },
    problems: [],
  }),
  defineRoute({
    operationId: 'listReceiptKeys',
    function: 'uploads-api',
    method: 'GET',
    path: '/v1/receipts/keys',
    access: { kind: 'staff', roles: uploadReaders },
    summary: 'The public keys that receipts are or were signed with, to verify them without this service',
    request: {},
    response: { status: 200, body: z.object({ items: z.array(receiptKeySchema) }) },
    problems: [],
  }),
] as const;
