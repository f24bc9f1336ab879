import { uploadsLeft, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import type { Page, UploadRepository } from './upload-repository.ts';

const pageSize = 100;

interface Ports {
  readonly links: Pick<LinkRepository, 'listUploadIds'>;
  readonly uploads: Pick<UploadRepository, 'findUploads'>;
}

/** How many more files may come through the link; undefined: any number. */
export const findUploadsLeft = async (ports: Ports, link: UploadLink): Promise<number | undefined> =>
  link.maxUploads === undefined ? undefined : uploadsLeft(link, await countStandingUploads(ports, link.linkId));

/** How many of the link's uploads count against its limit: all but those refused, those taken back and those that never came. */
const countStandingUploads = async ({ links, uploads }: Ports, linkId: string): Promise<number> => {
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
