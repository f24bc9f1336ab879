import type { AgreementView, NewAgreement } from '../../contracts/http/agreement-routes.ts';
import { agreementExpiresOn } from '../../domain/uploads/retention.ts';
import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import { agreementFaults } from './agreement-faults.ts';
import type { AgreementRepository } from './agreement-repository.ts';
import { agreementView } from './agreement-view.ts';

export interface AgreementPorts {
  readonly agreements: AgreementRepository;
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
  readonly feeds: FeedCatalogue;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Request {
  readonly newAgreement: NewAgreement;
  /** The issuer's subject. */
  readonly staffId: string;
  readonly idempotencyKey: string;
}

export const createAgreement = async (
  ports: AgreementPorts,
  { newAgreement, staffId, idempotencyKey }: Request,
): Promise<AgreementView> => {
  const { agreements, clock, feeds, idempotency, transactions } = ports;
  const mark = { operation: 'createAgreement', actorId: staffId, key: idempotencyKey, request: JSON.stringify(newAgreement) };
  const before = await madeBefore(ports, mark);
  if (before) return before;

  const errors = agreementFaults(newAgreement, feeds);
  if (errors.length > 0) throw new Refusal('invalid-request', { errors });
  const at = clock.now();
  const agreement: SharingAgreement = {
    ...newAgreement,
    agreementId: ports.newId(),
    createdAt: at,
    createdBy: staffId,
    editedAt: at,
    editedBy: staffId,
    version: 1,
    expiresOn: agreementExpiresOn(newAgreement.end, at),
  };
  const { ok } = await transactions.commit([
    agreements.createFragment(agreement),
    idempotency.fragment(mark, { resourceId: agreement.agreementId, at }),
  ]);
  if (ok) return agreementView(agreement, clock.today());
  // The same request at the same moment was faster, or another agreement has the reference.
  const meanwhile = await madeBefore(ports, mark);
  if (meanwhile) return meanwhile;
  const taken = await agreements.findByReference(agreement.reference);
  throw taken === undefined ? new Refusal('try-again') : new Refusal('invalid-request', { about: [taken], errors: [referenceTaken] });
};

const madeBefore = async (
  { agreements, clock, idempotency }: AgreementPorts,
  mark: IdempotentRequest,
): Promise<AgreementView | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  const agreement = await agreements.findAgreement(outcome.resourceId);
  if (!agreement) throw new Refusal('not-found', { about: [outcome.resourceId] });
  return agreementView(agreement, clock.today());
};

const referenceTaken = {
  pointer: '/body/reference',
  code: 'reference-taken',
  message: 'Another agreement has this reference.',
  fix: 'Edit that agreement, or give this one a reference of its own.',
};
