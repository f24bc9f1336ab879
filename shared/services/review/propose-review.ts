import { pairOfPeople, sharedIdentifiers, type Review } from '../../domain/people/review.ts';
import type { DecidePorts } from '../judgements/decide-ports.ts';
import { findPerson } from '../judgements/split-person.ts';
import { Refusal } from '../refusal.ts';
import { findReview } from './decide-review.ts';
import { effectOnFamilies, type EffectPorts } from './effect-on-families.ts';

/** Somebody wants two people compared. The review that waits for an answer already is the answer, where there is one. */
export const proposeReview = async (
  ports: Pick<DecidePorts, 'judgements' | 'reviews' | 'transactions' | 'clock' | 'newId'> & EffectPorts,
  personIds: readonly [string, string],
): Promise<Review> => {
  const people = await Promise.all(personIds.map((personId) => findPerson(ports, personId)));
  const [a, b] = people.map(({ profile }) => profile);
  if (a === undefined || b === undefined || a.personId === b.personId || a.redirect !== undefined || b.redirect !== undefined) {
    throw new Refusal('state-conflict', { about: [...personIds] });
  }
  const pairId = pairOfPeople(a.personId, b.personId);
  const [held] = await ports.reviews.findPairs([pairId]);
  if (held?.reviewId !== undefined) {
    const before = await findReview(ports, held.reviewId);
    if (before.state !== 'decided') return before;
  }
  const at = ports.clock.now();
  const review: Review = {
    reviewId: ports.newId(),
    version: 1,
    because: 'proposed',
    state: 'open',
    people: [a.personId, b.personId],
    rows: [],
    effect: await effectOnFamilies(ports, a.personId, b.personId),
    createdAt: at,
    updatedAt: at,
    expiresOn: a.expiresOn > b.expiresOn ? a.expiresOn : b.expiresOn,
  };
  const { ok } = await ports.transactions.commit([
    ports.reviews.reviewFragment(review),
    ports.reviews.pairFragment({
      pairId,
      version: (held?.version ?? 0) + 1,
      state: 'open',
      reviewId: review.reviewId,
      identifiers: [...sharedIdentifiers(a.identityKeys, b.identityKeys)],
    }),
  ]);
  if (!ok) throw new Refusal('try-again', { about: [...personIds] });
  return review;
};
