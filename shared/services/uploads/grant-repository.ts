import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** Whose file it is: the same bytes from another agency or for another feed are another file. */
export interface FileIdentity {
  readonly agency: string;
  readonly feed: string;
  /** Base64. */
  readonly sha256: string;
}

export interface GrantRepository {
  /** The last upload granted for exactly these bytes. */
  readonly findUploadOfFile: (file: FileIdentity) => Promise<string | undefined>;
  /** The last upload granted to the agency for the feed, whatever its bytes. */
  readonly findLatestUpload: (source: Pick<FileIdentity, 'agency' | 'feed'>) => Promise<string | undefined>;
  /**
   * What a grant writes about the link and the file, under the conditions that the link is not revoked and, where it is
   * limited, that no other grant has been made since it was read; and that `earlierUploadId` is still the last upload of
   * these bytes.
   */
  readonly grantFragment: (grant: {
    readonly link: UploadLink;
    readonly upload: Upload;
    readonly earlierUploadId: string | undefined;
  }) => TransactionFragment;
  /** The same without a file: nobody knows yet which it will be. */
  readonly formFragment: (grant: { readonly link: UploadLink; readonly upload: Upload }) => TransactionFragment;
  /** Part of both: which upload these bytes are, and that it is the latest, provided that `earlierUploadId` still is the last of them. */
  readonly fileFragment: (file: {
    readonly identity: FileIdentity;
    readonly upload: Pick<Upload, 'uploadId' | 'expiresOn'>;
    readonly earlierUploadId: string | undefined;
  }) => TransactionFragment;
  /** Only that the link, not revoked, has this upload. */
  readonly nilReturnFragment: (grant: { readonly link: UploadLink; readonly upload: Upload }) => TransactionFragment;
}
