import type { LinkView } from '../../contracts/http/link-routes.ts';
import { screeningRefusals } from '../../domain/uploads/screening.ts';
import { statesNotBegun, type Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Page, UploadRepository } from '../uploads/upload-repository.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';

interface Ports {
  readonly links: LinkRepository;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly uploads: Pick<UploadRepository, 'findUploads' | 'refuseUpload'>;
  readonly clock: Clock;
}

export interface Revocation {
  readonly link: LinkView;
  /** Uploads that were waiting and are refused now. */
  readonly refused: readonly string[];
}

const pageSize = 100;

const isNotBegun = ({ state }: Upload): boolean => statesNotBegun.some((each) => each === state);

/**
 * Closes the link, then refuses what came through it and is not being processed yet. The order matters: a screening that
 * reads the link after the first step refuses the upload itself; one that read it before has either marked the upload by
 * the second step, which then refuses it, or finds it refused when it tries to. A file whose rows are being taken in is
 * finished: half a file would be worse than all or nothing of it. Revoking again finishes what a crash cut off.
 */
export const revokeLink = async (
  { links, agreements, uploads, clock }: Ports,
  { linkId, version }: { readonly linkId: string; readonly version: number },
): Promise<Revocation> => {
  const at = clock.now();
  const result = await links.revokeLink(linkId, { version, at });
  const link = result.ok ? result.link : result.current;
  if (!link) throw new Refusal('not-found', { about: [linkId] });
  if (!result.ok && (link.revokedAt === undefined || link.version !== version)) throw new Refusal('version-mismatch', { about: [linkId] });

  const refused: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<string> = await links.listUploadIds(linkId, { limit: pageSize, cursor });
    const waiting = (await uploads.findUploads(page.items)).filter(isNotBegun);
    for (const { uploadId } of waiting) {
      const moved = await uploads.refuseUpload(uploadId, screeningRefusals['link-revoked'], at, statesNotBegun);
      if (moved.ok) refused.push(uploadId);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { link: linkView(link, await agreements.findAgreement(link.agreementId), clock), refused };
};
