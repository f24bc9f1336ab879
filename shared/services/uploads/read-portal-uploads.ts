import { defaultPageSize } from '../../contracts/http/paging.ts';
import type { PortalUploads, PortalUploadsRequest } from '../../contracts/http/portal-routes.ts';
import { recogniseLink } from '../links/recognise-link.ts';
import type { PortalPorts } from './open-link.ts';
import { findUploadOfLink, type OwnUploadPorts } from './own-upload.ts';
import { notesOfLastFiles } from './query-notes.ts';
import { rowErrors } from './read-uploads.ts';
import { portalUpload } from './upload-views.ts';

type NotesPorts = Parameters<typeof notesOfLastFiles>[0];

/** How the link's uploads stand, and what is wrong with the rows of one of them. Another link's upload is not there. */
export const readPortalUploads = async (
  ports: PortalPorts & OwnUploadPorts & NotesPorts,
  { session, rowErrorsOf, notes, ...request }: PortalUploadsRequest,
): Promise<{ readonly shown: PortalUploads; readonly linkId: string; readonly uploadIds: readonly string[] }> => {
  const { links, uploads } = ports;
  const { link } = await recogniseLink(ports, session);
  const { linkId } = link;
  const { items, ...rest } = await links.listUploadIds(linkId, { limit: request.limit ?? defaultPageSize, cursor: request.cursor });
  const shown: PortalUploads = {
    items: (await uploads.findUploads(items)).map(portalUpload),
    ...(notes === true && { notes: await notesOfLastFiles(ports, link) }),
    ...rest,
  };
  if (rowErrorsOf === undefined) return { shown, linkId, uploadIds: items };

  const { uploadId } = rowErrorsOf;
  await findUploadOfLink(ports, linkId, uploadId);
  const problems = await uploads.listRowProblems(uploadId, { limit: rowErrorsOf.limit ?? defaultPageSize, cursor: rowErrorsOf.cursor });
  return {
    shown: { ...shown, rowErrors: { ...problems, uploadId, items: problems.items.map(rowErrors) } },
    linkId,
    uploadIds: items.includes(uploadId) ? items : [...items, uploadId],
  };
};
