import { ulid } from 'ulid';
import { startCheckpoint, type Upload } from '#shared/domain/uploads/upload.ts';

/** An upload just granted, unless told otherwise. */
export const anUpload = (over: Partial<Upload> = {}): Upload => {
  const uploadId = over.uploadId ?? ulid();
  return {
    uploadId,
    reference: 'SF-7Q4M-2XPT',
    source: 'link',
    linkId: '01J8Z3Q5V7X9B1D3F5H7K9M1P3',
    agency: 'knowsley-schools',
    feed: 'school-roll',
    feedVersion: 1,
    agreement: 'DSA-2025-001',
    periodStart: '2025-09-01',
    periodEnd: '2025-12-19',
    sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    size: 1000,
    objectKey: `q/01J8Z3Q5V7X9B1D3F5H7K9M1P3/${uploadId}`,
    state: 'granted',
    checkpoint: startCheckpoint,
    createdAt: '2026-01-05T09:00:00.000Z',
    updatedAt: '2026-01-05T09:00:00.000Z',
    version: 1,
    expiresOn: '2028-01-05',
    ...over,
  };
};
