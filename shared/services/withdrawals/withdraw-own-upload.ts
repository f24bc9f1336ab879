import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { recogniseLink } from '../links/recognise-link.ts';
import { Refusal } from '../refusal.ts';
import { portalUpload } from '../uploads/upload-views.ts';
import { requestWithdrawal, type RequestWithdrawalPorts } from './request-withdrawal.ts';

interface Ports extends RequestWithdrawalPorts {
  readonly links: Pick<LinkRepository, 'findLink'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly hash: KeyedHash;
}

/** A partner takes back what came through the same link; another link's upload is not there. */
export const withdrawOwnUpload = async (
  ports: Ports,
  { session, uploadId }: { readonly session: string; readonly uploadId: string },
): Promise<{ readonly upload: PortalUpload; readonly linkId: string }> => {
  const { linkId } = (await recogniseLink(ports, session)).link;
  const held = await ports.uploads.findUpload(uploadId);
  if (held?.linkId !== linkId) throw new Refusal('upload-not-found', { about: [linkId] });
  return { upload: portalUpload(await requestWithdrawal(ports, uploadId, { by: 'link' })), linkId };
};
