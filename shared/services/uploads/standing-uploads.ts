import type { LinkRepository } from '../links/link-repository.ts';
import type { Page, UploadRepository } from './upload-repository.ts';

const pageSize = 100;

/** How many of the link's uploads count against its limit: all but those refused, those taken back and those that never came. */
export const countStandingUploads = async (
  { links, uploads }: { readonly links: Pick<LinkRepository, 'listUploadIds'>; readonly uploads: Pick<UploadRepository, 'findUploads'> },
  linkId: string,
): Promise<number> => {
  let standing = 0;
  let cursor: string | undefined;
  do {
    const page: Page<string> = await links.listUploadIds(linkId, { limit: pageSize, cursor });
    const found = await uploads.findUploads(page.items);
    standing += found.filter(({ state }) => !['refused', 'expired', 'withdrawing', 'withdrawn'].includes(state)).length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return standing;
};
