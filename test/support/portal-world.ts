import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { IngestRequest } from '#shared/contracts/events/ingest-message.ts';
import type { ScreenRequest } from '#shared/contracts/events/malware-verdict.ts';
import type { NewAgreement } from '#shared/contracts/http/agreement-routes.ts';
import type { NewLink } from '#shared/contracts/http/link-routes.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { createAgreement } from '#shared/services/agreements/create-agreement.ts';
import { issueSession } from '#shared/services/links/link-session.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { createLink } from '#shared/services/links/create-link.ts';
import type { UploadOrder } from '#shared/services/uploads/object-store.ts';
import { newToken } from '#shared/platform/ids.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { newLinkCode } from '#shared/platform/link-code.ts';
import { newTypedLinkCode } from '#shared/platform/typed-link-code.ts';
import { isSignedBy } from '#shared/platform/signing/is-signed-by.ts';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoAgreementRepository } from '#shared/store/agreements/dynamo-agreement-repository.ts';
import { dynamoChaseRepository } from '#shared/store/agreements/dynamo-chase-repository.ts';
import { dynamoGrantRepository } from '#shared/store/links/dynamo-grant-repository.ts';
import { dynamoLinkRepository } from '#shared/store/links/dynamo-link-repository.ts';
import { dynamoReceipts } from '#shared/store/receipts/dynamo-receipts.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { dynamoQueryNotes } from '#shared/store/uploads/dynamo-query-notes.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoHeldUploads } from '#shared/store/uploads/dynamo-held-uploads.ts';
import { dynamoWeighingStore } from '#shared/store/uploads/dynamo-weighing-store.ts';
import { dynamoUploadRepository } from '#shared/store/uploads/dynamo-upload-repository.ts';
import { aNewAgreement } from './an-agreement.ts';
import type { TestDatabase } from './dynamodb-local.ts';

export const portalOrigin = 'https://send.example.gov.uk';
const staffId = 'b4d5a1e0-0000-4000-8000-000000000001';

/** All of a new link but its agreement. */
export const aNewLink = (over: Partial<NewLink> & Pick<NewLink, 'agreementId'>): NewLink => ({
  feed: 'school-roll',
  periodStart: '2026-09-01',
  periodEnd: '2026-12-18',
  expiresAt: '2026-12-31T17:00:00Z',
  ...over,
});

/** What a link is for. Without `agreementId` an agreement is made for it: of `agency`, or of an agency of its own. */
export type WorldLink = Partial<NewLink> & { readonly agency?: string; readonly agreement?: Partial<NewAgreement> };

/** A file with the feed's own header and these words for a row. */
export const aFileOf = (feed: FeedId, row: string): string => `${feeds[feed].columns.map(({ name }) => name).join(',')}\r\n${row}\r\n`;

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64');

/** As screening hashes what it writes. */
export const newSha256 = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: () => hash.digest('base64') };
};

/** The real use cases on the real store; the clock can be set and the signer only writes down what it is asked for. */
export const portalWorld = ({ client, tables }: TestDatabase) => {
  const table = new DocumentTable(client, tables.Uploads);
  const transactions = dynamoTransactions(client);
  const uploads = dynamoUploadRepository(table, transactions);
  let now = '2026-11-23T09:00:00.000Z';
  const signed: UploadOrder[] = [];
  const queued: IngestRequest[] = [];
  const screened: ScreenRequest[] = [];
  const locked: string[] = [];
  const written = new Map<string, Uint8Array>();
  const ports = {
    transactions,
    table,
    agreements: dynamoAgreementRepository(table),
    chases: dynamoChaseRepository(table),
    links: dynamoLinkRepository(table),
    grants: dynamoGrantRepository(table),
    notes: dynamoQueryNotes(table),
    references: dynamoUploadReferences(table),
    uploads,
    held: dynamoHeldUploads(table, transactions, uploads),
    weighings: dynamoWeighingStore(table, transactions, uploads),
    receipts: dynamoReceipts(table),
    isSignedBy,
    idempotency: dynamoIdempotency(table),
    feeds: (feed: keyof typeof feeds) => feeds[feed],
    hash: keyedHash(new Uint8Array(32).fill(7), 1),
    clock: { now: () => now, today: () => now.slice(0, 10) },
    newId: () => ulid(),
    newToken,
    newCode: newLinkCode,
    newTypedCode: newTypedLinkCode,
    newReference: newUploadReference,
    portalOrigin,
    councilName: 'Exampleshire Council',
    onLocked: (linkId: string) => void locked.push(linkId),
    ingestQueue: {
      send: (messages: readonly IngestRequest[]) => {
        queued.push(...messages);
        return Promise.resolve();
      },
    },
    screenQueue: {
      send: (messages: readonly ScreenRequest[]) => {
        screened.push(...messages);
        return Promise.resolve();
      },
    },
    quarantine: {
      has: (key: string) => Promise.resolve(written.has(key)),
      write: ({ key, bytes }: { readonly key: string; readonly bytes: Uint8Array }) => {
        const before = written.has(key);
        written.set(key, bytes);
        return Promise.resolve(before ? ('already-there' as const) : ('written' as const));
      },
    },
    sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64'),
    signer: {
      sign: (order: UploadOrder) => {
        signed.push(order);
        return Promise.resolve({ url: `https://quarantine.example/${order.key}`, headers: { 'content-type': order.contentType } });
      },
    },
  };
  const agree = (over: Partial<NewAgreement> = {}) =>
    createAgreement(ports, { newAgreement: aNewAgreement(over), staffId, idempotencyKey: ulid() });
  return {
    ports,
    signed,
    queued,
    screened,
    locked,
    written,
    setNow: (instant: string) => {
      now = instant;
    },
    agree,
    /** A new link, its token and code, and a session opened with them. */
    issueLink: async ({ agency, agreement, agreementId, ...over }: WorldLink = {}) => {
      const agreed = agreementId ?? (await agree({ ...(agency !== undefined && { agency }), ...agreement })).agreementId;
      const newLink = aNewLink({ ...over, agreementId: agreed });
      const link = await createLink(ports, { newLink, staffId, idempotencyKey: ulid() });
      const { session } = issueSession(ports.hash, link, now);
      return { link, token: link.url?.split('#')[1] ?? '', code: link.code ?? '', session };
    },
  };
};
export type PortalWorld = ReturnType<typeof portalWorld>;
