import type { RowErrors, UploadView } from '../../contracts/http/upload-routes.ts';
import { isWithin, mayFollowUpload, visibilityOf, type Principal } from '../../domain/access/access.ts';
import { feedAccess } from '../../domain/feeds/feed-access.ts';
import type { QueryNote } from '../../domain/uploads/query-note.ts';
import type { QueryNotes } from './query-notes.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest, RowProblems, UploadRepository } from './upload-repository.ts';
import type { HeldUploads } from '../weighing/weigh-ports.ts';
import { uploadView } from './upload-views.ts';

interface Ports {
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'findUploads' | 'listUploads' | 'listRowProblems'>;
  readonly notes: Pick<QueryNotes, 'findNotes'>;
  readonly links: Pick<LinkRepository, 'listUploadIds'>;
  readonly held: Pick<HeldUploads, 'listHeldUploads'>;
}

export const readUpload = async ({ uploads }: Pick<Ports, 'uploads'>, uploadId: string, reader: Principal): Promise<UploadView> =>
  uploadView(await uploadFor(uploads, uploadId, reader));

/** One that the reader may not follow is answered as one that there is not. */
const uploadFor = async (uploads: Pick<Ports['uploads'], 'findUpload'>, uploadId: string, reader: Principal): Promise<Upload> => {
  const upload = await uploads.findUpload(uploadId);
  if (!upload || !mayFollowUpload(upload, reader)) throw new Refusal('upload-not-found', { about: [uploadId] });
  return upload;
};

/** Newest first: all uploads, or those of one link; those that are held longest first. */
export const listUploads = async (
  { uploads, links, held }: Ports,
  { linkId, state, ...page }: PageRequest & { readonly linkId?: string | undefined; readonly state?: 'held' | undefined },
): Promise<Page<UploadView>> => {
  if (state === 'held') {
    const { items, ...rest } = await held.listHeldUploads(page);
    return { items: items.filter((each) => each.state === state && (linkId ?? each.linkId) === each.linkId).map(uploadView), ...rest };
  }
  if (linkId === undefined) {
    const { items, ...rest } = await uploads.listUploads(page);
    return { items: items.map(uploadView), ...rest };
  }
  const { items, ...rest } = await links.listUploadIds(linkId, page);
  return { items: (await uploads.findUploads(items)).map(uploadView), ...rest };
};

export const listRowErrors = async (
  { uploads, notes }: Pick<Ports, 'uploads' | 'notes'>,
  { uploadId, reader }: { readonly uploadId: string; readonly reader: Principal },
  page: PageRequest,
): Promise<Page<RowErrors> & { readonly notes?: NoteView[] }> => {
  const upload = await uploadFor(uploads, uploadId, reader);
  const { items, ...rest } = await uploads.listRowProblems(uploadId, page);
  // Free text about people: for whoever may be shown the rows themselves.
  const isShown = page.cursor === undefined && isWithin(visibilityOf(reader.roles), feedAccess[upload.feed]);
  const [said = []] = isShown ? await notes.findNotes([uploadId]) : [];
  return { items: items.map(rowErrors), ...(said.length > 0 && { notes: said.map(noteView) }), ...rest };
};

interface NoteView {
  readonly code: string;
  readonly column?: string;
  readonly note: string;
  readonly rows: number[];
}

const noteView = ({ code, column, note, rows }: QueryNote): NoteView => ({
  code,
  ...(column !== undefined && { column }),
  note,
  rows: rows.map(({ row }) => row),
});

export const rowErrors = ({ row, sourceRow, problems }: RowProblems): RowErrors => ({
  row,
  ...(sourceRow !== undefined && { sourceRow }),
  problems: problems.map((problem) => ({ ...problem })),
});
