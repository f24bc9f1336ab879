import type { RowErrors, UploadView } from '../../contracts/http/upload-routes.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest, RowProblems, UploadRepository } from './upload-repository.ts';
import { uploadView } from './upload-views.ts';

interface Ports {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'findUploads' | 'listUploads' | 'listRowProblems'>;
  readonly links: Pick<LinkRepository, 'listUploadIds'>;
}

export const readUpload = async ({ uploads }: Pick<Ports, 'uploads'>, uploadId: string): Promise<UploadView> => {
  const upload = await uploads.findUpload(uploadId);
  if (!upload) throw new Refusal('upload-not-found', { about: [uploadId] });
  return uploadView(upload);
};

/** Newest first: all uploads, or those of one link. */
export const listUploads = async (
  { uploads, links }: Ports,
  { linkId, ...page }: PageRequest & { readonly linkId?: string | undefined },
): Promise<Page<UploadView>> => {
  if (linkId === undefined) {
    const { items, ...rest } = await uploads.listUploads(page);
    return { items: items.map(uploadView), ...rest };
  }
  const { items, ...rest } = await links.listUploadIds(linkId, page);
  return { items: (await uploads.findUploads(items)).map(uploadView), ...rest };
};

export const listRowErrors = async ({ uploads }: Pick<Ports, 'uploads'>, uploadId: string, page: PageRequest): Promise<Page<RowErrors>> => {
  if (!(await uploads.findUpload(uploadId))) throw new Refusal('upload-not-found', { about: [uploadId] });
  const { items, ...rest } = await uploads.listRowProblems(uploadId, page);
  return { items: items.map(rowErrors), ...rest };
};

export const rowErrors = ({ row, sourceRow, problems }: RowProblems): RowErrors => ({
  row,
  ...(sourceRow !== undefined && { sourceRow }),
  problems: problems.map((problem) => ({ ...problem })),
});
