import type { FileIdentity } from '../../services/uploads/grant-repository.ts';
import type { Key } from '../write.ts';

/** Keys of the items about links in the Uploads table. */
export const linkKeys = {
  link: (linkId: string): Key => ({ pk: `LINK#${linkId}`, sk: 'LINK' }),
  /** Lists the uploads of a link in its own partition. */
  linkUpload: (linkId: string, uploadId: string): Key => ({ pk: `LINK#${linkId}`, sk: `UPLOAD#${uploadId}` }),
  token: (tokenHash: string): Key => ({ pk: `TOKEN#${tokenHash}`, sk: 'TOKEN' }),
  file: ({ agency, feed, sha256 }: FileIdentity): Key => ({ pk: `DIGEST#${agency}#${feed}#${sha256}`, sk: 'DIGEST' }),
  latest: ({ agency, feed }: Pick<FileIdentity, 'agency' | 'feed'>): Key => ({ pk: `LATEST#${agency}#${feed}`, sk: 'LATEST' }),
  reference: (reference: string): Key => ({ pk: `REFERENCE#${reference}`, sk: 'REFERENCE' }),
} as const;

export const linkUploadPrefix = 'UPLOAD#';
export const linksListing = 'LINKS';
