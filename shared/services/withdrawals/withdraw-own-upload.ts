import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import { findOwnUpload, type OwnUploadAsked, type OwnUploadPorts } from '../uploads/own-upload.ts';
import { portalUpload } from '../uploads/upload-views.ts';
import { requestWithdrawal, type RequestWithdrawalPorts } from './request-withdrawal.ts';

/** A partner takes back what came through the same link; another link's upload is not there. */
export const withdrawOwnUpload = async (
  ports: RequestWithdrawalPorts & OwnUploadPorts,
  asked: OwnUploadAsked,
): Promise<{ readonly upload: PortalUpload; readonly linkId: string }> => {
  const { linkId, upload } = await findOwnUpload(ports, asked);
  return { upload: portalUpload(await requestWithdrawal(ports, upload.uploadId, { by: 'link' })), linkId };
};
