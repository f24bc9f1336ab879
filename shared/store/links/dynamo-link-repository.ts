import * as z from 'zod';
import { idempotencyExpiresOn, tokenExpiresOn } from '../../domain/uploads/retention.ts';
import { uploadLinkSchema, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { LinkRepository } from '../../services/links/link-repository.ts';
import type { Transactions } from '../../services/transaction-fragment.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Item } from '../write.ts';
import { linkKeys, linksListing, linkUploadPrefix } from './link-keys.ts';

const schemaVersion = 1;
const linkIdSchema = z.object({ linkId: z.ulid() });
const creationSchema = linkIdSchema.extend({ requestHash: z.string() });
const linkUploadSchema = z.object({ uploadId: z.ulid() });

const linkItem = (link: UploadLink): Item => ({
  ...linkKeys.link(link.linkId),
  schemaVersion,
  ...link,
  ...expiry(link.expiresOn),
  listPk: linksListing,
  listSk: link.linkId,
});

export const dynamoLinkRepository = (table: DocumentTable, transactions: Transactions): LinkRepository => {
  const findLink = (linkId: string) => table.get(linkKeys.link(linkId), uploadLinkSchema);
  return {
    findLink,

    findLinkByToken: async (tokenHash) => {
      const token = await table.get(linkKeys.token(tokenHash), linkIdSchema);
      return token && findLink(token.linkId);
    },

    findCreation: (keyHash) => table.get(linkKeys.creation(keyHash), creationSchema),

    createLink: async (link, tokenHash, { keyHash, requestHash }) => {
      const { linkId } = link;
      const items: readonly Item[] = [
        linkItem(link),
        { ...linkKeys.token(tokenHash), schemaVersion, linkId, ...expiry(tokenExpiresOn(link.expiresAt)) },
        { ...linkKeys.creation(keyHash), schemaVersion, linkId, requestHash, ...expiry(idempotencyExpiresOn(link.createdAt)) },
      ];
      const committed = await transactions.commit([fragmentOf(items.map((item) => table.putWrite(item, condition.absent('pk'))))]);
      return committed.ok;
    },

    revokeLink: async (linkId, { version, at }) => {
      const result = await table.update(
        linkKeys.link(linkId),
        { set: { revokedAt: at, version: version + 1 } },
        condition.all(condition.equals('version', version), condition.absent('revokedAt')),
      );
      if (result.ok) return { ok: true, link: uploadLinkSchema.parse(result.item) };
      return { ok: false, current: result.current === undefined ? undefined : uploadLinkSchema.parse(result.current) };
    },

    listLinks: (page) => table.query({ ...page, partition: linksListing, index: listingIndex, descending: true }, uploadLinkSchema),

    listUploadIds: async (linkId, page) => {
      const { items, ...rest } = await table.query(
        { ...page, partition: linkKeys.link(linkId).pk, beginsWith: linkUploadPrefix, descending: true },
        linkUploadSchema,
      );
      return { items: items.map(({ uploadId }) => uploadId), ...rest };
    },
  };
};
