import { pairSchema, reviewEffectSchema, reviewSchema, type Review } from '../../domain/people/review.ts';
import { ledgerExpiresOn } from '../../domain/people/record-retention.ts';
import type { ReviewRepository } from '../../services/review/review-repository.ts';
import { condition, type Condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';
import { pairKey, reviewByReasonKey, reviewKey, reviewList, schemaVersion } from './judgement-items.ts';

const follows = (version: number): Condition => condition.version(version === 1 ? undefined : version - 1);

const orderOf = ({ effect, createdAt, reviewId }: Review): string =>
  `${String(reviewEffectSchema.options.indexOf(effect))}${createdAt}#${reviewId}`;

/** Reviews in two lists each (all, and those of their reason), and what was said about pairs. */
export const dynamoReviewRepository = (table: DocumentTable, today: () => string): ReviewRepository => {
  const item = (key: Key, review: Review, listPk: string) => ({
    ...key,
    ...review,
    ...expiry(review.expiresOn),
    schemaVersion,
    listPk,
    listSk: orderOf(review),
  });
  return {
    findReview: (reviewId) => table.get(reviewKey(reviewId), reviewSchema),

    listReviews: ({ state, because }, page) =>
      table.query({ ...page, partition: reviewList(state, because), index: listingIndex }, reviewSchema),

    findPairs: (pairIds) => table.batchGet([...new Set(pairIds)].map(pairKey), pairSchema),

    reviewFragment: (review) => {
      const { reviewId, version, state, because } = review;
      return fragmentOf([
        table.putWrite(item(reviewKey(reviewId), review, reviewList(state)), follows(version)),
        table.putWrite(item(reviewByReasonKey(reviewId), review, reviewList(state, because))),
      ]);
    },

    pairFragment: (pair) =>
      fragmentOf([
        table.putWrite({ ...pairKey(pair.pairId), ...pair, ...expiry(ledgerExpiresOn(today())), schemaVersion }, follows(pair.version)),
      ]),
  };
};
