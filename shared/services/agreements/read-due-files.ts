import type { DueAgreement } from '../../contracts/http/due-routes.ts';
import { duePeriods, type DuePeriod } from '../../domain/uploads/due.ts';
import { agreedColumns, agreementState, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import type { Clock } from '../clock.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Page, PageRequest, UploadRepository } from '../uploads/upload-repository.ts';
import type { AgreementRepository } from './agreement-repository.ts';
import type { ChaseRepository } from './chase-repository.ts';

export interface FeedDuePorts {
  readonly uploads: Pick<UploadRepository, 'listLastFeedUploads'>;
  readonly clock: Clock;
}

export interface DuePorts extends FeedDuePorts {
  readonly agreements: Pick<AgreementRepository, 'listAgreements'>;
  readonly chases: Pick<ChaseRepository, 'listLastChases'>;
  readonly feeds: FeedCatalogue;
}

const periodsShown = 6;
/** Of a feed: ten for each period, which nobody has. */
const filesLookedAt = 60;

/** What of a feed was expected under an agreement in its newest periods, and what came. */
export const readFeedDue = async (
  { uploads, clock }: FeedDuePorts,
  agreement: SharingAgreement,
  feed: FeedId,
): Promise<readonly DuePeriod[]> => {
  // Whatever is on request is due when somebody has asked, and a link says so itself.
  if (agreement.frequency === 'on-request') return [];
  const sent = await uploads.listLastFeedUploads(agreement.agency, feed, filesLookedAt);
  // A form that was opened is no file on its way: nothing may ever come by it.
  const ofAgreement = sent.filter(
    ({ agreementId, state, sha256 }) => agreementId === agreement.agreementId && (state !== 'granted' || sha256 !== undefined),
  );
  const columns = agreedColumns(agreement, feed) ?? [];
  return duePeriods({ terms: agreement, agreedColumns: columns, uploads: ofAgreement }, clock.today(), periodsShown);
};

/** All that is due under an agreement. */
const readAgreementDue = async (ports: Omit<DuePorts, 'agreements'>, agreement: SharingAgreement): Promise<DueAgreement> => {
  const { agreementId, reference, agency, agencyName, contactRole, frequency } = agreement;
  const [chases, ...perFeed] = await Promise.all([
    ports.chases.listLastChases(agreementId),
    ...agreement.feeds.map(({ feed }) => readFeedDue(ports, agreement, feed)),
  ]);
  return {
    agreementId,
    reference,
    agency,
    agencyName,
    contactRole,
    frequency,
    state: agreementState(agreement, ports.clock.today()),
    feeds: agreement.feeds.map(({ feed }, index) => ({
      feed,
      title: ports.feeds(feed).title,
      periods: (perFeed[index] ?? []).map((period) => {
        const chased = chases.find((chase) => chase.feed === feed && chase.periodEnd === period.end);
        return { ...period, ...(chased && { chasedAt: chased.at }) };
      }),
    })),
  };
};

/** By agreement, newest first. */
export const listDueFiles = async (
  ports: DuePorts,
  { state, ...page }: PageRequest & { readonly state?: 'late' | undefined },
): Promise<Page<DueAgreement>> => {
  const { items, ...rest } = await ports.agreements.listAgreements(page);
  const due: DueAgreement[] = [];
  // One agreement after the other: each asks for all its feeds at once.
  for (const agreement of items) due.push(await readAgreementDue(ports, agreement));
  const isLate = ({ feeds }: DueAgreement): boolean => feeds.some(({ periods }) => periods.some((period) => period.state === 'late'));
  return { items: state === 'late' ? due.filter(isLate) : due, ...rest };
};
