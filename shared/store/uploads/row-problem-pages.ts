import type { Page, PageRequest, RowProblems } from '../../services/uploads/upload-repository.ts';
import { Refusal } from '../../services/refusal.ts';
import { decodeCursor, encodeCursor } from '../../services/paging/cursor.ts';
import type { DocumentTable } from '../document-table.ts';
import { problemsPrefix, rowProblemsItemSchema, uploadKey } from './upload-items.ts';

interface Position {
  readonly sk: string;
  readonly index: number;
}

/** A page of rows; an item holds several, so a page may begin and end inside one. */
export const listRowProblems = async (table: DocumentTable, uploadId: string, page: PageRequest): Promise<Page<RowProblems>> => {
  const start = page.cursor === undefined ? { sk: problemsPrefix, index: 0 } : positionOf(uploadId, page.cursor);
  const rows: { position: Position; row: RowProblems }[] = [];
  let cursor: string | undefined;
  do {
    const read = await table.query(
      { partition: uploadKey(uploadId).pk, between: [start.sk, `${problemsPrefix}~`], limit: 4, cursor },
      rowProblemsItemSchema,
    );
    for (const item of read.items) {
      item.rows.forEach((row, index) => {
        if (item.sk !== start.sk || index >= start.index) rows.push({ position: { sk: item.sk, index }, row });
      });
    }
    cursor = read.cursor;
  } while (cursor !== undefined && rows.length <= page.limit);
  const next = rows[page.limit];
  return {
    items: rows.slice(0, page.limit).map(({ row }) => row),
    ...(next && { cursor: encodeCursor(listOf(uploadId), [next.position.sk, String(next.position.index)]) }),
  };
};

const listOf = (uploadId: string): string => `row problems of ${uploadId}`;

const positionOf = (uploadId: string, cursor: string): Position => {
  const [sk = '', index = ''] = decodeCursor(listOf(uploadId), cursor, 2);
  if (!/^PROBLEMS#\d{9}$/.test(sk) || !/^\d{1,6}$/.test(index)) throw new Refusal('invalid-cursor');
  return { sk, index: Number(index) };
};
