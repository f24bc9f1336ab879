import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

/** What an Idempotency-Key was used for. Both are keyed hashes: a key or a body of a client may hold anything. */
export interface CreationMark {
  readonly keyHash: string;
  readonly requestHash: string;
}

export interface LinkRepository {
  readonly findLink: (linkId: string) => Promise<UploadLink | undefined>;
  readonly findLinkByToken: (tokenHash: string) => Promise<UploadLink | undefined>;
  readonly findCreation: (keyHash: string) => Promise<{ readonly linkId: string; readonly requestHash: string } | undefined>;
  /** All or nothing: the link, its token and the mark. False where the mark is there already (or, never, an id or token). */
  readonly createLink: (link: UploadLink, tokenHash: string, mark: CreationMark) => Promise<boolean>;
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
