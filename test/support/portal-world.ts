import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { NewLink } from '#shared/contracts/http/link-routes.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { createLink } from '#shared/services/links/create-link.ts';
import type { UploadOrder } from '#shared/services/uploads/object-store.ts';
import { newToken } from '#shared/platform/ids.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoGrantRepository } from '#shared/store/links/dynamo-grant-repository.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import type { TestDatabase } from './dynamodb-local.ts';

export const portalOrigin = 'https://send.example.gov.uk';
const staffId = 'b4d5a1e0-0000-4000-8000-000000000001';

export const aNewLink = (over: Partial<NewLink> = {}): NewLink => ({
  agency: `school-${ulid().toLowerCase()}`,
  agencyName: 'Northfield Academy',
  feed: 'school-roll',
  agreement: { reference: 'DSA-2026-014', purpose: 'Find families who may need support', lawfulBasis: 'Public task' },
  contactRole: 'Data manager',
  periodStart: '2026-09-01',
  periodEnd: '2026-12-18',
  expiresAt: '2026-12-31T17:00:00Z',
  ...over,
});

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** The real use cases on the real store; the clock can be set and the signer only writes down what it is asked for. */
export const portalWorld = ({ client, tables }: TestDatabase) => {
  const table = new DocumentTable(client, tables.Uploads);
  const transactions = dynamoTransactions(client);
  let now = '2026-11-23T09:00:00.000Z';
  const signed: UploadOrder[] = [];
  const ports = {
    transactions,
    table,
    links: dynamoLinkRepository(table),
    grants: dynamoGrantRepository(table),
    references: dynamoUploadReferences(table),
    uploads: dynamoUploadRepository(table, transactions),
    idempotency: dynamoIdempotency(table),
    feeds: (feed: keyof typeof feeds) => feeds[feed],
    hash: keyedHash(new Uint8Array(32).fill(7), 1),
    clock: { now: () => now, today: () => now.slice(0, 10) },
    newId: () => ulid(),
    newToken,
    newReference: newUploadReference,
    portalOrigin,
    councilName: 'Exampleshire Council',
    signer: {
      sign: (order: UploadOrder) => {
        signed.push(order);
        return Promise.resolve({ url: `https://quarantine.example/${order.key}`, headers: { 'content-type': order.contentType } });
      },
    },
  };
  return {
    ports,
    signed,
    setNow: (instant: string) => {
      now = instant;
    },
    /** A new link and its token. */
    issueLink: async (over: Partial<NewLink> = {}) => {
      const link = await createLink(ports, { newLink: aNewLink(over), staffId, idempotencyKey: ulid() });
      return { link, token: link.url?.split('#')[1] ?? '' };
    },
  };
};
export type PortalWorld = ReturnType<typeof portalWorld>;
