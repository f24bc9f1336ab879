import * as z from 'zod';
import { uploadSchema, type Upload } from '../../domain/uploads/upload.ts';
import type { RowProblems } from '../../services/uploads/upload-repository.ts';
import { expiry } from '../expiry.ts';
import type { Item, Key } from '../write.ts';

export const schemaVersion = 1;

export const uploadKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });
export const weighingKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'WEIGHING' });
export const notesKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'NOTES' });
export const openMarkKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'OPEN' });

export const uploadsList = 'UPLOADS';
export const openUploadsList = 'OPEN-UPLOADS';

export const storedUploadSchema = uploadSchema;

export const uploadItem = (upload: Upload): Item => ({
  ...uploadKey(upload.uploadId),
  ...upload,
  ...expiry(upload.expiresOn),
  schemaVersion,
  listPk: uploadsList,
  listSk: `${upload.createdAt}#${upload.uploadId}`,
});

/**
 * Stands beside an upload until it reaches a final state: the list of these is what the sweep looks through. A mark of its
 * own, because the upload itself changes with every chunk and each change would be written to the index again.
 */
export const openMarkItem = (upload: Upload): Item => ({
  ...openMarkKey(upload.uploadId),
  uploadId: upload.uploadId,
  ...expiry(upload.expiresOn),
  schemaVersion,
  listPk: openUploadsList,
  listSk: upload.uploadId,
});

/** Stands beside an upload for as long as it waits for a person; the list of these is what staff work through. */
export const heldMarkKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'HELD' });
export const heldUploadsList = 'HELD-UPLOADS';
export const heldMarkItem = ({ uploadId, expiresOn }: Upload, since: string): Item => ({
  ...heldMarkKey(uploadId),
  uploadId,
  ...expiry(expiresOn),
  schemaVersion,
  listPk: heldUploadsList,
  listSk: `${since}#${uploadId}`,
});

/** Lists a feed's files in a partition of their own. */
export const feedUploadsPartition = (agency: string, feed: string): string => `FILES#${agency}#${feed}`;
export const feedUploadItem = ({ agency, feed, uploadId, expiresOn }: Upload): Item => ({
  pk: feedUploadsPartition(agency, feed),
  sk: uploadId,
  uploadId,
  ...expiry(expiresOn),
  schemaVersion,
});

export const openMarkSchema = z.object({ uploadId: z.ulid() });

const rowProblemSchema = z.object({
  column: z.string().exactOptional(),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export const rowProblemsItemSchema = z.object({
  sk: z.string(),
  rows: z.array(z.object({ row: z.int().positive(), sourceRow: z.int().positive().optional(), problems: z.array(rowProblemSchema) })),
});

export const problemsPrefix = 'PROBLEMS#';

const problemsSortKey = (row: number): string => `${problemsPrefix}${String(row).padStart(9, '0')}`;

/** An item may be 400 KB; several rows share one, because an item per row would cost a write unit each. */
const largestProblemsText = 60_000;

export const rowProblemsItems = (upload: Upload, problems: readonly RowProblems[]): readonly Item[] => {
  const items: Item[] = [];
  let rows: RowProblems[] = [];
  let size = 0;
  const close = (): void => {
    const [first] = rows;
    if (!first) return;
    items.push({ pk: uploadKey(upload.uploadId).pk, sk: problemsSortKey(first.row), rows, ...expiry(upload.expiresOn), schemaVersion });
    rows = [];
    size = 0;
  };
  for (const row of problems) {
    const rowSize = JSON.stringify(row).length;
    if (size + rowSize > largestProblemsText) close();
    rows.push(row);
    size += rowSize;
  }
  close();
  return items;
};
