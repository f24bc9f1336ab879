import type { CreatedLink, NewLink } from '../../contracts/http/link-routes.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { canonicalInstant } from '../../domain/calendar/instant.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { periodFault } from '../../domain/uploads/file-period.ts';
import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import { latestLinkExpiry, longestLinkDays, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';
import { tokenHash } from './token-hash.ts';

interface Ports {
  readonly links: Pick<LinkRepository, 'findLink' | 'createFragment'>;
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
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
export const createLink = async (ports: Ports, { newLink, staffId, idempotencyKey }: Request): Promise<CreatedLink> => {
  const mark = { operation: 'createLink', actorId: staffId, key: idempotencyKey, request: JSON.stringify(newLink) };
  const now = ports.clock.now();
  const before = await madeBefore(ports, mark, now);
  if (before) return before;

  const errors = faultsOf(newLink, now);
  if (errors.length > 0) throw new Refusal('invalid-request', { errors });
  const token = ports.newToken();
  const link: UploadLink = {
    ...newLink,
    expiresAt: canonicalInstant(newLink.expiresAt),
    linkId: ports.newId(),
    feedVersion: ports.feeds(newLink.feed).version,
    uploads: 0,
    createdAt: now,
    createdBy: staffId,
    version: 1,
    expiresOn: sharingRecordExpiresOn(now),
  };
  const { ok } = await ports.transactions.commit([
    ports.links.createFragment(link, tokenHash(ports.hash, token)),
    ports.idempotency.fragment(mark, { resourceId: link.linkId, at: now }),
  ]);
  if (ok) return { ...linkView(link, now), url: `${ports.portalOrigin}/#${token}`, urlGiven: 'now' };
  // The same request at the same moment was faster.
  const meanwhile = await madeBefore(ports, mark, now);
  if (!meanwhile) throw new Refusal('try-again');
  return meanwhile;
};

const madeBefore = async (
  { idempotency, links }: Pick<Ports, 'idempotency' | 'links'>,
  mark: IdempotentRequest,
  now: string,
): Promise<CreatedLink | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  const link = await links.findLink(outcome.resourceId);
  if (!link) throw new Refusal('not-found', { about: [outcome.resourceId] });
  return { ...linkView(link, now), urlGiven: 'before' };
};

const faultsOf = (newLink: NewLink, now: string): readonly FieldError[] => {
  const errors: FieldError[] = [];
  const period = periodFault({ start: newLink.periodStart, end: newLink.periodEnd }, now.slice(0, 10));
  if (period) {
    const { field, ...fault } = period;
    errors.push({ pointer: `/body/${field}`, ...fault });
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
