import type { CreatedLink, NewLink } from '../../contracts/http/link-routes.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { canonicalInstant } from '../../domain/calendar/instant.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import { latestLinkExpiry, longestLinkDays, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';
import { tokenHash } from './token-hash.ts';

interface Ports {
  readonly links: LinkRepository;
  readonly feeds: FeedCatalogue;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newToken: () => string;
  /** `https://…`, no trailing slash. */
  readonly portalOrigin: string;
}

interface Request {
  readonly newLink: NewLink;
  /** The issuer's subject. */
  readonly staffId: string;
  readonly idempotencyKey: string;
}

/**
 * Makes a link and its token. The token leaves in this answer and is not kept: only its keyed hash is. So a repeated
 * request gets the link that the first one made, without the URL.
 */
export const createLink = async (
  { links, feeds, hash, clock, newId, newToken, portalOrigin }: Ports,
  { newLink, staffId, idempotencyKey }: Request,
): Promise<CreatedLink> => {
  const mark = {
    keyHash: hash.hash('create-link-key', staffId, idempotencyKey),
    requestHash: hash.hash('create-link-request', JSON.stringify(newLink)),
  };
  const before = await createdBefore(links, mark, clock.now());
  if (before) return before;

  const now = clock.now();
  const errors = faultsOf(newLink, now);
  if (errors.length > 0) throw new Refusal('invalid-request', { errors });
  const token = newToken();
  const link: UploadLink = {
    ...newLink,
    expiresAt: canonicalInstant(newLink.expiresAt),
    linkId: newId(),
    feedVersion: feeds(newLink.feed).version,
    uploads: 0,
    createdAt: now,
    createdBy: staffId,
    version: 1,
    expiresOn: sharingRecordExpiresOn(now),
  };
  if (await links.createLink(link, tokenHash(hash, token), mark)) {
    return { ...linkView(link, now), url: `${portalOrigin}/#${token}`, urlGiven: 'now' };
  }
  const meanwhile = await createdBefore(links, mark, now);
  if (meanwhile) return meanwhile;
  throw new Refusal('try-again');
};

const createdBefore = async (
  links: LinkRepository,
  mark: { readonly keyHash: string; readonly requestHash: string },
  now: string,
): Promise<CreatedLink | undefined> => {
  const creation = await links.findCreation(mark.keyHash);
  if (!creation) return undefined;
  if (creation.requestHash !== mark.requestHash) throw new Refusal('idempotency-key-reused', { about: [creation.linkId] });
  const link = await links.findLink(creation.linkId);
  return link && { ...linkView(link, now), urlGiven: 'before' };
};

const faultsOf = (newLink: NewLink, now: string): readonly FieldError[] => {
  const errors: FieldError[] = [];
  if (newLink.periodEnd < newLink.periodStart) {
    errors.push({
      pointer: '/body/periodEnd',
      code: 'period-backwards',
      message: 'The period ends before it starts.',
      fix: 'Give an end that is on or after the start.',
    });
  }
  const expiresAt = canonicalInstant(newLink.expiresAt);
  if (expiresAt <= now) {
    errors.push({
      pointer: '/body/expiresAt',
      code: 'expiry-past',
      message: 'The link would have expired already.',
      fix: 'Give a time that is still to come.',
    });
  }
  if (expiresAt > latestLinkExpiry(now)) {
    errors.push({
      pointer: '/body/expiresAt',
      code: 'expiry-too-late',
      message: `A link may stay open for ${longestLinkDays} days at most.`,
      fix: 'Give an earlier time; make a new link when this one has expired.',
    });
  }
  return errors;
};
