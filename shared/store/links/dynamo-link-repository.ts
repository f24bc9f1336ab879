import * as z from 'zod';
import { mostWrongCodes } from '../../domain/uploads/link-code.ts';
import { tokenExpiresOn } from '../../domain/uploads/retention.ts';
import { uploadLinkSchema, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { LinkRepository } from '../../services/links/link-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Item } from '../write.ts';
import { linkKeys, linksListing, linkUploadPrefix } from './link-keys.ts';

const schemaVersion = 1;
const linkIdSchema = z.object({ linkId: z.ulid() });
const linkUploadSchema = z.object({ uploadId: z.ulid() });

const linkItem = (link: UploadLink): Item => ({
  ...linkKeys.link(link.linkId),
  schemaVersion,
  ...link,
  ...expiry(link.expiresOn),
  listPk: linksListing,
  listSk: link.linkId,
});

export const dynamoLinkRepository = (table: DocumentTable): LinkRepository => {
  const findLink = (linkId: string) => table.get(linkKeys.link(linkId), uploadLinkSchema);
  const edit = async (linkId: string, version: number, set: Partial<UploadLink>) => {
    const result = await table.update(
      linkKeys.link(linkId),
      { set: { ...set, version: version + 1 } },
      condition.all(condition.equals('version', version), condition.absent('revokedAt')),
    );
    if (result.ok) return { ok: true, link: uploadLinkSchema.parse(result.item) } as const;
    return { ok: false, current: result.current === undefined ? undefined : uploadLinkSchema.parse(result.current) } as const;
  };
  return {
    findLink,

    findLinkByToken: async (tokenHash) => {
      const token = await table.get(linkKeys.token(tokenHash), linkIdSchema);
      return token && findLink(token.linkId);
    },

    createFragment: (link, tokenHashes) => {
      const tokens = tokenHashes.map((hash) => ({
        ...linkKeys.token(hash),
        schemaVersion,
        linkId: link.linkId,
        ...expiry(tokenExpiresOn(link.expiresAt)),
      }));
      return fragmentOf([linkItem(link), ...tokens].map((item) => table.putWrite(item, condition.absent('pk'))));
    },

    takeCodeTry: async (linkId) => {
      const result = await table.update(
        linkKeys.link(linkId),
        { add: { codeTries: 1 } },
        condition.all(condition.exists('pk'), condition.below('codeTries', mostWrongCodes)),
      );
      return result.ok ? uploadLinkSchema.parse(result.item) : undefined;
    },

    forgetCodeTries: async ({ linkId, codeNumber }) => {
      await table.update(linkKeys.link(linkId), { set: { codeTries: 0 } }, condition.equals('codeNumber', codeNumber));
    },

    changeCode: ({ linkId, version, codeNumber }, codeHash) =>
      edit(linkId, version, { codeHash, codeNumber: codeNumber + 1, codeTries: 0 }),

    revokeLink: (linkId, { version, at }) => edit(linkId, version, { revokedAt: at }),

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
