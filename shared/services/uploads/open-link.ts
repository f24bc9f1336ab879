import type { OpenedLink } from '../../contracts/http/portal-routes.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { agreedColumns } from '../../domain/uploads/sharing-agreement.ts';
import { largestUpload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { readFeedDue } from '../agreements/read-due-files.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { issueSession } from '../links/link-session.ts';
import { openWithCode, recogniseLink, type Opening, type RecognisedLink } from '../links/recognise-link.ts';
import type { FeedCatalogue } from './feed-catalogue.ts';
import { findUploadsLeft } from './standing-uploads.ts';
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
export const openLink = async (ports: PortalPorts, opening: Opening): Promise<{ readonly opened: OpenedLink; readonly linkId: string }> => {
  const recognised = await openWithCode(ports, opening);
  const { link } = recognised;
  return {
    linkId: link.linkId,
    opened: { ...issueSession(ports.hash, link, ports.clock.now()), ...(await describeLink(ports, recognised)) },
  };
};

/** The same for the door without scripts, which shows the link on a page of its own. */
export const openForm = async (
  ports: Pick<PortalPorts, 'links' | 'agreements' | 'hash' | 'clock' | 'onLocked'>,
  opening: Opening,
): Promise<{ readonly session: string; readonly sessionExpiresAt: string; readonly linkId: string }> => {
  const { link } = await openWithCode(ports, opening);
  return { ...issueSession(ports.hash, link, ports.clock.now()), linkId: link.linkId };
};

/** The link of a session, shown again. */
export const readOpenLink = async (
  ports: PortalPorts,
  session: string,
): Promise<{ readonly shown: ShownLink; readonly linkId: string }> => {
  const recognised = await recogniseLink(ports, session);
  return { shown: await describeLink(ports, recognised), linkId: recognised.link.linkId };
};

export type ShownLink = Omit<OpenedLink, 'session' | 'sessionExpiresAt'>;

const describeLink = async (ports: PortalPorts, { link, agreement }: RecognisedLink): Promise<ShownLink> => {
  const { links, uploads, feeds, councilName } = ports;
  const { items, ...rest } = await links.listUploadIds(link.linkId, { limit: firstPage });
  const { id, version: _current, title, rowMeaning, kind } = feeds(link.feed);
  const left = await findUploadsLeft(ports, link);
  return {
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
  };
};
