import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

export interface LinkRepository {
  readonly findLink: (linkId: string) => Promise<UploadLink | undefined>;
  readonly findLinkByToken: (tokenHash: string) => Promise<UploadLink | undefined>;
  /** Writes the link and its token, provided that neither is there. */
  readonly createFragment: (link: UploadLink, tokenHash: string) => TransactionFragment;
  /** Revokes version `version` of the link; otherwise `current` says how it stands. */
  readonly revokeLink: (
    linkId: string,
    edit: { readonly version: number; readonly at: string },
  ) => Promise<{ readonly ok: true; readonly link: UploadLink } | { readonly ok: false; readonly current: UploadLink | undefined }>;
  /** Newest first. */
  readonly listLinks: (page: PageRequest) => Promise<Page<UploadLink>>;
  /** Ids of the uploads granted on the link, newest first. */
  readonly listUploadIds: (linkId: string, page: PageRequest) => Promise<Page<string>>;
}
