import { canApprove, type Judgement } from '../../domain/people/judgement.ts';
import { Refusal } from '../refusal.ts';
import type { DecidePorts, Word } from './decide-ports.ts';
import { submitJudgement } from './submit-judgement.ts';

/** The judgement; throws `judgement-not-found`, or `version-mismatch` where it is not the one the caller read. */
export const findJudgement = async (
  { judgements }: Pick<DecidePorts, 'judgements'>,
  judgementId: string,
  ifMatch?: number,
): Promise<Judgement> => {
  const judgement = await judgements.findJudgement(judgementId);
  if (judgement === undefined) throw new Refusal('judgement-not-found', { about: [judgementId] });
  if (ifMatch !== undefined && judgement.version !== ifMatch) throw new Refusal('version-mismatch', { about: [judgementId] });
  return judgement;
};

/** The second person's word on a judgement that needs one. */
export const approveJudgement = async (
  ports: DecidePorts,
  { judgementId, ifMatch, answer, word }: { judgementId: string; ifMatch: number; answer: 'approve' | 'reject'; word: Word },
): Promise<Judgement> => {
  const judgement = await findJudgement(ports, judgementId, ifMatch);
  const may = canApprove(judgement, word.by.id);
  if (may === 'not-waiting') throw new Refusal('state-conflict', { about: [judgementId] });
  if (may === 'same-person') throw new Refusal('second-person-needed', { about: [judgementId] });
  const at = ports.clock.now();
  const next: Judgement = {
    ...judgement,
    version: judgement.version + 1,
    status: answer === 'approve' ? 'approved' : 'rejected',
    second: { staffId: word.by.id, roles: [...word.by.roles], at, reason: word.reason, answer },
    ...(answer === 'approve' && { outboxId: ports.newId() }),
  };
  const review = judgement.reviewId === undefined ? undefined : await ports.reviews.findReview(judgement.reviewId);
  await submitJudgement(
    ports,
    next,
    review === undefined
      ? []
      : [
          ports.reviews.reviewFragment({
            ...review,
            version: review.version + 1,
            state: answer === 'approve' ? 'decided' : 'open',
            updatedAt: at,
          }),
        ],
  );
  return next;
};
