import * as z from 'zod';
import { wordsOf } from '../words.ts';
import { longestNote, mostNotes, mostRowsNoted } from './query-note-limits.ts';

/** A note as somebody types it: lines of text, nothing that steers a screen or a printer. */
const noteTextSchema = wordsOf({ most: longestNote }).refine((text) => !/(?!\n)\p{Cc}/u.test(text), {
  message: 'A note holds a character that is no text',
  params: { code: 'not-text', fix: 'Type the note anew.' },
});

/** What a sender says about rows that are odd and right: of one rule, one note for one row or for several. */
export const queryNoteSchema = z.strictObject({
  /** The rule. */
  code: z
    .string()
    .regex(/^query-[a-z-]{1,60}$/)
    .meta({ examples: ['query-digits-in-name'] }),
  column: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .meta({ examples: ['surname'] })
    .optional(),
  note: noteTextSchema,
  rows: z
    .array(
      z.strictObject({
        /** In the sheet; 1 is its first. */
        row: z.int().positive(),
        /** Of what is sent of the row, so that the same row is known again. The sender's page makes it; nothing else reads it. */
        digest: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .meta({ examples: ['5f2b1c9d0e8a7b6c5d4e3f2a1b0c9d8e'] }),
      }),
    )
    .min(1)
    .max(mostRowsNoted),
});
export type QueryNote = z.infer<typeof queryNoteSchema>;

export const queryNotesSchema = z
  .array(queryNoteSchema)
  .max(mostNotes)
  .refine((notes) => notes.reduce((sum, { rows }) => sum + rows.length, 0) <= mostRowsNoted, {
    message: 'The notes are about too many rows',
    params: { code: 'too-many', fix: `Give notes about at most ${String(mostRowsNoted)} rows.` },
  });

/** Notes of several files, the newest file first: of each row and rule what was said last. */
export const rememberedNotes = (files: readonly (readonly QueryNote[])[]): QueryNote[] => {
  const known = new Set<string>();
  return files.flat().flatMap((note) => {
    const rows = note.rows.filter(({ digest }) => !known.has(`${note.code} ${note.column ?? ''} ${digest}`));
    for (const { digest } of rows) known.add(`${note.code} ${note.column ?? ''} ${digest}`);
    return rows.length === 0 ? [] : [{ ...note, rows }];
  });
};
