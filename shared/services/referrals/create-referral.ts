import type { FeedDefinition, FilePeriod } from '../../contracts/files/feed-definition.ts';
import { mayReferWith, type Role } from '../../domain/access/access.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import type { AcceptedReferral, NewReferral } from '../../contracts/http/referral-routes.ts';
import { periodFault } from '../../domain/uploads/file-period.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import { agreedColumns, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import { useFaults } from '../agreements/use-faults.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import { newUpload } from '../uploads/new-upload.ts';
import { quarantineKey, type ObjectWriter } from '../uploads/object-store.ts';
import type { UploadReferences } from '../uploads/upload-references.ts';
import type { UploadRepository } from '../uploads/upload-repository.ts';
import { oneRowFile } from './one-row-file.ts';
import { referralPeriod } from './referral-period.ts';
import { rowFaults } from './row-faults.ts';

export interface ReferralPorts {
  readonly feeds: Readonly<Record<FeedId, FeedDefinition>>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement' | 'findByReference' | 'sameFragment'>;
  readonly uploads: Pick<UploadRepository, 'findUpload' | 'createFragment'>;
  readonly references: UploadReferences;
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
  readonly quarantine: ObjectWriter;
  /** SHA-256 in base64. */
  readonly sha256: (bytes: Uint8Array) => string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newReference: () => string;
}

interface Request {
  readonly referral: NewReferral;
  /** The issuer's subject. */
  readonly staffId: string;
  readonly roles: readonly Role[];
  readonly idempotencyKey: string;
}

/**
 * The other door of intake: one row as JSON becomes a file of one row in quarantine and goes the way of every file from
 * there, under an agreement like every file. What a file would report as a row error is refused here at once.
 *
 * Asked again with the same key it answers the same, and stores the file if the first attempt died before that.
 */
export const createReferral = async (
  ports: ReferralPorts,
  { referral, staffId, roles, idempotencyKey }: Request,
): Promise<AcceptedReferral> => {
  if (!mayReferWith(roles, referral.feed)) throw notForRole();
  const feed = ports.feeds[referral.feed];
  const period = periodOf(referral, ports.clock.today());
  const cells = new Map(Object.entries(referral.row).map(([name, text]) => [name, text.trim()]));
  const bytes = new TextEncoder().encode(oneRowFile(feed, cells));

  const { agency, agreement, periodStart, periodEnd } = referral;
  const mark: IdempotentRequest = {
    operation: 'createReferral',
    actorId: staffId,
    key: idempotencyKey,
    // As it was asked, not as it was filled in: a repetition after midnight is still one.
    request: JSON.stringify([agency, feed.id, agreement, periodStart ?? null, periodEnd ?? null, new TextDecoder().decode(bytes)]),
  };
  const upload =
    (await uploadMadeBefore(ports, mark)) ?? (await makeUpload(ports, mark, { referral, staffId, feed, period, cells, bytes }));
  if (upload.state === 'granted')
    await ports.quarantine.write({
      key: upload.objectKey,
      bytes,
      size: bytes.length,
      sha256: ports.sha256(bytes),
      contentType: 'text/csv',
    });
  return { uploadId: upload.uploadId, reference: upload.reference };
};

const uploadMadeBefore = async ({ idempotency, uploads }: ReferralPorts, mark: IdempotentRequest): Promise<Upload | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  const upload = await uploads.findUpload(outcome.resourceId);
  if (!upload) throw new Refusal('upload-not-found', { about: [outcome.resourceId] });
  // It was given up before its file arrived; under this key nothing can come of it any more.
  if (upload.state === 'expired') throw new Refusal('state-conflict', { about: [upload.uploadId], errors: [useAnotherKey] });
  return upload;
};

/** A referral that is to become a file. */
interface Intended extends Pick<Request, 'referral' | 'staffId'> {
  readonly feed: FeedDefinition;
  readonly period: FilePeriod;
  readonly cells: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

const makeUpload = async (ports: ReferralPorts, mark: IdempotentRequest, intended: Intended): Promise<Upload> => {
  const agreement = await agreementOf(ports, intended);
  const upload = newReferralUpload(ports, intended, agreement);
  const committed = await ports.transactions.commit([
    ports.agreements.sameFragment(agreement),
    ports.uploads.createFragment(upload),
    ports.references.referenceFragment(upload),
    ports.idempotency.fragment(mark, { resourceId: upload.uploadId, at: upload.createdAt }),
  ]);
  if (committed.ok) return upload;
  // The same request at the same moment was faster, the agreement has just been changed or (once in a blue moon) the reference was taken.
  const meanwhile = await uploadMadeBefore(ports, mark);
  if (!meanwhile) throw new Refusal('try-again');
  return meanwhile;
};

/** The agreement that the referral names, if it lets the agency send this row; refused with everything that stands against it. */
const agreementOf = async (
  { agreements, clock }: ReferralPorts,
  { referral, feed, period, cells, bytes }: Intended,
): Promise<SharingAgreement> => {
  const agreementId = await agreements.findByReference(referral.agreement);
  const found = agreementId === undefined ? undefined : await agreements.findAgreement(agreementId);
  const agreement = found?.agency === referral.agency ? found : undefined;
  const errors = useFaults(agreement, { feed: referral.feed, today: clock.today(), named: '/body/agreement' });
  if (agreement === undefined || errors.length > 0) throw new Refusal('invalid-request', { errors });
  const agreed = agreedColumns(agreement, referral.feed) ?? [];
  const faults = await rowFaults(feed, { cells, agreed, file: bytes, period });
  if (faults.length > 0) throw new Refusal('invalid-row', { errors: faults });
  return agreement;
};

const newReferralUpload = (
  { clock, newId, newReference, sha256 }: ReferralPorts,
  { referral: { agency }, staffId, feed, period, bytes }: Intended,
  { reference: agreement, agreementId, version: agreementVersion }: SharingAgreement,
): Upload => {
  const uploadId = newId();
  return newUpload(
    {
      uploadId,
      reference: newReference(),
      source: 'referral',
      referredBy: staffId,
      agency,
      feed: feed.id,
      feedVersion: feed.version,
      agreement,
      agreementId,
      agreementVersion,
      periodStart: period.start,
      periodEnd: period.end,
      sha256: sha256(bytes),
      size: bytes.length,
      objectKey: quarantineKey('referral', uploadId),
    },
    clock.now(),
  );
};

const notForRole = (): Refusal =>
  new Refusal('not-for-role', {
    errors: [
      {
        pointer: '/body/feed',
        code: 'not-for-your-role',
        message: 'Your role refers with the feed professional-referral only.',
        fix: 'Send the columns of professional-referral, or ask the programme team to add the row.',
      },
    ],
  });

const periodOf = (referral: NewReferral, today: string): FilePeriod => {
  const period = referralPeriod(referral, today);
  const fault = periodFault(period, today);
  if (!fault) return period;
  const { field, ...rest } = fault;
  throw new Refusal('invalid-request', { errors: [{ pointer: `/body/${field}`, ...rest }] });
};

const useAnotherKey = {
  pointer: '/header/idempotency-key',
  code: 'attempt-given-up',
  message: 'The first attempt under this key did not finish and was given up.',
  fix: 'Send the referral again with a new Idempotency-Key.',
};
