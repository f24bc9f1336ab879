import type { QueryNote } from '../../domain/uploads/query-note.ts';
import { rememberedNotes } from '../../domain/uploads/query-note.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { UploadRepository } from './upload-repository.ts';

/** What senders say about odd rows, beside their upload; gone when it is refused, withdrawn or never comes. */
export interface QueryNotes {
  readonly notesFragment: (upload: Upload, notes: readonly QueryNote[]) => TransactionFragment;
  /** In the place of those that the upload had. */
  readonly keepNotes: (upload: Upload, notes: readonly QueryNote[]) => Promise<void>;
  /** Of each of the uploads that has any, in their order. */
  readonly findNotes: (uploadIds: readonly string[]) => Promise<readonly (readonly QueryNote[])[]>;
}

/** A note is remembered while one of so many files of its feed that came last has it. */
const filesLookedAt = 6;

/** What was said of the rows of the last files that came under the link's agreement, of each row and rule the newest. */
export const notesOfLastFiles = async (
  { uploads, notes }: { readonly uploads: Pick<UploadRepository, 'listLastFeedUploads'>; readonly notes: Pick<QueryNotes, 'findNotes'> },
  { agency, feed, agreementId }: UploadLink,
): Promise<QueryNote[]> => {
  const last = await uploads.listLastFeedUploads(agency, feed, filesLookedAt);
  const own = last.filter((upload) => upload.state === 'completed' && upload.agreementId === agreementId);
  return own.length === 0 ? [] : rememberedNotes(await notes.findNotes(own.map(({ uploadId }) => uploadId)));
};
