import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { idempotencyExpiresOn } from '../../domain/uploads/retention.ts';
import type { Idempotency, IdempotentRequest } from '../../services/uploads/idempotency.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';

const itemSchema = z.object({ requestHash: z.string(), resourceId: z.string() });

const schemaVersion = 1;

/**
 * `IDEMPOTENCY#<hash>` holds what came of a request, not the request. The request is hashed under the caller's own key,
 * which is not kept either: whoever reads the table cannot try out which person a referral was about.
 */
export const dynamoIdempotency = (table: DocumentTable): Idempotency => ({
  begin: async (request) => {
    const item = await table.get(keyOf(request), itemSchema);
    if (!item) return { kind: 'new' };
    return item.requestHash === requestHashOf(request) ? { kind: 'replay', resourceId: item.resourceId } : { kind: 'mismatch' };
  },
  fragment: (request, { resourceId, at }) =>
    fragmentOf([
      table.putWrite(
        {
          ...keyOf(request),
          schemaVersion,
          requestHash: requestHashOf(request),
          resourceId,
          createdAt: at,
          ...expiry(idempotencyExpiresOn(at)),
        },
        condition.absent('pk'),
      ),
    ]),
});

const keyOf = ({ operation, actorId, key }: IdempotentRequest): Key => {
  const hash = createHash('sha256')
    .update(JSON.stringify([operation, actorId, key]), 'utf8')
    .digest('base64url');
  return { pk: `IDEMPOTENCY#${hash}`, sk: 'IDEMPOTENCY' };
};

const requestHashOf = ({ key, request }: IdempotentRequest): string =>
  createHmac('sha256', key).update(request, 'utf8').digest('base64url');
