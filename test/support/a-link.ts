import { ulid } from 'ulid';
import type { UploadLink } from '#shared/domain/uploads/upload-link.ts';

/** An open link of a school for its roll, unless told otherwise. */
export const aLink = (over: Partial<UploadLink> = {}): UploadLink => ({
  linkId: ulid(),
  agency: 'northfield-academy',
  agencyName: 'Northfield Academy',
  feed: 'school-roll',
  feedVersion: 1,
  agreement: { reference: 'DSA-2026-014', purpose: 'Find families who may need support', lawfulBasis: 'Public task' },
  contactRole: 'Data manager',
  periodStart: '2026-09-01',
  periodEnd: '2026-12-18',
  expiresAt: '2026-12-31T17:00:00.000Z',
  uploads: 0,
  createdAt: '2026-11-23T09:00:00.000Z',
  createdBy: 'b4d5a1e0-0000-4000-8000-000000000001',
  version: 1,
  expiresOn: '2033-11-23',
  ...over,
});
