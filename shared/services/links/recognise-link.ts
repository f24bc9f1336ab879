import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { linkState, type UploadLink } from '../../domain/uploads/upload-link.ts';
import { Refusal } from '../refusal.ts';
import type { LinkRepository } from './link-repository.ts';
import { tokenHash } from './token-hash.ts';

/**
 * The open link of a token. A token that was never given out, a mistyped one and one long forgotten are all
 * `link-not-found`, after the same work.
 */
export const recogniseLink = async (
  { links, hash }: { readonly links: Pick<LinkRepository, 'findLinkByToken'>; readonly hash: KeyedHash },
  token: string,
  now: string,
): Promise<UploadLink> => {
  const link = await links.findLinkByToken(tokenHash(hash, token));
  if (!link) throw new Refusal('link-not-found');
  const state = linkState(link, now);
  if (state !== 'open') throw new Refusal(state === 'revoked' ? 'link-revoked' : 'link-expired', { about: [link.linkId] });
  return link;
};
