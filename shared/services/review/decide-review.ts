import { risksOfMerging, risksOfMoving } from '../../domain/people/judgement-risks.ts';
import { keptFirst, type Judgement, type JudgementKind, type JudgementRisk } from '../../domain/people/judgement.ts';
import { pairOfPeople, pairOfRow, sharedIdentifiers, type Review, type ReviewAnswer } from '../../domain/people/review.ts';
import type { DecidePorts, Word } from '../judgements/decide-ports.ts';
import type { PersonWithPast } from '../judgements/judgement-repository.ts';
import { findPerson } from '../judgements/split-person.ts';
import { draftJudgement, submitJudgement } from '../judgements/submit-judgement.ts';
import { Refusal } from '../refusal.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** Throws `review-not-found`. */
export const findReview = async ({ reviews }: Pick<DecidePorts, 'reviews'>, reviewId: string): Promise<Review> => {
  const review = await reviews.findReview(reviewId);
  if (review === undefined) throw new Refusal('review-not-found', { about: [reviewId] });
  return review;
};

export interface ReviewDecision {
  readonly review: Review;
  readonly judgement: Judgement;
}

/**
 * An answer to a review. Two people: they are one (merged), two (remembered), or it cannot be told. One person and rows: the
 * rows are theirs, are somebody else's, or it cannot be told.
 */
export const decideReview = async (
  ports: DecidePorts,
  { reviewId, ifMatch, answer, word }: { reviewId: string; ifMatch: number; answer: ReviewAnswer; word: Word },
): Promise<ReviewDecision> => {
  const review = await findReview(ports, reviewId);
  if (review.version !== ifMatch) throw new Refusal('version-mismatch', { about: [reviewId] });
  if (review.state !== 'open' && review.state !== 'parked') throw new Refusal('state-conflict', { about: [reviewId] });
  const people = await Promise.all(review.people.map((personId) => findPerson(ports, personId)));
  if (people.some(({ profile }) => profile.redirect !== undefined)) {
    await closeReview(ports, review);
    throw new Refusal('state-conflict', { about: [reviewId] });
  }
  const judgement = draftJudgement(ports, {
    judgementId: ports.newId(),
    ...whatItMeans(ports, review, people, answer),
    reviewId,
    expiresOn: people.map(({ profile }) => profile.expiresOn).reduce((a, b) => (a > b ? a : b), review.expiresOn),
    word,
  });
  const next: Review = {
    ...review,
    version: review.version + 1,
    state: judgement.status === 'proposed' ? 'awaiting-approval' : answer === 'cannot-tell' ? 'parked' : 'decided',
    judgement: { judgementId: judgement.judgementId, kind: judgement.kind },
    updatedAt: ports.clock.now(),
  };
  await submitJudgement(ports, judgement, [
    ports.reviews.reviewFragment(next),
    ...(answer === 'cannot-tell' ? await parkedPair(ports, review, people, judgement.judgementId) : []),
  ]);
  return { review: next, judgement };
};

/** One of them leads to somebody else meanwhile: that is another question, and it is asked with the rows that are still in doubt. */
const closeReview = async ({ reviews, transactions, clock }: DecidePorts, review: Review): Promise<void> => {
  await transactions.commit([reviews.reviewFragment({ ...review, version: review.version + 1, state: 'decided', updatedAt: clock.now() })]);
};

const whatItMeans = (
  { newId }: DecidePorts,
  review: Review,
  people: readonly PersonWithPast[],
  answer: ReviewAnswer,
): { kind: JudgementKind; people: string[]; rows?: Review['rows']; risks: JudgementRisk[] } => {
  const [first, second] = people;
  if (answer === 'cannot-tell' || first === undefined) return { kind: 'cannot-tell', people: review.people, risks: [] };
  if (second === undefined) {
    const { personId } = first.profile;
    return answer === 'same'
      ? { kind: 'confirm', people: [personId], rows: review.rows, risks: [] }
      : { kind: 'split', people: [personId, newId()], rows: review.rows, risks: [...risksOfMoving([first.profile], review.rows.length)] };
  }
  const [kept, gone] = keptFirst(first.profile.personId, second.profile.personId);
  if (answer === 'different') return { kind: 'different', people: [kept, gone], risks: [] };
  const [a, b] = first.profile.personId === kept ? [first, second] : [second, first];
  return { kind: 'same', people: [kept, gone], risks: [...risksOfMerging(a, b)] };
};

/** What was not to be told is not asked again until an identifier comes that would tell. */
const parkedPair = async (
  { reviews }: DecidePorts,
  review: Review,
  people: readonly PersonWithPast[],
  judgementId: string,
): Promise<readonly TransactionFragment[]> => {
  const [a, b] = people.map(({ profile }) => profile);
  if (a === undefined) return [];
  const pairIds = b === undefined ? review.rows.map((row) => pairOfRow(a.personId, row)) : [pairOfPeople(a.personId, b.personId)];
  const held = await reviews.findPairs(pairIds);
  const identifiers = b === undefined ? [] : [...sharedIdentifiers(a.identityKeys, b.identityKeys)];
  return pairIds.map((pairId) => {
    const pair = held.find((each) => each.pairId === pairId);
    return reviews.pairFragment({
      pairId,
      version: (pair?.version ?? 0) + 1,
      state: 'cannot-tell',
      reviewId: review.reviewId,
      judgementId,
      identifiers,
    });
  });
};
