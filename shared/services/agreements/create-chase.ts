import type { Chase, ChaseView, NewChase } from '../../contracts/http/due-routes.ts';
import { inWords } from '../../domain/calendar/days.ts';
import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import type { AgreementRepository } from './agreement-repository.ts';
import type { ChaseRepository } from './chase-repository.ts';
import { readFeedDue, type FeedDuePorts } from './read-due-files.ts';

export interface ChasePorts extends FeedDuePorts {
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly chases: ChaseRepository;
  readonly feeds: FeedCatalogue;
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
  readonly newId: () => string;
}

interface Request {
  readonly agreementId: string;
  readonly newChase: NewChase;
  /** The issuer's subject. */
  readonly staffId: string;
  readonly idempotencyKey: string;
}

/** Records a reminder of a file that is late, and gives the words of it. */
export const createChase = async (ports: ChasePorts, { agreementId, newChase, staffId, idempotencyKey }: Request): Promise<ChaseView> => {
  const agreement = await ports.agreements.findAgreement(agreementId);
  if (!agreement) throw new Refusal('not-found', { about: [agreementId] });
  const request = JSON.stringify([agreementId, newChase]);
  const mark = { operation: 'createChase', actorId: staffId, key: idempotencyKey, request };
  const before = await madeBefore(ports, agreementId, mark);
  if (before) return view(ports.feeds, agreement, before);

  const { feed, periodEnd, note } = newChase;
  const isAgreed = agreement.feeds.some((agreed) => agreed.feed === feed);
  const periods = isAgreed ? await readFeedDue(ports, agreement, feed) : [];
  const late = periods.find(({ end, state }) => end === periodEnd && state === 'late');
  if (!late) throw new Refusal('state-conflict', { about: [agreementId] });
  const chase: Chase = {
    chaseId: ports.newId(),
    agreementId,
    feed,
    periodStart: late.start,
    periodEnd,
    dueOn: late.dueOn,
    at: ports.clock.now(),
    by: staffId,
    ...(note !== undefined && { note }),
  };
  const { ok } = await ports.transactions.commit([
    ports.chases.chaseFragment(chase),
    ports.idempotency.fragment(mark, { resourceId: chase.chaseId, at: chase.at }),
  ]);
  // The same request at the same moment may have been faster.
  const made = ok ? chase : await madeBefore(ports, agreementId, mark);
  if (!made) throw new Refusal('try-again', { about: [agreementId] });
  return view(ports.feeds, agreement, made);
};

const madeBefore = async (
  { chases, idempotency }: ChasePorts,
  agreementId: string,
  mark: IdempotentRequest,
): Promise<Chase | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  return chases.findChase({ agreementId, chaseId: outcome.resourceId });
};

const view = (feeds: FeedCatalogue, agreement: SharingAgreement, chase: Chase): ChaseView => {
  const { title, kind } = feeds(chase.feed);
  const { contactRole, agencyName, reference } = agreement;
  const reminder = [
    `To the ${contactRole.toLowerCase()} at ${agencyName}`,
    `Under the data-sharing agreement ${reference} you send us “${title}” for ${inWords(chase.periodStart)} to ${inWords(chase.periodEnd)}. It was due on ${inWords(chase.dueOn)} and we have not received it.`,
    kind === 'increment'
      ? 'Please open the upload link that we sent you and send the file. If there is nothing to report for this period, say so there: that counts as sent.'
      : 'Please open the upload link that we sent you and send the file.',
    'If the link no longer opens, tell us and we will send you a new one. Please do not send the file by e-mail.',
  ].join('\n\n');
  return { ...chase, reminder };
};
