import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

/** `current` says how the link stands instead. */
type EditResult = { readonly ok: true; readonly link: UploadLink } | { readonly ok: false; readonly current: UploadLink | undefined };

export interface LinkRepository {
  readonly findLink: (linkId: string) => Promise<UploadLink | undefined>;
  readonly findLinkByToken: (tokenHash: string) => Promise<UploadLink | undefined>;
  /** Writes the link and what it is found by, its token and its typed code, provided that nothing of it is there. */
  readonly createFragment: (link: UploadLink, tokenHashes: readonly string[]) => TransactionFragment;
  /**
   * Counts one more try of the code, provided that fewer than five have been made since the last right one, and answers
   * with the link as it then is; undefined where the link is locked.
   */
  readonly takeCodeTry: (linkId: string) => Promise<UploadLink | undefined>;
  /** The code was right: no tries have been made. Nothing where the code has been changed since. */
  readonly forgetCodeTries: (link: Pick<UploadLink, 'linkId' | 'codeNumber'>) => Promise<void>;
  /** Puts another code in the place of the one that `link` has, provided that the link is as it was read. */
  readonly changeCode: (link: UploadLink, codeHash: string) => Promise<EditResult>;
  /** Revokes version `version` of the link; otherwise `current` says how it stands. */
  readonly revokeLink: (linkId: string, edit: { readonly version: number; readonly at: string }) => Promise<EditResult>;
  /** Newest first. */
  readonly listLinks: (page: PageRequest) => Promise<Page<UploadLink>>;
  /** Ids of the uploads granted on the link, newest first. */
  readonly listUploadIds: (linkId: string, page: PageRequest) => Promise<Page<string>>;
}
