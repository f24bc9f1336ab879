import type { OpenedLink } from '../../contracts/http/portal-routes.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { agreedColumns } from '../../domain/uploads/sharing-agreement.ts';
import { uploadsLeft } from '../../domain/uploads/upload-link.ts';
import { largestUpload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { readFeedDue } from '../agreements/read-due-files.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { issueSession } from '../links/link-session.ts';
import { openWithCode } from '../links/recognise-link.ts';
import type { FeedCatalogue } from './feed-catalogue.ts';
import { countStandingUploads } from './standing-uploads.ts';
import type { UploadRepository } from './upload-repository.ts';
import { portalUpload } from './upload-views.ts';

export interface PortalPorts {
  readonly links: LinkRepository;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly uploads: Pick<UploadRepository, 'findUploads' | 'listRowProblems' | 'listLastFeedUploads'>;
  readonly feeds: FeedCatalogue;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly councilName: string;
  /** Told once when wrong codes have locked a link. */
  readonly onLocked: (linkId: string) => void;
}

const firstPage = 25;

/** What the page shows first. Uses nothing up: the code may be typed as often as it is needed. */
export const openLink = async (
  ports: PortalPorts,
  opening: { readonly token: string; readonly code: string },
): Promise<{ readonly opened: OpenedLink; readonly linkId: string }> => {
  const { links, uploads, feeds, clock, councilName } = ports;
  const { link, agreement } = await openWithCode(ports, opening);
  const { items, ...rest } = await links.listUploadIds(link.linkId, { limit: firstPage });
  const { id, version: _current, title, rowMeaning, kind } = feeds(link.feed);
  const left = link.maxUploads === undefined ? undefined : uploadsLeft(link, await countStandingUploads(ports, link.linkId));
  return {
    linkId: link.linkId,
    opened: {
      ...issueSession(ports.hash, link, clock.now()),
      council: councilName,
      agency: agreement.agencyName,
      contactRole: agreement.contactRole,
      feed: { id, version: link.feedVersion, title, rowMeaning, kind },
      periodStart: link.periodStart,
      periodEnd: link.periodEnd,
      agreement: {
        reference: agreement.reference,
        purposes: agreement.purposes,
        lawfulBasis: agreement.lawfulBasis,
        cohort: agreement.cohort,
        frequency: agreement.frequency,
        end: agreement.end,
        columns: [...(agreedColumns(agreement, link.feed) ?? [])],
      },
      expiresAt: link.expiresAt,
      largestFile: largestUpload,
      ...(left === undefined ? {} : { uploadsLeft: left }),
      due: [...(await readFeedDue(ports, agreement, link.feed))],
      uploads: { items: (await uploads.findUploads(items)).map(portalUpload), ...rest },
    },
  };
};
