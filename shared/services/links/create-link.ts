import type { CreatedLink, NewLink } from '../../contracts/http/link-routes.ts';
import type { FieldError } from '../../contracts/http/problems.ts';
import { canonicalInstant } from '../../domain/calendar/instant.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { periodFault } from '../../domain/uploads/file-period.ts';
import { plainCode } from '../../domain/uploads/link-code.ts';
import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import { agreementState, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import { latestLinkExpiry, longestLinkDays, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import { useFaults } from '../agreements/use-faults.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import { codeHash } from './code-hash.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';
import { tokenHash, typedCodeHash } from './token-hash.ts';

interface Ports {
  readonly links: Pick<LinkRepository, 'findLink' | 'createFragment'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement' | 'sameFragment'>;
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
  readonly feeds: FeedCatalogue;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newToken: () => string;
  /** `4821 9034` */
  readonly newCode: () => string;
  /** `7Q4M-2XPT-K9RD-W4HN-BC8V` */
  readonly newTypedCode: () => string;
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
 * Makes a link, its token and its codes, under an agreement that is in force. Token and codes leave in this answer and are not
 * kept: only their keyed hashes are. So a repeated request gets the link that the first one made, without them.
 */
export const createLink = async (ports: Ports, { newLink, staffId, idempotencyKey }: Request): Promise<CreatedLink> => {
  const mark = { operation: 'createLink', actorId: staffId, key: idempotencyKey, request: JSON.stringify(newLink) };
  const now = ports.clock.now();
  const before = await madeBefore(ports, mark);
  if (before) return before;

  const agreement = await ports.agreements.findAgreement(newLink.agreementId);
  const errors = [...agreementFaults(newLink, agreement, ports.clock.today()), ...faultsOf(newLink, now)];
  if (agreement === undefined || errors.length > 0) throw new Refusal('invalid-request', { errors });
  const token = ports.newToken();
  const code = ports.newCode();
  const typedCode = ports.newTypedCode();
  const linkId = ports.newId();
  const link: UploadLink = {
    ...newLink,
    agency: agreement.agency,
    agreement: agreement.reference,
    expiresAt: canonicalInstant(newLink.expiresAt),
    linkId,
    codeHash: codeHash(ports.hash, linkId, plainCode(code)),
    codeNumber: 1,
    codeTries: 0,
    feedVersion: ports.feeds(newLink.feed).version,
    uploads: 0,
    createdAt: now,
    createdBy: staffId,
    version: 1,
    expiresOn: sharingRecordExpiresOn(now),
  };
  const { ok } = await ports.transactions.commit([
    ports.links.createFragment(link, [tokenHash(ports.hash, token), typedHash(ports.hash, typedCode)]),
    ports.agreements.sameFragment(agreement),
    ports.idempotency.fragment(mark, { resourceId: link.linkId, at: now }),
  ]);
  if (ok) {
    const { portalOrigin } = ports;
    const given = { url: `${portalOrigin}/#${token}`, code, formUrl: `${portalOrigin}/form`, typedCode, urlGiven: 'now' as const };
    return { ...linkView(link, agreement, ports.clock), ...given };
  }
  // The same request at the same moment was faster, or the agreement has just been changed.
  const meanwhile = await madeBefore(ports, mark);
  if (!meanwhile) throw new Refusal('try-again');
  return meanwhile;
};

const typedHash = (hash: KeyedHash, typedCode: string): string => {
  const kept = typedCodeHash(hash, typedCode);
  if (kept === undefined) throw new Error('a typed code that cannot be read');
  return kept;
};

const madeBefore = async (
  { idempotency, links, agreements, clock }: Pick<Ports, 'idempotency' | 'links' | 'agreements' | 'clock'>,
  mark: IdempotentRequest,
): Promise<CreatedLink | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  const link = await links.findLink(outcome.resourceId);
  if (!link) throw new Refusal('not-found', { about: [outcome.resourceId] });
  return { ...linkView(link, await agreements.findAgreement(link.agreementId), clock), urlGiven: 'before' };
};

const agreementFaults = ({ feed, expiresAt }: NewLink, agreement: SharingAgreement | undefined, today: string): readonly FieldError[] => {
  const faults = useFaults(agreement, { feed, today, named: '/body/agreementId' });
  if (agreement === undefined || agreementState(agreement, today) !== 'in-force' || expiresAt.slice(0, 10) <= agreement.end) return faults;
  return [
    ...faults,
    {
      pointer: '/body/expiresAt',
      code: 'expiry-after-agreement',
      message: 'The link would stay open after the agreement has ended.',
      fix: 'Give a time up to the last day of the agreement.',
    },
  ];
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
