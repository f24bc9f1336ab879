import type { Grant, GrantRequest } from '../../contracts/http/portal-routes.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { alreadyReceivedWords, decideGrant, grantLifeSeconds, type GrantDecision } from '../../domain/uploads/grant.ts';
import type { UploadLink } from '../../domain/uploads/upload-link.ts';
import { largestUpload, sentBytes, type Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import type { LinkRepository } from '../links/link-repository.ts';
import { recogniseLink, type RecognisedLink } from '../links/recognise-link.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { FeedCatalogue } from './feed-catalogue.ts';
import type { GrantRepository } from './grant-repository.ts';
import { newLinkUpload } from './new-upload.ts';
import type { UploadSigner } from './object-store.ts';
import { findUploadOfLink } from './own-upload.ts';
import type { QueryNotes } from './query-notes.ts';
import { findUploadsLeft } from './standing-uploads.ts';
import type { UploadReferences } from './upload-references.ts';
import type { UploadRepository } from './upload-repository.ts';

export interface GrantPorts {
  readonly links: LinkRepository;
  readonly agreements: Pick<AgreementRepository, 'findAgreement' | 'sameFragment'>;
  readonly grants: GrantRepository;
  readonly references: UploadReferences;
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'findUploads' | 'createFragment' | 'expireUpload'>;
  readonly notes: QueryNotes;
  readonly transactions: Transactions;
  readonly signer: UploadSigner;
  readonly feeds: FeedCatalogue;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newReference: () => string;
}

export interface GrantOutcome {
  readonly grant: Grant;
  readonly linkId: string;
  /** False where the same bytes had been granted before and only the URL is new. */
  readonly isNew: boolean;
}

/** Each lost race means that somebody else's grant went through, so few are needed. */
const attempts = 8;

/**
 * A place for one file, bound to its bytes. However often and however simultaneously the same bytes are asked for, one
 * upload comes of it: the pointer from the file to its upload is written in the grant's own transaction.
 */
export const createGrant = async (ports: GrantPorts, request: GrantRequest): Promise<GrantOutcome> => {
  const first = await recogniseLink(ports, request.session);
  // Only what came through the same link can be replaced through it.
  if (request.replaces !== undefined) await findUploadOfLink(ports, first.link.linkId, request.replaces);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const recognised = attempt === 1 ? first : await recogniseLink(ports, request.session);
    const { link } = recognised;
    const now = ports.clock.now();
    const { decision, earlierUploadId } = await decide(ports, link, request, now);
    switch (decision.kind) {
      case 'renew':
        if (request.notes !== undefined) await ports.notes.keepNotes(decision.upload, request.notes);
        return { grant: await sign(ports, decision.upload, request.contentType, now), linkId: link.linkId, isNew: false };
      case 'already-received':
        throw alreadyReceived(link, decision.upload);
      case 'empty':
      case 'too-large':
        throw notAcceptable(link, decision.kind);
      case 'replace': {
        const given = await ports.uploads.expireUpload(decision.upload.uploadId, now);
        // It moved on in this moment: see what it is now.
        if (!given.ok) continue;
        break;
      }
      case 'new':
    }
    const upload = await place(ports, recognised, request, earlierUploadId, now);
    if (upload) return { grant: await sign(ports, upload, request.contentType, now), linkId: link.linkId, isNew: true };
  }
  throw new Refusal('try-again', { about: [first.link.linkId] });
};

const decide = async (
  { grants, uploads, feeds }: GrantPorts,
  link: UploadLink,
  { sha256, size }: GrantRequest,
  now: string,
): Promise<{ readonly decision: GrantDecision; readonly earlierUploadId: string | undefined }> => {
  const { agency, feed, linkId } = link;
  const feedKind = feeds(feed).kind;
  const [earlierUploadId, latestUploadId] = await Promise.all([
    grants.findUploadOfFile({ agency, feed, sha256 }),
    feedKind === 'snapshot' ? grants.findLatestUpload({ agency, feed }) : undefined,
  ]);
  const earlier = earlierUploadId === undefined ? undefined : await uploads.findUpload(earlierUploadId);
  return { decision: decideGrant({ linkId, size, feedKind, earlier, latestUploadId, now }), earlierUploadId };
};

/** The new upload, or undefined where another request was in the way. */
const place = async (
  ports: GrantPorts,
  { link, agreement }: RecognisedLink,
  { sha256, size, replaces, announced, notes = [] }: GrantRequest,
  earlierUploadId: string | undefined,
  now: string,
): Promise<Upload | undefined> => {
  if ((await findUploadsLeft(ports, link)) === 0) throw new Refusal('link-used-up', { about: [link.linkId] });
  const file = {
    uploadId: ports.newId(),
    reference: ports.newReference(),
    sha256,
    size,
    ...(announced !== undefined && { announced }),
    ...(replaces !== undefined && { replaces }),
  };
  const upload = newLinkUpload({ link, agreement }, file, now);
  const committed = await ports.transactions.commit([
    ports.uploads.createFragment(upload),
    ports.notes.notesFragment(upload, notes),
    ports.grants.grantFragment({ link, upload, earlierUploadId }),
    ports.references.referenceFragment(upload),
    ports.agreements.sameFragment(agreement),
  ]);
  return committed.ok ? upload : undefined;
};

const sign = async ({ signer }: GrantPorts, upload: Upload, contentType: GrantRequest['contentType'], now: string): Promise<Grant> => {
  const { uploadId, reference, objectKey } = upload;
  const { url, headers } = await signer.sign({
    key: objectKey,
    ...sentBytes(upload),
    contentType,
    expiresInSeconds: grantLifeSeconds,
  });
  return { uploadId, reference, url, method: 'PUT', headers: { ...headers }, expiresAt: addSeconds(now, grantLifeSeconds) };
};

const alreadyReceived = (link: UploadLink, upload: Upload): Refusal =>
  new Refusal('file-already-received', {
    about: [link.linkId, upload.uploadId],
    errors: [{ pointer: '/body/sha256', ...alreadyReceivedWords(upload) }],
  });

const megabytes = largestUpload / (1024 * 1024);

const notAcceptable = (link: UploadLink, why: 'empty' | 'too-large'): Refusal =>
  new Refusal('file-not-acceptable', {
    about: [link.linkId],
    errors: [
      why === 'empty'
        ? {
            pointer: '/body/size',
            code: 'file-empty',
            message: 'The file is empty.',
            fix: 'Check that the export worked and choose the file again.',
          }
        : {
            pointer: '/body/size',
            code: 'file-too-large',
            message: `The file is larger than ${megabytes} MB.`,
            fix: `Split it into files of at most ${megabytes} MB, each with the header row, and send them one after the other.`,
          },
    ],
  });
