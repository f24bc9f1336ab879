import * as z from 'zod';
import { queryNoteSchema, type QueryNote } from '../../domain/uploads/query-note.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { QueryNotes } from '../../services/uploads/query-notes.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Item } from '../write.ts';
import { notesKey, schemaVersion } from './upload-items.ts';

const itemSchema = z.object({ uploadId: z.ulid(), notes: z.array(queryNoteSchema) });

/** One item beside the upload, as long as the upload is kept. */
const notesItem = ({ uploadId, expiresOn }: Upload, notes: readonly QueryNote[]): Item => ({
  ...notesKey(uploadId),
  uploadId,
  notes: [...notes],
  ...expiry(expiresOn),
  schemaVersion,
});

export const dynamoQueryNotes = (table: DocumentTable): QueryNotes => ({
  notesFragment: (upload, notes) => fragmentOf(notes.length === 0 ? [] : [table.putWrite(notesItem(upload, notes))]),
  keepNotes: async (upload, notes) => {
    await table.put(notesItem(upload, notes), condition.any(condition.absent('pk'), condition.exists('pk')));
  },
  findNotes: async (uploadIds) => {
    const found = await table.batchGet(uploadIds.map(notesKey), itemSchema);
    const byId = new Map(found.map(({ uploadId, notes }) => [uploadId, notes]));
    return uploadIds.flatMap((uploadId) => {
      const notes = byId.get(uploadId);
      return notes === undefined ? [] : [notes];
    });
  },
});
