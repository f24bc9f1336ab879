import type { FileClaims, RowClaim } from '../../domain/uploads/feed-claims.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { RecordStore } from '../ingest/record-store.ts';

/** Rows held in memory at once, some 50 MB; what a feed has said in more rows is gone through part by part. */
export const mostClaims = 250_000;

/** Of so many parts the one a record belongs to. */
const partOf = (rowId: string, parts: number): number => {
  let sum = 0;
  for (let at = rowId.length - 4; at < rowId.length; at += 1) sum = (sum * 31 + rowId.charCodeAt(at)) % 1_000_003;
  return sum % parts;
};

/** What a file has said about the records of one part. */
export const readClaims = async (
  records: Pick<RecordStore, 'readSeen'>,
  { uploadId, periodStart, periodEnd }: Upload,
  { part, parts }: { readonly part: number; readonly parts: number },
): Promise<FileClaims> => {
  const rows = new Map<string, RowClaim>();
  let unidentified = 0;
  for await (const seen of records.readSeen(uploadId)) {
    unidentified += seen.unidentified;
    seen.rowIds.forEach((rowId, index) => {
      if (parts > 1 && partOf(rowId, parts) !== part) return;
      const claim = { row: seen.rows?.[index] ?? 1, version: seen.versions?.[index] ?? 0 };
      const held = rows.get(rowId);
      // The same record twice: the row that brought something is the one that counts.
      if (held === undefined || (held.version === 0 && claim.version > 0)) rows.set(rowId, claim);
    });
  }
  return { uploadId, periodStart, periodEnd, unidentified, rows };
};
