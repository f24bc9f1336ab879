import { ulid } from 'ulid';
import type { UploadLink } from '#shared/domain/uploads/upload-link.ts';

/** An open link of a school for its roll, unless told otherwise. */
export const aLink = (over: Partial<UploadLink> = {}): UploadLink => ({
  linkId: ulid(),
  agency: 'northfield-academy',
  feed: 'school-roll',
  feedVersion: 1,
  agreementId: '01J8Z3Q5V7X9B1D3F5H7K9M1P3',
  agreement: 'DSA-2026-014',
  periodStart: '2026-09-01',
  periodEnd: '2026-12-18',
  expiresAt: '2026-12-31T17:00:00.000Z',
  uploads: 0,
  codeHash: 'v1.code',
  codeNumber: 1,
  codeTries: 0,
  createdAt: '2026-11-23T09:00:00.000Z',
  createdBy: 'b4d5a1e0-0000-4000-8000-000000000001',
  version: 1,
  expiresOn: '2033-11-23',
  ...over,
});
