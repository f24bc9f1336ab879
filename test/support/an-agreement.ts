import { ulid } from 'ulid';
import { feeds } from '#shared/contracts/files/feeds.ts';
import type { NewAgreement } from '#shared/contracts/http/agreement-routes.ts';
import { feedIds, type FeedId } from '#shared/domain/feeds/feed-ids.ts';
import type { SharingAgreement } from '#shared/domain/uploads/sharing-agreement.ts';

/** The feed with all its columns, or without some. */
export const allColumnsOf = (feed: FeedId, without: readonly string[] = []): NewAgreement['feeds'][number] => ({
  feed,
  columns: feeds[feed].columns.map(({ name }) => name).filter((name) => !without.includes(name)),
});

/** A new agreement of a school about everything, unless told otherwise. */
export const aNewAgreement = (over: Partial<NewAgreement> = {}): NewAgreement => ({
  reference: `DSA-${ulid()}`,
  agency: `school-${ulid().toLowerCase()}`,
  agencyName: 'Northfield Academy',
  contactRole: 'Data manager',
  feeds: feedIds.map((feed) => allColumnsOf(feed)),
  cohort: 'Pupils on roll, reception to year 11',
  purposes: ['Find families who may need support'],
  lawfulBasis: 'Public task',
  frequency: 'termly',
  start: '2025-09-01',
  end: '2030-08-31',
  ...over,
});

/** One that is held. */
export const anAgreement = (over: Partial<SharingAgreement> = {}): SharingAgreement => ({
  ...aNewAgreement(),
  agreementId: ulid(),
  createdAt: '2025-09-01T09:00:00.000Z',
  createdBy: 'b4d5a1e0-0000-4000-8000-000000000001',
  editedAt: '2025-09-01T09:00:00.000Z',
  editedBy: 'b4d5a1e0-0000-4000-8000-000000000001',
  version: 1,
  expiresOn: '2037-08-31',
  ...over,
});
