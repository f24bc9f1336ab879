import type { Upload } from '../../domain/uploads/upload.ts';
import { recogniseLink, type SessionPorts } from '../links/recognise-link.ts';
import { Refusal } from '../refusal.ts';
import type { UploadRepository } from './upload-repository.ts';

interface FindPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
}

export type OwnUploadPorts = SessionPorts & FindPorts;

/** An upload, asked for by whoever has opened the link that it came through. */
export interface OwnUploadAsked {
  readonly session: string;
  readonly uploadId: string;
}

/** An upload of the session's link. Another link's upload is not there. */
export const findOwnUpload = async (
  ports: OwnUploadPorts,
  { session, uploadId }: OwnUploadAsked,
): Promise<{ readonly linkId: string; readonly upload: Upload }> => {
  const { linkId } = (await recogniseLink(ports, session)).link;
  return { linkId, upload: await findUploadOfLink(ports, linkId, uploadId) };
};

export const findUploadOfLink = async ({ uploads }: FindPorts, linkId: string, uploadId: string): Promise<Upload> => {
  const upload = await uploads.findUpload(uploadId);
  if (upload?.linkId !== linkId) throw new Refusal('upload-not-found', { about: [linkId] });
  return upload;
};
