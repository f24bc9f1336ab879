import type { OpenedLink } from '../../contracts/http/portal-routes.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { uploadsLeft } from '../../domain/uploads/upload-link.ts';
import { largestUpload } from '../../domain/uploads/upload.ts';
import type { Clock } from '../clock.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { recogniseLink } from '../links/recognise-link.ts';
import type { FeedCatalogue } from './feed-catalogue.ts';
import { countStandingUploads } from './standing-uploads.ts';
import type { UploadRepository } from './upload-repository.ts';
import { portalUpload } from './upload-views.ts';

export interface PortalPorts {
  readonly links: LinkRepository;
  readonly uploads: Pick<UploadRepository, 'findUploads' | 'listRowProblems'>;
  readonly feeds: FeedCatalogue;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly councilName: string;
}

const firstPage = 25;

/** What the page shows first. Reading changes nothing: mail scanners open links too. */
export const openLink = async (ports: PortalPorts, token: string): Promise<{ readonly opened: OpenedLink; readonly linkId: string }> => {
  const { links, uploads, feeds, clock, councilName } = ports;
  const link = await recogniseLink(ports, token, clock.now());
  const { items, ...rest } = await links.listUploadIds(link.linkId, { limit: firstPage });
  const { id, version: _current, title, rowMeaning, kind } = feeds(link.feed);
  const left = link.maxUploads === undefined ? undefined : uploadsLeft(link, await countStandingUploads(ports, link.linkId));
  return {
    linkId: link.linkId,
    opened: {
      council: councilName,
      agency: link.agencyName,
      contactRole: link.contactRole,
      feed: { id, version: link.feedVersion, title, rowMeaning, kind },
      periodStart: link.periodStart,
      periodEnd: link.periodEnd,
      agreement: link.agreement,
      expiresAt: link.expiresAt,
      largestFile: largestUpload,
      ...(left === undefined ? {} : { uploadsLeft: left }),
      uploads: { items: (await uploads.findUploads(items)).map(portalUpload), ...rest },
    },
  };
};
